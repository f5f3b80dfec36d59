/* Strikes from where a report says they came, and answers from event to event: bundled, and no more than can be read. */
(function (s) {
  "use strict";

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
    const [sx, sy, named] = columns.starts[bundle.origin], { node } = bundle;
    const ax = sx * frame.scale - frame.x0, ay = sy * frame.scale - frame.y0;
    const bx = node ? node.x : bundle.x, by = node ? node.y : bundle.y, rim = node ? node.r + 7 : 4;
    if (Math.hypot(bx - ax, by - ay) < rim + 12) return false;
    const k = (bundle.curve = s.curve(ax, ay, bx, by, symbols.arc.bend, rim));
    bundle.named = named === 1;
    bundle.row = bundle.rows[bundle.rows.length - 1];
    const [thin, thick] = symbols.arc.width;
    bundle.width = Math.min(thick, thin + Math.log2(bundle.rows.length) * 0.55);
    return seen([k.ax, k.cx, k.ex], [k.ay, k.cy, k.ey], frame);
  }

  function seen(xs, ys, frame) {
    const inX = Math.max(...xs) > frame.padX && Math.min(...xs) < frame.width - frame.padX;
    return inX && Math.max(...ys) > frame.padY && Math.min(...ys) < frame.height - frame.padY;
  }

  s.drawArcs = function (ctx, arcs, chosen, colours) {
    for (let i = arcs.length - 1; i >= 0; i--) {
      ctx.globalAlpha = chosen === null ? 0.82 : arcs[i].rows.includes(chosen) ? 1 : 0.14;
      s.strikeArc(ctx, arcs[i].curve, arcs[i].width, arcs[i].named, colours);
    }
    ctx.globalAlpha = 1;
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
