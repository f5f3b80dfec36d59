/* Events to bubbles: cells that are fixed to the world, then neighbours that would lie on each other become one. */
(function (s) {
  "use strict";
  const DOT = 2; // UCDP-like precision up to which an event is drawn as a dot: a town, or near one
  const ASIDE = 16; // pixels that a bubble may leave its middle
  const PROVINCE = 4, TAG = 12, AROUND = [0, 30, 55, 80, 110]; // pixels from a province's middle
  const BORDERS = 6; // from this zoom on, events of two countries are never one bubble

  /* Bubbles and area marks of the frame.
   * Gives {nodes, total, nodeOf(row)}: total is a Sums of one entry over all rows, in view or not. */
  s.cluster = function (columns, rows, frame, symbols) {
    const size = symbols.cell, left = Math.floor(frame.x0 / size) - 1, top = Math.floor(frame.y0 / size) - 1;
    const wide = Math.ceil(frame.width / size) + 3, high = Math.ceil(frame.height / size) + 3, sheet = wide * high;
    const planes = frame.zoom >= BORDERS ? Math.max(1, columns.tables.country.length) : 1; // a sheet of cells for each country
    const elsewhere = sheet * planes, sums = new s.Sums(elsewhere + 1), areas = new Map(), k = frame.scale / size;
    sums.scale = frame.scale;
    const { x, y, precision, country, cells } = columns;
    const cellOf = (row) => {
      const cx = Math.floor(x[row] * k) - left, cy = Math.floor(y[row] * k) - top;
      if (precision[row] > DOT || cx < 0 || cy < 0 || cx >= wide || cy >= high) return elsewhere;
      return (planes > 1 ? country[row] * sheet : 0) + cy * wide + cx;
    };
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      cells[i] = cellOf(row);
      if (precision[row] > DOT) collect(areas, columns.place[row] * 8 + precision[row], row);
    }
    columns.leaveOut(rows);
    sums.add(columns, rows, cells);
    const total = totalOf(sums);
    sums.count[elsewhere] = 0;
    const owner = merge(sums, wide, high, planes, symbols);
    const { nodes, of } = bubbles(sums, owner, columns, frame, symbols);
    const areaNodes = areaMarks(areas, columns, frame, symbols);
    const areaOf = new Map();
    areaNodes.forEach((node) => node.rows.forEach((row) => areaOf.set(row, node)));
    const nodeOf = (row) => {
      if (columns.precision[row] > DOT) return areaOf.get(row) || null;
      const cell = cellOf(row);
      return cell === elsewhere ? null : of[owner[cell]] || null;
    };
    return { nodes: [...areaNodes, ...nodes], total, nodeOf };
  };

  function collect(lists, key, value) {
    const list = lists.get(key);
    if (list) list.push(value); else lists.set(key, [value]);
  }

  /* Sums over all cells and what lies in none of them, before neighbours are joined. */
  function totalOf(sums) {
    const total = new s.Sums(2);
    for (let q = 0; q < sums.count.length; q++) if (sums.count[q]) total.take(0, sums, q);
    return total;
  }

  function radiusOf(sums, q, symbols) {
    return s.bubbleRadius(sums.killed[q], sums.injured[q], sums.count[q], sums.silent[q] < sums.count[q], symbols);
  }

  /* owner[q] is the cell whose bubble holds cell q. The bigger bubble takes the smaller; at most three rounds. */
  function merge(sums, wide, high, planes, symbols) {
    const owner = new Int32Array(wide * high * planes).map((_, q) => q);
    const full = [];
    for (let q = 0; q < owner.length; q++) if (sums.count[q]) full.push(q);
    for (let round = 0; round < 3; round++) {
      full.sort((a, b) => sums.count[b] - sums.count[a] || a - b);
      let merged = false;
      for (const q of full) if (owner[q] === q) merged = absorb(sums, owner, q, wide, high, symbols) || merged;
      if (!merged) break;
    }
    for (let q = 0; q < owner.length; q++) while (owner[q] !== owner[owner[q]]) owner[q] = owner[owner[q]];
    return owner;
  }

  function absorb(sums, owner, q, wide, high, symbols) {
    const sheet = wide * high, at = q % sheet, from = q - at, cx = at % wide, cy = (at - cx) / wide;
    let merged = false;
    for (let ny = Math.max(0, cy - 2); ny <= Math.min(high - 1, cy + 2); ny++) {
      for (let nx = Math.max(0, cx - 2); nx <= Math.min(wide - 1, cx + 2); nx++) {
        const other = from + ny * wide + nx;
        if (other === q || !sums.count[other] || owner[other] !== other) continue;
        const dx = sums.x[q] / sums.count[q] - sums.x[other] / sums.count[other];
        const dy = sums.y[q] / sums.count[q] - sums.y[other] / sums.count[other];
        const room = radiusOf(sums, q, symbols) + radiusOf(sums, other, symbols) + 7;
        if (Math.hypot(dx, dy) * sums.scale >= room) continue;
        sums.merge(q, other);
        owner[other] = q;
        merged = true;
      }
    }
    return merged;
  }

  function bubbles(sums, owner, columns, frame, symbols) {
    const nodes = [], of = [];
    for (let q = 0; q < owner.length; q++) {
      if (!sums.count[q] || owner[q] !== q) continue;
      const n = sums.count[q];
      const node = nodeOf(sums, q, columns, symbols);
      node.x = (sums.x[q] / n) * frame.scale - frame.x0;
      node.y = (sums.y[q] / n) * frame.scale - frame.y0;
      node.r = radiusOf(sums, q, symbols);
      of[q] = node;
      nodes.push(node);
    }
    moveApart(nodes);
    nodes.sort((a, b) => b.r - a.r); // small ones on top
    return { nodes, of };
  }

  /* Bubbles that a border keeps from becoming one step aside, so that both numbers can be read. A bubble of several
   * events stands at their middle anyway; the place of a single event is never moved. */
  function moveApart(nodes) {
    const crowd = nodes.filter((node) => node.count > 1).map((node) => ({ node, x: node.x, y: node.y }));
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < crowd.length; i++) for (let j = 0; j < i; j++) {
        const a = crowd[i].node, b = crowd[j].node, d = Math.hypot(a.x - b.x, a.y - b.y), lack = a.r + b.r + 6 - d;
        if (lack <= 0 || d < 0.01) continue;
        const ux = ((a.x - b.x) / d) * (lack / 2), uy = ((a.y - b.y) / d) * (lack / 2);
        step(crowd[i], ux, uy);
        step(crowd[j], -ux, -uy);
      }
    }
  }

  function step(from, dx, dy) {
    const { node } = from, x = node.x + dx - from.x, y = node.y + dy - from.y, far = Math.hypot(x, y);
    const share = far > ASIDE ? ASIDE / far : 1;
    node.x = from.x + x * share;
    node.y = from.y + y * share;
  }

  function nodeOf(sums, q, columns, symbols) {
    const n = sums.count[q], row = sums.lastRow[q];
    const killed = sums.words(q, "killed"), injured = sums.words(q, "injured");
    return {
      count: n, row, killed: sums.killed[q], injured: sums.injured[q], told: sums.silent[q] < n, silent: sums.silent[q],
      killedWords: killed, injuredWords: injured,
      hurtWords: s.casualtyWords(sums.killed[q] ? killed : null, sums.injured[q] ? injured : null),
      status: 2 * sums.disputed[q] >= n ? "contested" : 2 * sums.claimed[q] >= n ? "claimed" : "stated",
      glyph: symbols.glyph[columns.tables.kind[columns.kind[row]]] || "ring",
      place: sums.place[q] >= 0 ? columns.tables.place[sums.place[q]] : "",
    };
  }

  function areaMarks(areas, columns, frame, symbols) {
    const marks = [], [least, most] = symbols.radius.area;
    for (const rows of areas.values()) {
      const first = rows[0], x = columns.x[first] * frame.scale - frame.x0, y = columns.y[first] * frame.scale - frame.y0;
      const seen = x > -most && y > -most && x < frame.width + most && y < frame.height + most;
      if (!seen && columns.precision[first] !== PROVINCE) continue; // of a province a part may be seen without its middle
      const sums = new s.Sums(1);
      sums.add(columns, rows, new Uint8Array(rows.length));
      const wide = s.kmToPixels(columns.radius[first], columns.y[first], frame.scale);
      marks.push({
        ...nodeOf(sums, 0, columns, symbols), x, y, rows, area: true, unit: columns.tables.unit[columns.unit[first]],
        precision: columns.precision[first], r: Math.max(least, Math.min(most, wide)),
      });
    }
    return marks.sort((a, b) => b.r - a.r);
  }

  /* Events known to a province alone: its real outline, and their number at a free spot inside it. */
  s.fitProvinces = function (nodes, base, frame, ctx) {
    const bubbles = nodes.filter((node) => !node.area);
    for (const node of nodes) {
      const unit = node.precision === PROVINCE ? base.units.get(node.unit) : null;
      if (!unit) continue;
      node.outline = s.unitOutline(unit, frame);
      node.r = TAG;
      const [x, y] = unit.at ? [unit.at.x * frame.scale - frame.x0, unit.at.y * frame.scale - frame.y0] : [node.x, node.y];
      const free = ([px, py]) => bubbles.every((b) => Math.hypot(b.x - px, b.y - py) > b.r + 20) && s.insideOf(ctx, node.outline, px, py);
      const tries = AROUND.flatMap((reach) => Array.from({ length: reach ? 8 : 1 }, (_, i) => [x + reach * Math.cos(i * Math.PI / 4), y + reach * Math.sin(i * Math.PI / 4)]));
      [node.x, node.y] = tries.find(free) || [x, y];
    }
  };
})(window.strikeline);
