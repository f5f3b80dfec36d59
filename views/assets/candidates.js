/* The places a name may mean: numbered points on the base map, each in the circle that holds its true point. */
(function (s) {
  "use strict";
  const SIZE = 11, FAMILY = "system-ui, sans-serif";

  s.CandidateLayer = s.CanvasLayer.extend({
    paneName: "events",

    initialize(settings) {
      this.settings = settings;
      this.marks = [];
      this.turn = 0;
      this.stats = { candidates: 0, ready: false };
    },

    onAdd(map) {
      for (const [name, order] of [["base", 150], ["events", 450]]) map.createPane(name).style.zIndex = order;
      map.getPane("events").style.pointerEvents = "none";
      map.setMaxBounds([[-84, -200], [86, 200]]);
      s.showCredit(map, this.settings, () => { if (this.canvas) this.later(); });
      this._map = map;
      this.start(map);
    },

    async start(map) {
      const { base, pov, theme, points } = this.settings, file = (name) => s.fetchJson(base.borders + base.files[name]);
      const fetching = ["theatre", "world", "lakes", "places"].map(file), wanted = s.fetchJson(base.candidates + points);
      this.symbols = await s.fetchJson(base.symbols);
      const box = map.getContainer(), colours = (this.colours = this.symbols[theme]);
      for (const name of ["paper", "ink", "muted", "panel", "line", "sea", "focus"]) box.style.setProperty("--" + name, colours[name]);
      this.base = new s.BaseMap(this.symbols, pov, this.settings.tiles).on("note", (event) => this.say(map, event.target.note())).addTo(map);
      this.base.setTheme(theme);
      this.take(await wanted);
      const [theatre, world, lakes, places] = await Promise.all(fetching);
      this.base.take({ theatre, world, lakes });
      this.towns = s.towns(places);
      s.CanvasLayer.prototype.onAdd.call(this, map);
      L.control.scale({ imperial: false, position: "bottomleft" }).addTo(map);
      this.tip = new s.Tip(map);
      map.on("mousemove", this.hover, this).on("mouseout", () => this.tip.hide()).on("click", this.click, this);
      this.stats = { candidates: this.size, ready: true };
    },

    /* Tiles that did not come are told beside the credit: this small map has no caption. */
    say(map, words) {
      const note = s.asHtml(words);
      if (note === this.note) return;
      if (this.note) map.attributionControl.removeAttribution(this.note);
      if (note) map.attributionControl.addAttribution(note);
      this.note = note;
    },

    take(columns) {
      this.columns = columns;
      this.size = columns.lat.length;
      this.x = columns.lon.map((lon) => s.mercatorX(lon / 1e4));
      this.y = columns.lat.map((lat) => s.mercatorY(lat / 1e4));
      const corners = columns.lat.map((lat, i) => [lat / 1e4, columns.lon[i] / 1e4]);
      if (corners.length) this._map.fitBounds(corners, { padding: [44, 40], maxZoom: 8, animate: false });
    },

    paint(ctx, frame) {
      const { colours, columns } = this;
      this.marks = this.placed(frame);
      for (const mark of this.marks) this.circle(ctx, mark, frame);
      for (const mark of this.marks) this.point(ctx, mark);
      const labels = new s.Labels(ctx, frame, colours);
      for (const mark of this.marks) labels.obstacle(mark.x, mark.y, SIZE + 2, SIZE + 2);
      for (const mark of this.marks) {
        const text = columns.label[mark.row], font = "600 12px " + FAMILY;
        if (labels.put([{ text, colour: colours.label, font, size: 12 }], mark.x, mark.y, SIZE + 5)) labels.names.add(text);
      }
      if (this.towns && frame.zoom >= 3) s.townLabels(labels, this.towns, this.marks.map((mark) => ({ x: mark.x, y: mark.y, r: SIZE })), this.symbols);
      s.regionLabels(labels, this.base.regions);
    },

    /* The first lies on top of its point; one that would cover it steps aside, with a line to where it belongs. */
    placed(frame) {
      const marks = [];
      for (let row = 0; row < this.size; row++) {
        const px = this.x[row] * frame.scale - frame.x0, py = this.y[row] * frame.scale - frame.y0;
        const free = ([x, y]) => !marks.some((other) => Math.hypot(other.x - x, other.y - y) < 2 * SIZE);
        let at = [px, py];
        for (let step = 0; !free(at) && step < 96; step++) {
          const turn = (step % 12) * (Math.PI / 6), reach = (2 * SIZE + 2) * (1 + Math.floor(step / 12));
          at = [px + reach * Math.cos(turn), py + reach * Math.sin(turn)];
        }
        marks.push({ row, x: at[0], y: at[1], px, py });
      }
      return marks;
    },

    circle(ctx, { row, px, py }, frame) {
      const r = s.kmToPixels(this.columns.radius[row], this.y[row], frame.scale);
      if (r < SIZE + 3 || r > frame.width) return;
      ctx.beginPath();
      ctx.arc(px, py, r, 0, 2 * Math.PI);
      ctx.setLineDash([5, 4]);
      ctx.lineWidth = 1.4;
      ctx.strokeStyle = this.colours.area;
      ctx.stroke();
      ctx.setLineDash([]);
    },

    point(ctx, { row, x, y, px, py }) {
      const { colours } = this;
      if (x !== px || y !== py) {
        ctx.beginPath();
        ctx.moveTo(px, py);
        ctx.lineTo(x, y);
        ctx.lineWidth = 1.5;
        ctx.strokeStyle = colours.focus;
        ctx.stroke();
      }
      ctx.beginPath();
      ctx.arc(x, y, SIZE, 0, 2 * Math.PI);
      ctx.fillStyle = colours.focus;
      ctx.fill();
      ctx.lineWidth = 2;
      ctx.strokeStyle = colours.paper;
      ctx.stroke();
      ctx.fillStyle = colours.paper;
      ctx.font = "700 12px " + FAMILY;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(String(row + 1), x, y + 0.5);
    },

    at(point) {
      const { padX, padY } = this.frame, x = point.x + padX, y = point.y + padY;
      return this.marks.findLast((mark) => Math.hypot(mark.x - x, mark.y - y) <= SIZE + 3);
    },

    hover(event) {
      const mark = this.at(event.containerPoint);
      this._map.getContainer().classList.toggle("strikeline-over", Boolean(mark));
      if (!mark) this.tip.hide();
      else this.tip.show(event.containerPoint, [mark.row + 1 + " " + this.columns.place[mark.row], this.columns.where[mark.row]]);
    },

    click(event) {
      const mark = this.at(event.containerPoint);
      if (!mark) return;
      this.tip.hide();
      this.turn++;
      if (window.Streamlit) window.Streamlit.setComponentValue({ candidate: mark.row, turn: this.turn });
    },
  });
})(window.strikeline);
