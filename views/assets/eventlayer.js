/* The events on the map: one canvas, redrawn from typed arrays; no element of the page per event. */
(function (s) {
  "use strict";

  /* Least and greatest value of some rows. */
  function ends(rows, values) {
    return rows.reduce(([low, high], row) => [Math.min(low, values[row]), Math.max(high, values[row])], [Infinity, -Infinity]);
  }

  s.EventLayer = s.CanvasLayer.extend({
    paneName: "events",
    margin: 0.1, // every step of the brush paints it, and a pan ends soon

    initialize(settings) {
      this.settings = { ...s.home, ...settings };
      this.theme = settings.first.theme.slice(1);
      this.range = null; // null: every day
      this.wantArcs = null;
      this.wantLinks = true;
      this.focus = null;
      this.notes = {};
      this.scene = null; // what the page shows
      this.fan = null; // the spot that is spread out
      this.boxes = null; // of the panels
      this.turn = 0;
      this.stats = { ready: false };
    },

    onAdd(map) {
      for (const [name, order] of [["base", 150], ["events", 450]]) map.createPane(name).style.zIndex = order;
      map.getPane("events").style.pointerEvents = "none";
      map.setMaxBounds([[-84, -200], [86, 200]]);
      s.showCredit(map, this.settings, () => { if (this.canvas) this.later(); });
      this._map = map;
      this.ready = this.start(map);
    },

    async start(map) {
      const { base, first, pov } = this.settings, file = (name) => s.fetchJson(base.borders + base.files[name]);
      const names = ["theatre", "world", "lakes", "places"], fetching = names.map(file);
      s.listen(this); // a command may come before the data: it is kept
      this.symbols = await s.fetchJson(base.symbols);
      this.base = new s.BaseMap(this.symbols, pov, this.settings.tiles).on("note", () => this.say()).addTo(map);
      this.addControls(map);
      this.setTheme(this.theme);
      await s.stylesLoaded(); // the size of the panels counts
      s.CanvasLayer.prototype.onAdd.call(this, map);
      map.on("mousemove", this.hover, this).on("mouseout", () => this.tip.hide()).on("click", this.click, this);
      map.on("zoomstart", this.fold, this);
      document.addEventListener("keydown", (event) => this.key(event));
      const loading = s.load(this, this.wantUrl || first.url.slice(1)), [theatre, world, lakes, places] = await Promise.all(fetching);
      await Promise.allSettled([loading]); // the events say where the map starts
      this.base.take({ theatre, world, lakes });
      this.towns = s.towns(places);
      this.later();
      await loading;
    },

    addControls(map) {
      this.legend = new s.Legend(this.symbols).addTo(map);
      this.counter = new s.Counter().addTo(map);
      L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
      new s.PictureButtons((ratio) => s.savePicture(this, ratio)).addTo(map);
      this.tip = new s.Tip(map);
      const grown = new ResizeObserver(() => { this.boxes = null; this.later(); }); // labels keep clear of panels
      for (const panel of map.getContainer().querySelectorAll(".leaflet-control")) grown.observe(panel);
      const choose = (row) => s.select(this, row), hover = (at, lines) => (lines ? this.tip.show(at, lines) : this.tip.hide());
      this.buttons = new s.FanButtons(map, choose, hover);
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

    /* The page follows the hand: its sums are kept up. */
    redraw() {
      if (!this.columns) return;
      const began = performance.now();
      this.tally = this.tallyOf(this.frame, this.tally);
      s.CanvasLayer.prototype.redraw.call(this);
      this.stats.ms = performance.now() - began;
    },

    tallyOf(frame, tally) {
      const c = this.columns, [a, b] = this.range || [0, c.days - 1];
      if (!tally || tally.columns !== c) return new s.Tally(c, frame, this.symbols).show(a, b);
      if (tally.frame !== frame) tally.look(frame, this.symbols);
      return tally.show(a, b);
    },

    /* Everything of one view; also called for pictures, whose frame is another. */
    paint(ctx, frame) {
      if (!this.columns) return;
      const own = frame === this.frame, tally = own ? this.tally : this.tallyOf(frame), colours = this.symbols[this.theme];
      const asked = { focus: this.focus, arcs: this.arcsWanted(), links: this.wantLinks, cap: this.settings.cap, fan: this.fan };
      const scene = s.compose(tally, this.base, asked, this.symbols, ctx);
      if (own) this.show(scene);
      const panels = own ? this.panels() : [];
      s.drawScene(ctx, scene, panels, colours, this.symbols);
      s.labelScene(ctx, scene, panels, { towns: this.towns, regions: this.base.regions }, colours, this.symbols);
    },

    arcsWanted() {
      const [a, b] = this.range || [0, this.columns.days - 1];
      return this.wantArcs === null ? b - a < this.settings.autoDays : this.wantArcs;
    },

    show(scene) {
      const tooLong = this.wantArcs === null && !this.arcsWanted() && this.columns.starts.length > 0;
      this.scene = scene;
      if (scene.fan) this.buttons.show(this.fan, scene, this.columns); else this.fold();
      this.stats = { ...s.sceneStats(scene), arcsHidden: tooLong ? this.settings.autoDays : 0 };
      this.say();
    },

    say() {
      if (this.stats.ready) this.counter.say(s.countLines(this.stats, this.notes, this.base.note() || this.settings.noTiles));
    },

    /* On the page, panels lie over the map: their boxes in pixels of the frame. Kept, because to ask for them makes the
     * browser lay out the page. */
    panels() {
      const map = this._map.getContainer(), { padX, padY } = this.frame;
      if (!this.boxes || this.boxes.frame !== this.frame) {
        const { left, top } = map.getBoundingClientRect(), rects = [...map.querySelectorAll(".leaflet-control")].map((panel) => panel.getBoundingClientRect());
        const boxes = rects.filter((r) => r.width).map((r) => [r.left - left + padX - 2, r.top - top + padY - 2, r.right - left + padX + 2, r.bottom - top + padY + 2]);
        this.boxes = { frame: this.frame, boxes };
      }
      return this.boxes.boxes;
    },

    at(point) {
      const { padX, padY } = this.frame, x = point.x + padX, y = point.y + padY, { nodes, drawn, links } = this.scene;
      for (let i = nodes.length - 1; i >= 0; i--) {
        const node = nodes[i], reach = Math.max(node.r + 3, 11);
        if (node.area ? Math.max(Math.abs(node.x - x), Math.abs(node.y - y)) <= reach : Math.hypot(node.x - x, node.y - y) <= reach) return { node };
      }
      const line = s.lineAt([...drawn, ...links], x, y);
      return line ? { line } : null;
    },

    hover(event) {
      const hit = this.scene && this.at(event.containerPoint);
      this._map.getContainer().classList.toggle("strikeline-over", Boolean(hit));
      if (!hit) this.tip.hide();
      else if (hit.node) this.tip.show(event.containerPoint, s.nodeLines(this.columns, hit.node));
      else if (hit.line.named === undefined) this.tip.show(event.containerPoint, ["an answer to an earlier event"]);
      else this.tip.show(event.containerPoint, s.arcLines(this.columns, hit.line));
    },

    click(event) {
      const hit = this.scene && this.at(event.containerPoint), open = this.fan;
      this.fold();
      if (open && (!hit || (hit.node && hit.node.hub))) return;
      if (!hit) { if (this.focus !== null) s.select(this, null); return; }
      this.tip.hide();
      if (hit.line) s.select(this, hit.line.row);
      else if (hit.node.count === 1) s.select(this, hit.node.row);
      else this.open(hit.node, event.latlng);
    },

    /* Escape folds; Enter on the map opens the bubble that holds the chosen event. */
    key(event) {
      const map = this._map, node = this.scene && this.scene.node;
      if (event.key === "Escape" && this.fan) {
        this.fold();
        map.getContainer().focus();
      } else if (event.key === "Enter" && event.target === map.getContainer() && node && node.count > 1 && !this.fan) {
        this.open(node, map.containerPointToLatLng([node.x - this.frame.padX, node.y - this.frame.padY]), true);
      }
    },

    /* A cluster splits on zoom; where its events lie on one spot, or zoom is at its end, they are spread out, or listed if
     * they are too many. What has no exact place is always listed. */
    open(node, latlng, byKey = false) {
      const rows = this.rowsOf(node), map = this._map, c = this.columns, [west, east] = ends(rows, c.x), [north, south] = ends(rows, c.y);
      const closest = 256 * Math.pow(2, map.getMaxZoom()), apart = Math.max(east - west, south - north) * closest;
      const whole = apart < 2.5 * this.symbols.radius.cluster || map.getZoom() >= map.getMaxZoom();
      if (whole && !node.area && rows.length <= s.FAN_MOST) this.spread(rows, node, byKey);
      else if (whole || node.area) s.openList(map, latlng, c, rows, (row) => s.select(this, row), byKey);
      else this.closer(L.latLngBounds(s.toLatLng(west, south), s.toLatLng(east, north)));
    },

    closer(bounds) {
      const map = this._map, zoom = Math.max(map.getZoom() + 1, Math.min(map.getZoom() + 3, map.getBoundsZoom(bounds.pad(0.3))));
      map.setView(bounds.getCenter(), Math.min(map.getMaxZoom(), zoom));
    },

    /* The map moves aside where the fan would lie beyond its edge. */
    spread(rows, node, byKey) {
      this.fan = s.openFan(this.tally, rows);
      this.redraw();
      if (!this.scene.fan) return;
      const { padX, padY, width, height } = this.frame, [x, y] = s.intoView(this.scene.fan, [padX, padY, width - padX, height - padY]);
      if (x || y) this._map.panBy([x, y], { animate: false });
      if (byKey) this.buttons.focus();
    },

    fold() {
      if (!this.fan) return;
      this.fan = null;
      this.buttons.hide();
      this.tip.hide();
      this.later();
    },

    rowsOf(node) {
      const { tally, nodeOf } = this.scene;
      return tally.shownRows((row) => nodeOf(row) === node);
    },

    picture(ratio) { return s.picture(this, ratio); },

    apply(command) { return s.apply(this, command); },
  });
})(window.strikeline);
