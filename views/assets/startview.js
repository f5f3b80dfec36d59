/* Where the map starts unless an address says otherwise: around its events, none of them under a panel. */
(function (s) {
  "use strict";
  const SHARE = 0.9; // of the dots that must be in view, those that lie closest together
  const SAMPLE = 20000; // dots that are looked at, evenly over all days
  const CLOSEST = 8, FURTHEST = 4; // zooms
  const ROOM = [64, 30, 44, 46]; // pixels of the view left free: left, top, right, bottom
  const CREDIT = 24; // pixels of the credit line under the counter
  const STEP = 15, MOST_STEPS = 8; // how far the view may move aside for a panel

  s.startView = function (layer) {
    const map = layer._map, box = boxOf(layer.columns);
    if (!box) return;
    const [left, top, right, bottom] = ROOM, size = map.getSize(), below = bottom + panelHeight(layer);
    const fits = ({ x, y }) => Math.floor(Math.log2(Math.min((size.x - left - right) / (256 * (x[1] - x[0])), (size.y - top - below) / (256 * (y[1] - y[0])))));
    const near = Math.min(CLOSEST, fits(box.near)), { x, y } = fits(box.all) >= near ? box.all : box.near;
    const zoom = Math.max(FURTHEST, near), scale = 256 * Math.pow(2, zoom);
    const middle = s.toLatLng((x[0] + x[1] - (left - right) / scale) / 2, (y[0] + y[1] - (top - below) / scale) / 2);
    show(layer, () => map.setView(middle, zoom, { animate: false }));
    const [dx, dy] = aside(layer);
    if (dx || dy) show(layer, () => map.panBy([dx, dy], { animate: false }));
  };

  /* To start is not to move: the address stays as it is. */
  function show(layer, move) {
    layer.starting = true;
    move();
    layer.starting = false;
  }

  /* What the counter takes off the lower edge. */
  const panelHeight = (layer) => layer.counter.getContainer().offsetHeight;

  /* Ends of the dots in the world: of all of them, and of the nine tenths that lie closest together. */
  function boxOf(c) {
    const step = Math.ceil(c.size / SAMPLE), rows = [];
    for (let row = 0; row < c.size; row += step) if (c.area[row] < 0) rows.push(row);
    if (!rows.length) return null;
    const xs = rows.map((row) => c.x[row]), ys = rows.map((row) => c.y[row]), x = median(xs), y = median(ys);
    const far = rows.map((row) => Math.hypot(c.x[row] - x, c.y[row] - y)), most = sorted(far)[Math.ceil(SHARE * (rows.length - 1))];
    const near = (values) => ends(values.filter((_, i) => far[i] <= most));
    return { all: { x: ends(xs), y: ends(ys) }, near: { x: near(xs), y: near(ys) } };
  }

  const sorted = (values) => Float64Array.from(values).sort();
  const median = (values) => sorted(values)[values.length >> 1];

  /* Never a point alone: a town's width. */
  function ends(values) {
    const inOrder = sorted(values), low = inOrder[0], high = inOrder[inOrder.length - 1], lack = Math.max(0, 2e-4 - (high - low)) / 2;
    return [low - lack, high + lack];
  }

  /* The shortest way to move the view so that as few signs as can be are under a panel or at the edge. */
  function aside(layer) {
    const panels = layer.panels(), { padX, padY, width, height } = layer.frame;
    const view = [padX, padY, width - padX, height - padY - CREDIT - panelHeight(layer)]; // the counter may grow in width
    const signs = layer.scene.nodes.filter((n) => !n.area && n.x > view[0] && n.x < view[2] && n.y > view[1] && n.y < view[3]);
    const steps = [];
    for (let i = -MOST_STEPS; i <= MOST_STEPS; i++) for (let j = -MOST_STEPS; j <= MOST_STEPS; j++) steps.push([i * STEP, j * STEP]);
    const hidden = ([dx, dy]) => signs.filter((n) => covered(n.x - dx, n.y - dy, n.r + 6, panels, view)).length;
    const tried = steps.map((by) => ({ by, cost: hidden(by) * 1e4 + Math.hypot(...by) }));
    return tried.reduce((best, other) => (other.cost < best.cost ? other : best)).by;
  }

  function covered(x, y, r, panels, [left, top, right, bottom]) {
    if (x - r < left || y - r < top || x + r > right || y + r > bottom) return true;
    return panels.some((box) => x + r > box[0] && x - r < box[2] && y + r > box[1] && y - r < box[3]);
  }
})(window.strikeline);
