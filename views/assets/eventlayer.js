/* The events on the map: one canvas, redrawn from typed arrays; no element of the page per event. */
(function (s) {
  "use strict";

  /* Each province once, the chosen one last. */
  function outlines(nodes, chosen) {
    const first = new Map();
    for (const node of nodes) if (node.outline && (node === chosen || !first.has(node.unit))) first.set(node.unit, node);
    return [...first.values()].sort((a, b) => (a === chosen) - (b === chosen));
  }

  s.EventLayer = s.CanvasLayer.extend({
    paneName: "events",

    initialize(settings) {
      this.settings = { ...s.home, ...settings };
      this.theme = settings.first.theme.slice(1);
      this.range = null; // null: every day
      this.wantArcs = null;
      this.wantLinks = true;
      this.focus = null;
      this.notes = {};
      this.hits = [];
      this.lines = [];
      this.turn = 0;
      this.stats = { events: 0, killed: 0, injured: 0, silent: 0, bubbles: 0, arcs: 0, arcsTotal: 0, links: 0, ms: 0, ready: false };
    },

    onAdd(map) {
      for (const [name, order] of [["base", 150], ["events", 450]]) map.createPane(name).style.zIndex = order;
      map.getPane("events").style.pointerEvents = "none";
      map.setMaxBounds([[-84, -200], [86, 200]]);
      if (map.attributionControl) map.attributionControl.setPrefix(false).addAttribution(this.settings.credit);
      this._map = map;
      this.ready = this.start(map);
    },

    async start(map) {
      const { base, first, pov } = this.settings, file = (name) => s.fetchJson(base.borders + base.files[name]);
      const names = ["theatre", "world", "lakes", "places"], fetching = names.map(file);
      s.listen(this); // a command may come before the data: it is kept
      this.symbols = await s.fetchJson(base.symbols);
      this.base = new s.BaseMap(this.symbols, pov).addTo(map);
      this.addControls(map);
      this.setTheme(this.theme);
      const [theatre, world, lakes, places] = await Promise.all(fetching);
      this.base.take({ theatre, world, lakes });
      this.towns = s.towns(places);
      s.CanvasLayer.prototype.onAdd.call(this, map);
      map.on("mousemove", this.hover, this).on("mouseout", () => this.tip.hide()).on("click", this.click, this);
      await s.load(this, this.wantUrl || first.url.slice(1));
    },

    addControls(map) {
      this.legend = new s.Legend(this.symbols).addTo(map);
      this.counter = new s.Counter().addTo(map);
      L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
      new s.PictureButtons((ratio) => s.savePicture(this, ratio)).addTo(map);
      this.tip = new s.Tip(map);
    },

    setTheme(theme) {
      this.theme = theme;
      if (!this.symbols) return;
      const box = this._map.getContainer(), colours = this.symbols[theme];
      for (const name of ["paper", "ink", "muted", "panel", "line", "sea", "focus"]) box.style.setProperty("--" + name, colours[name]);
      box.dataset.theme = theme;
      this.base.setTheme(theme);
      this.legend.paint(theme);
    },

    /* Everything of one view, from the base of the sea up to the labels; also called for pictures. */
    paint(ctx, frame) {
      if (!this.columns) return;
      const began = performance.now(), c = this.columns, symbols = this.symbols, colours = symbols[this.theme];
      const [a, b] = this.range || [0, c.days - 1], rows = c.rows(a, b);
      const { nodes, total, nodeOf } = s.cluster(c, rows, frame, symbols);
      s.fitProvinces(nodes, this.base, frame, ctx);
      const chosen = this.focus !== null && c.shows(this.focus, a, b) ? this.focus : null, node = chosen === null ? null : nodeOf(chosen);
      const wanted = this.wantArcs === null ? b - a < this.settings.autoDays : this.wantArcs;
      const arcs = wanted ? s.bundleArcs(c, rows, frame, nodeOf, symbols) : [];
      const drawn = this.choose(arcs, chosen);
      const links = this.wantLinks ? s.bundleLinks(c, [a, b], nodeOf, symbols) : [];
      for (const outlined of outlines(nodes, node)) s.hatchUnit(ctx, outlined.outline, frame, colours, outlined === node);
      for (const mark of nodes) if (mark.area) s.areaMark(ctx, mark, colours, symbols);
      s.drawArcs(ctx, drawn, chosen, colours);
      s.drawLinks(ctx, links, chosen, colours);
      for (const mark of nodes) if (!mark.area) s.bubble(ctx, mark, colours, symbols);
      if (node) s.halo(ctx, node, colours);
      this.hits = nodes;
      this.lines = [...drawn, ...links];
      this.count(total, nodes, drawn, arcs, links, wanted);
      this.paintLabels(ctx, frame, nodes, node, colours);
      this.stats.ms = performance.now() - began;
    },

    /* The strongest arcs, and always those of the chosen event. */
    choose(arcs, chosen) {
      const strongest = arcs.slice(0, this.settings.cap);
      const own = chosen === null ? [] : arcs.slice(this.settings.cap).filter((arc) => arc.rows.includes(chosen));
      return [...strongest, ...own];
    },

    paintLabels(ctx, frame, nodes, chosen, colours) {
      const labels = new s.Labels(ctx, frame, colours), few = nodes.length <= 45;
      for (const node of nodes) {
        const gap = node === chosen ? 11 : 6;
        labels.obstacle(node.x, node.y, node.r + gap, node.r + gap);
      }
      for (const line of this.lines || []) for (const t of [0.93, 1]) {
        const [x, y] = s.curvePoint(line.curve, t);
        labels.obstacle(x, y, 5, 5);
      }
      if (frame === this.frame) this.coverControls(labels);
      const ranked = [...nodes].sort((p, q) => q.killed + q.injured - p.killed - p.injured || q.count - p.count);
      for (const node of ranked) node.words = few && node.told && node.killed + node.injured ? node.hurtWords : "";
      if (this.towns) s.nameByTown(ranked, this.towns, frame);
      s.bubbleLabels(labels, ranked.slice(0, 80));
      if (this.towns) s.townLabels(labels, this.towns, nodes, this.symbols);
      s.regionLabels(labels, this.base.regions);
    },

    /* On the page, panels lie over the map: no label goes under them. */
    coverControls(labels) {
      const map = this._map.getContainer().getBoundingClientRect(), { padX, padY } = this.frame;
      for (const box of this._map.getContainer().querySelectorAll(".leaflet-control")) {
        const r = box.getBoundingClientRect(), x = r.left - map.left + padX, y = r.top - map.top + padY;
        if (r.width) labels.taken.take([x - 2, y - 2, x + r.width + 2, y + r.height + 2]);
      }
    },

    count(total, nodes, drawn, arcs, links, wanted) {
      const tooLong = !wanted && this.wantArcs === null && this.columns.starts.length > 0;
      this.stats = {
        events: total.count[0], killed: total.killed[0], injured: total.injured[0], silent: total.silent[0],
        killedWords: total.words(0, "killed"), injuredWords: total.words(0, "injured"),
        bubbles: nodes.length, arcs: drawn.length, arcsTotal: arcs.length, arcsHidden: tooLong ? this.settings.autoDays : 0,
        links: links.length, ms: 0, ready: true,
      };
      this.counter.say(s.countLines(this.stats, this.notes));
    },

    at(point) {
      const { padX, padY } = this.frame, x = point.x + padX, y = point.y + padY;
      for (let i = this.hits.length - 1; i >= 0; i--) {
        const node = this.hits[i], reach = Math.max(node.r + 3, 11);
        if (node.area ? Math.max(Math.abs(node.x - x), Math.abs(node.y - y)) <= reach : Math.hypot(node.x - x, node.y - y) <= reach) return { node };
      }
      const line = s.lineAt(this.lines, x, y);
      return line ? { line } : null;
    },

    hover(event) {
      const hit = this.at(event.containerPoint);
      this._map.getContainer().classList.toggle("strikeline-over", Boolean(hit));
      if (!hit) this.tip.hide();
      else if (hit.node) this.tip.show(event.containerPoint, s.nodeLines(this.columns, hit.node));
      else if (hit.line.named === undefined) this.tip.show(event.containerPoint, ["an answer to an earlier event"]);
      else this.tip.show(event.containerPoint, s.arcLines(this.columns, hit.line));
    },

    click(event) {
      const hit = this.at(event.containerPoint);
      if (!hit) { if (this.focus !== null) s.select(this, null); return; }
      this.tip.hide();
      if (hit.line) s.select(this, hit.line.row);
      else if (hit.node.count === 1) s.select(this, hit.node.row);
      else this.open(hit.node, event.latlng);
    },

    /* A cluster splits on zoom; where its events lie on one spot, or zoom is at its end, it opens as a list. */
    open(node, latlng) {
      const rows = this.rowsOf(node), map = this._map, c = this.columns;
      const xs = rows.map((row) => c.x[row]), ys = rows.map((row) => c.y[row]);
      const west = Math.min(...xs), east = Math.max(...xs), north = Math.min(...ys), south = Math.max(...ys);
      const closest = 256 * Math.pow(2, map.getMaxZoom()), apart = Math.max(east - west, south - north) * closest;
      if (node.area || apart < 2.5 * this.symbols.radius.cluster || map.getZoom() >= map.getMaxZoom()) {
        s.openList(map, latlng, c, rows, (row) => s.select(this, row));
        return;
      }
      const bounds = L.latLngBounds(s.toLatLng(west, south), s.toLatLng(east, north));
      const zoom = Math.min(map.getMaxZoom(), Math.max(map.getZoom() + 1, Math.min(map.getZoom() + 3, map.getBoundsZoom(bounds.pad(0.3)))));
      map.setView(bounds.getCenter(), zoom);
    },

    rowsOf(node) {
      if (node.rows) return node.rows;
      const c = this.columns, [a, b] = this.range || [0, c.days - 1], rows = c.rows(a, b);
      const { nodes, nodeOf } = s.cluster(c, rows, this.frame, this.symbols);
      const same = nodes.find((other) => !other.area && Math.abs(other.x - node.x) < 0.01 && Math.abs(other.y - node.y) < 0.01);
      return Array.from(rows).filter((row) => c.precision[row] <= 2 && nodeOf(row) === same).sort((p, q) => c.day[p] - c.day[q]);
    },

    picture(ratio) { return s.picture(this, ratio); },

    apply(command) { return s.apply(this, command); },
  });
})(window.strikeline);
