/* Sums of cells to bubbles: cells that are fixed to the world, then neighbours that would lie on each other become one. */
(function (s) {
  "use strict";
  const ASIDE = 16, APART = 10; // pixels that a bubble may leave its middle, and that rims and outlines of two need
  const ROUND = [[0, -1], [0, 1], [-1, 0], [1, 0], [-1, -1], [1, -1], [-1, 1], [1, 1]];
  const PROVINCE = 4, TAG = 12, AROUND = [0, 30, 55, 80, 110]; // pixels from a province's middle

  /* Bubbles and area marks of a tally's frame. Gives {nodes, total, nodeOf(row)}: total is one entry of sums over all that
   * is shown, in view or not. */
  s.cluster = function (tally, symbols) {
    const { columns, frame, grid } = tally, total = tally.total(), sums = tally.sums.slice();
    const cells = merge(sums, grid, frame.scale, symbols), bubbles = [...cells.values()].filter((cell) => !cell.into);
    const areas = areaMarks(tally, symbols), areaOf = new Map(areas.map((mark) => [mark.entry, mark]));
    for (const cell of bubbles) cell.node = bubbleNode(sums, cell, columns, frame, symbols);
    const nodes = bubbles.map((cell) => cell.node);
    moveApart(nodes);
    nodes.sort((a, b) => b.r - a.r); // small ones on top
    const nodeOf = (row) => {
      const entry = tally.entryOf(row);
      if (entry > grid.elsewhere) return areaOf.get(entry) || null;
      let cell = cells.get(entry);
      while (cell && cell.into) cell = cell.into;
      return cell ? cell.node : null;
    };
    return { nodes: [...areas, ...nodes], total, nodeOf };
  };

  /* Cells that hold events, by entry; one that another bubble has taken names it as `into`. The bigger bubble takes the
   * smaller; at most three rounds. */
  function merge(sums, grid, scale, symbols) {
    const cells = new Map();
    for (let entry = 0; entry < grid.elsewhere; entry++) if (sums[entry * s.SUMS]) cells.set(entry, sized(sums, entry, symbols));
    const inTurn = [...cells.values()];
    for (let round = 0; round < 3; round++) {
      inTurn.sort((a, b) => b.count - a.count || a.entry - b.entry);
      let merged = false;
      for (const cell of inTurn) if (!cell.into) merged = absorb(sums, cells, cell, grid, scale, symbols) || merged;
      if (!merged) break;
    }
    return cells;
  }

  function sized(sums, entry, symbols) {
    const of = s.readSums(sums, entry);
    return { ...of, entry, r: s.bubbleRadius(of.killed, of.injured, of.count, of.silent < of.count, symbols), into: null };
  }

  function absorb(sums, cells, cell, grid, scale, symbols) {
    const { wide, high, sheet } = grid, at = cell.entry % sheet, from = cell.entry - at, cx = at % wide, cy = (at - cx) / wide;
    let merged = false;
    for (let ny = Math.max(0, cy - 2); ny <= Math.min(high - 1, cy + 2); ny++) {
      for (let nx = Math.max(0, cx - 2); nx <= Math.min(wide - 1, cx + 2); nx++) {
        const other = cells.get(from + ny * wide + nx);
        if (!other || other === cell || other.into) continue;
        if (Math.hypot(cell.x - other.x, cell.y - other.y) * scale >= cell.r + other.r + 7) continue;
        s.joinSums(sums, cell.entry, other.entry);
        other.into = cell;
        Object.assign(cell, sized(sums, cell.entry, symbols));
        merged = true;
      }
    }
    return merged;
  }

  function bubbleNode(sums, cell, columns, frame, symbols) {
    const x = cell.x * frame.scale - frame.x0, y = cell.y * frame.scale - frame.y0;
    return { ...signOf(sums, cell, columns, symbols), entry: cell.entry, x, y, r: cell.r };
  }

  /* Bubbles that a border keeps from becoming one step aside, so that both numbers can be read. A bubble of several
   * events stands at their middle anyway; the place of a single event is never moved. */
  function moveApart(nodes) {
    const crowd = nodes.map((node) => ({ node, x: node.x, y: node.y, free: node.count > 1 }));
    for (let round = 0, moved = true; moved && round < 4; round++) {
      moved = false;
      for (let i = 0; i < crowd.length; i++) for (let j = 0; j < i; j++) moved = push(crowd[i], crowd[j]) || moved;
    }
  }

  function push(p, q) {
    const a = p.node, b = q.node, dx = a.x - b.x, dy = a.y - b.y, room = a.r + b.r + APART;
    if (Math.abs(dx) >= room || Math.abs(dy) >= room || !(p.free || q.free)) return false;
    const d = Math.hypot(dx, dy), lack = (room - d) / (p.free && q.free ? 2 : 1);
    if (lack <= 0 || d < 0.01) return false;
    if (p.free) step(p, (dx / d) * lack, (dy / d) * lack);
    if (q.free) step(q, (-dx / d) * lack, (-dy / d) * lack);
    return true;
  }

  function step(from, dx, dy) {
    const { node } = from, x = node.x + dx - from.x, y = node.y + dy - from.y, far = Math.hypot(x, y);
    const share = far > ASIDE ? ASIDE / far : 1;
    node.x = from.x + x * share;
    node.y = from.y + y * share;
  }

  /* What a sign says about the events it stands for. */
  function signOf(sums, of, columns, symbols) {
    const { count, row, killed, injured, silent, claimed, disputed, place } = of, at = of.entry * s.SUMS;
    return {
      count, row, killed, injured, silent, told: silent < count, sums: sums.slice(at, at + s.SUMS),
      status: 2 * disputed >= count ? "contested" : 2 * claimed >= count ? "claimed" : "stated",
      glyph: (row >= 0 && symbols.glyph[columns.tables.kind[columns.kind[row]]]) || "ring",
      place: place >= 0 ? columns.tables.place[place] : "",
    };
  }

  /* The sign of one event, whatever else is told of its place and day. */
  s.rowSign = function (c, row, symbols) {
    const killed = Math.max(0, c.killed[row]), injured = Math.max(0, c.injured[row]), told = c.killed[row] >= 0 || c.injured[row] >= 0;
    return {
      count: 1, row, killed, injured, told, silent: told ? 0 : 1, r: s.bubbleRadius(killed, injured, 1, told, symbols),
      status: c.tables.status[c.status[row]], glyph: symbols.glyph[c.tables.kind[c.kind[row]]] || "ring", place: "",
    };
  };

  function areaMarks(tally, symbols) {
    const { columns: c, frame, grid, sums } = tally, marks = [], [least, most] = symbols.radius.area;
    c.areas.forEach((first, number) => {
      const entry = grid.elsewhere + 1 + number;
      if (!sums[entry * s.SUMS]) return;
      const x = c.x[first] * frame.scale - frame.x0, y = c.y[first] * frame.scale - frame.y0;
      const seen = x > -most && y > -most && x < frame.width + most && y < frame.height + most;
      if (!seen && c.precision[first] !== PROVINCE) return; // of a province a part may be seen without its middle
      const wide = s.kmToPixels(c.radius[first], c.y[first], frame.scale), sign = signOf(sums, { ...s.readSums(sums, entry), entry }, c, symbols);
      marks.push({
        ...sign, entry, x, y, area: true, unit: c.tables.unit[c.unit[first]],
        precision: c.precision[first], r: Math.max(least, Math.min(most, wide)),
      });
    });
    return marks.sort((a, b) => b.r - a.r);
  }

  /* Outlines are kept with the frame, because they change with it alone. */
  function outlineOf(code, unit, frame) {
    const kept = (frame.outlines ??= new Map());
    if (!kept.has(code)) kept.set(code, s.unitOutline(unit, frame));
    return kept.get(code);
  }

  /* Where the numbers of areas are seen whole: half a number is a wrong one. Of a province it stands somewhere inside its
   * real outline, else in the square or beside it, else nowhere. */
  s.fitAreas = function (nodes, base, frame, ctx) {
    const taken = nodes.filter((node) => !node.area).map(({ x, y, r }) => ({ x, y, r }));
    const clear = (gap) => ([x, y]) => taken.every((t) => Math.hypot(t.x - x, t.y - y) > t.r + gap);
    const areas = nodes.filter((node) => node.area), known = (node) => (node.precision === PROVINCE ? base.units.get(node.unit) : null);
    for (const node of areas) if (known(node)) fitProvince(node, known(node), frame, ctx, clear(20), taken);
    for (const node of areas) if (!node.outline) fitSquare(node, clear(TAG), taken);
  };

  function fitProvince(node, unit, frame, ctx, clear, taken) {
    node.outline = outlineOf(node.unit, unit, frame);
    node.r = TAG;
    const [x, y] = unit.at ? [unit.at.x * frame.scale - frame.x0, unit.at.y * frame.scale - frame.y0] : [node.x, node.y];
    const tries = AROUND.flatMap((reach) => Array.from({ length: reach ? 8 : 1 }, (_, i) => [x + reach * Math.cos(i * Math.PI / 4), y + reach * Math.sin(i * Math.PI / 4)]));
    [node.x, node.y] = node.spot = tries.find((at) => clear(at) && s.insideOf(ctx, node.outline, ...at)) || [x, y];
    taken.push({ x: node.x, y: node.y, r: TAG });
  }

  function fitSquare(node, clear, taken) {
    const inside = Math.max(0, node.r - TAG), beside = node.r + TAG;
    const tries = [[0, 0], ...[inside, beside].flatMap((far) => ROUND.map(([dx, dy]) => [dx * far, dy * far]))];
    node.spot = tries.map(([dx, dy]) => [node.x + dx, node.y + dy]).find(clear) || null;
    if (node.spot) taken.push({ x: node.spot[0], y: node.spot[1], r: TAG });
  }
})(window.strikeline);
