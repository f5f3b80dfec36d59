/* Strikes from where a report says they came, and answers from event to event: bundled, and no more than can be read. */
(function (s) {
  "use strict";
  const STRONG = 20; // arcs that are drawn in full; weaker ones are fainter
  const TOGETHER = 220; // pixels: arcs from one start that enter the view this near to each other share a name
  const LEAST = 18; // pixels of an arc that must be seen behind its tick

  /* Arcs of the shown rows, bundled by start and bubble, strongest first. */
  s.bundleArcs = function (tally, nodeOf, symbols) {
    const { columns, frame } = tally, bundles = new Map(), cell = symbols.cell;
    for (const row of columns.launched) {
      if (!tally.has(row)) continue;
      const node = nodeOf(row), origin = columns.origin[row], tx = columns.x[row] * frame.scale, ty = columns.y[row] * frame.scale;
      const key = node ? node : Math.floor(tx / cell) + ":" + Math.floor(ty / cell);
      let of = bundles.get(key);
      if (!of) bundles.set(key, (of = new Map()));
      let bundle = of.get(origin);
      if (!bundle) of.set(origin, (bundle = { origin, node, rows: [], weight: 0, x: tx - frame.x0, y: ty - frame.y0 }));
      bundle.rows.push(row);
      bundle.weight += 1 + 4 * (Math.max(0, columns.killed[row]) + Math.max(0, columns.injured[row]));
    }
    const all = [];
    for (const of of bundles.values()) for (const bundle of of.values()) if (placeArc(columns, bundle, frame, symbols)) all.push(bundle);
    return all.sort((a, b) => b.weight - a.weight || b.rows.length - a.rows.length);
  };

  /* The curve of a bundle; false where it would not be seen: outside the view, or start and end under one bubble. */
  function placeArc(columns, bundle, frame, symbols) {
    const [sx, sy, named, name] = columns.starts[bundle.origin], { node } = bundle;
    const ax = sx * frame.scale - frame.x0, ay = sy * frame.scale - frame.y0;
    const bx = node ? node.x : bundle.x, by = node ? node.y : bundle.y, rim = node ? node.r + 7 : 4;
    if (Math.hypot(bx - ax, by - ay) < rim + 12) return false;
    const k = (bundle.curve = s.curve(ax, ay, bx, by, symbols.arc.bend, rim));
    bundle.named = named === 1;
    bundle.from = name;
    bundle.row = bundle.rows[bundle.rows.length - 1];
    const [thin, thick] = symbols.arc.width;
    bundle.width = Math.min(thick, thin + Math.log2(bundle.rows.length) * 0.55);
    return seen([k.ax, k.cx, k.ex], [k.ay, k.cy, k.ey], frame);
  }

  function seen(xs, ys, frame) {
    const inX = Math.max(...xs) > frame.padX && Math.min(...xs) < frame.width - frame.padX;
    return inX && Math.max(...ys) > frame.padY && Math.min(...ys) < frame.height - frame.padY;
  }

  /* How strongly each arc is drawn: all that the chosen event has, else the strongest. */
  s.shadeArcs = function (arcs, chosen) {
    arcs.forEach((arc, i) => (arc.alpha = chosen === null ? (i < STRONG ? 0.85 : 0.5) : arc.rows.includes(chosen) ? 1 : 0.14));
  };

  s.drawArcs = function (ctx, arcs, colours) {
    for (let i = arcs.length - 1; i >= 0; i--) {
      ctx.globalAlpha = arcs[i].alpha;
      s.strikeArc(ctx, arcs[i].curve, arcs[i].width, arcs[i].named, colours);
    }
    ctx.globalAlpha = 1;
  };

  /* Where arcs come into view whose start is not seen: beyond the edge, or under a panel. {x, y, ux, uy (travel), arc}. */
  s.arcEntries = function (arcs, frame, panels) {
    const { padX, padY, width, height } = frame;
    const seen = ([x, y]) => x > padX + 1 && y > padY + 1 && x < width - padX - 1 && y < height - padY - 1 &&
      panels.every((box) => x < box[0] || y < box[1] || x > box[2] || y > box[3]);
    return arcs.map((arc) => entryOf(arc, seen)).filter(Boolean);
  };

  function entryOf(arc, seen) {
    const at = (t) => s.curvePoint(arc.curve, t), steps = 64;
    if (seen(at(0))) return null;
    let i = 1;
    while (i <= steps && !seen(at(i / steps))) i++;
    if (i > steps) return null;
    let [out, inside] = [(i - 1) / steps, i / steps];
    for (let halving = 0; halving < 7; halving++) {
      const middle = (out + inside) / 2;
      if (seen(at(middle))) inside = middle; else out = middle;
    }
    const [x, y] = at(inside), [ex, ey] = at(1), [nx, ny] = at(Math.min(1, inside + 0.01)), step = Math.hypot(nx - x, ny - y) || 1;
    return Math.hypot(ex - x, ey - y) < LEAST ? null : { x, y, ux: (nx - x) / step, uy: (ny - y) / step, arc };
  }

  /* The names to write at the entries, those of the strongest arcs first; one for all that come in side by side. */
  s.entryNames = function (entries, most) {
    const named = [];
    for (const entry of entries) {
      if (named.length === most) break;
      if (entry.arc.alpha < 0.3 || !entry.arc.from) continue;
      const beside = (other) => other.arc.from === entry.arc.from && Math.hypot(other.x - entry.x, other.y - entry.y) < TOGETHER;
      if (!named.some(beside)) named.push(entry);
    }
    return named;
  };

  /* Answers between two bubbles of the view, one line for each pair of bubbles. */
  s.bundleLinks = function (tally, nodeOf, symbols) {
    const pairs = new Map();
    for (const [row, answers] of tally.columns.links) {
      if (!tally.has(row) || !tally.has(answers)) continue;
      const to = nodeOf(row), from = nodeOf(answers);
      if (!to || !from || to === from) continue;
      let of = pairs.get(from);
      if (!of) pairs.set(from, (of = new Map()));
      if (of.has(to)) of.get(to).rows.push(row, answers);
      else {
        const curve = s.curve(from.x, from.y, to.x, to.y, symbols.link.bend, to.r + 8);
        of.set(to, { row, rows: [row, answers], startRim: from.r + 3, curve });
      }
    }
    return [...pairs.values()].flatMap((of) => [...of.values()]);
  };

  s.drawLinks = function (ctx, links, chosen, colours) {
    for (const link of links) {
      ctx.globalAlpha = chosen === null || link.rows.includes(chosen) ? 1 : 0.2;
      s.responseLink(ctx, link.curve, link.startRim, colours);
    }
    ctx.globalAlpha = 1;
  };

  /* The line under the pointer, nearest first. */
  s.lineAt = function (lines, x, y) {
    let best = null;
    for (const line of lines) {
      for (let t = 0.04; t <= 1; t += 0.04) {
        const [px, py] = s.curvePoint(line.curve, t), d = Math.hypot(px - x, py - y);
        if (d < 6 && (!best || d < best.d)) best = { d, line };
      }
    }
    return best && best.line;
  };
})(window.strikeline);
