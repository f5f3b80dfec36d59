/* One view, composed from sums and then drawn: from the hatched areas up to the labels; for the page and for pictures. */
(function (s) {
  "use strict";
  const FEW = 45; // bubbles up to which figures stand beside them
  const MOST_NAMED = 80; // bubbles that get a name, those with most people hurt first
  const MOST_ENTRIES = 8; // names of starts that lie out of view
  const LINE_STEP = 14; // pixels between the points of an arc that labels keep clear of

  /* What a view shows. `asked`: {focus, arcs, links, cap, fan}, the chosen row or null, which lines to draw, and the spot
   * that is spread out or null. */
  s.compose = function (tally, base, asked, symbols, ctx) {
    const { nodes, total, nodeOf } = s.cluster(tally, symbols), chosen = asked.focus !== null && tally.has(asked.focus) ? asked.focus : null;
    const fan = asked.fan && s.spreadFan(asked.fan, tally, nodeOf, symbols);
    s.fitAreas(nodes, base, tally.frame, ctx);
    const arcs = asked.arcs ? s.bundleArcs(tally, nodeOf, symbols) : [], links = asked.links ? s.bundleLinks(tally, nodeOf, symbols) : [];
    const node = chosen === null ? null : nodeOf(chosen), drawn = strongest(arcs, chosen, asked.cap);
    s.shadeArcs(drawn, chosen);
    return { frame: tally.frame, tally, nodes, total, nodeOf, chosen, node, arcs, drawn, links, fan };
  };

  /* The strongest arcs, and always those of the chosen event. */
  function strongest(arcs, chosen, cap) {
    const own = chosen === null ? [] : arcs.slice(cap).filter((arc) => arc.rows.includes(chosen));
    return [...arcs.slice(0, cap), ...own];
  }

  /* `panels`: boxes of the view that something lies over, in pixels of the frame. */
  s.drawScene = function (ctx, scene, panels, colours, symbols) {
    const { nodes, node, chosen, drawn, links, fan, frame } = scene;
    scene.entries = s.arcEntries(drawn, frame, panels);
    s.drawHatched(ctx, outlines(nodes, node), node, frame, colours);
    for (const mark of nodes) if (mark.area) s.areaMark(ctx, mark, frame, colours, symbols);
    s.drawArcs(ctx, drawn, colours);
    for (const entry of scene.entries) s.entryTick(ctx, entry, colours);
    s.drawLinks(ctx, links, chosen, colours);
    for (const mark of nodes) if (!mark.area && !mark.hub) s.bubble(ctx, mark, colours, symbols);
    if (node && !node.hub) s.halo(ctx, node, colours);
    if (fan) s.drawFan(ctx, fan, chosen, colours, symbols);
  };

  /* Each province once, the chosen one last. */
  function outlines(nodes, chosen) {
    const first = new Map();
    for (const node of nodes) if (node.outline && (node === chosen || !first.has(node.unit))) first.set(node.unit, node);
    return [...first.values()].sort((a, b) => (a === chosen) - (b === chosen));
  }

  /* Names and figures where there is room; none goes under a panel. */
  s.labelScene = function (ctx, scene, panels, { towns, regions }, colours, symbols) {
    const { nodes, node, chosen, frame, drawn, links } = scene, labels = new s.Labels(ctx, frame, colours), fan = scene.fan || [];
    const marks = (labels.marks = [...nodes, ...fan]);
    for (const mark of marks) {
      const gap = mark === node || (mark.fanned && mark.row === chosen) ? 11 : 6;
      labels.obstacle(mark.x, mark.y, mark.r + gap, mark.r + gap);
    }
    for (const line of [...drawn, ...links]) keepClear(labels, line.curve);
    for (const { x, y, ux, uy } of scene.entries) labels.obstacle(x + 5 * ux, y + 5 * uy, 6, 6);
    for (const box of panels) labels.taken.take(box);
    const ranked = marks.sort((p, q) => q.killed + q.injured - p.killed - p.injured || q.count - p.count);
    for (const mark of ranked) mark.words = marks.length <= FEW && mark.told && mark.killed + mark.injured ? hurtWords(mark, scene.tally.columns) : "";
    if (towns) s.nameByTown(ranked, towns, frame);
    s.bubbleLabels(labels, ranked.slice(0, MOST_NAMED));
    s.entryLabels(labels, s.entryNames(scene.entries, MOST_ENTRIES));
    if (towns) s.townLabels(labels, towns, nodes, symbols);
    s.regionLabels(labels, regions);
  };

  /* No label goes over the head of a line; over the rest only where there is no other room. */
  function keepClear(labels, curve) {
    const length = Math.hypot(curve.ex - curve.ax, curve.ey - curve.ay), steps = Math.min(60, Math.ceil(length / LINE_STEP));
    for (let i = 1; i < steps; i++) labels.line(...s.curvePoint(curve, i / steps));
    for (const t of [0.93, 1]) labels.obstacle(...s.curvePoint(curve, t), 5, 5);
  }

  /* Beside a bubble stands only what somebody suffered; "none" is in the list and the table. */
  function hurtWords({ sums, row, killed, injured, hub }, columns) {
    if (hub) return "";
    const words = (outcome) => (sums ? s.sumWords(sums, outcome) : s.rowWords(columns, row, outcome));
    return s.casualtyWords(killed ? words("killed") : null, injured ? words("injured") : null);
  }

  s.sceneStats = function ({ total, nodes, drawn, arcs, links, fan }) {
    const { count, killed, injured, silent } = s.readSums(total);
    return {
      events: count, killed, injured, silent, killedWords: s.sumWords(total, "killed"), injuredWords: s.sumWords(total, "injured"),
      bubbles: nodes.length, arcs: drawn.length, arcsTotal: arcs.length, links: links.length, spread: fan ? fan.length : 0, ready: true,
    };
  };
})(window.strikeline);
