/* Words beside the map: what is under the pointer, the events of one spot, and what the map does not show. */
(function (s) {
  "use strict";
  const MOST = 60; // entries of a list; the table on the page has them all

  /* One event in a line: "30 Dec 2023 · missile strike · ≥ 22 killed". */
  s.rowLine = function (columns, row) {
    const figures = s.casualtyWords(s.rowWords(columns, row, "killed"), s.rowWords(columns, row, "injured"));
    return [columns.whenWords(row), columns.tables.kind[columns.kind[row]], figures].join(" · ");
  };

  const roughly = (place, area) => (area ? place + " (no exact place known)" : place);

  /* One event in three lines: where, what, who says so. */
  s.rowLines = function (columns, row) {
    const where = roughly(columns.tables.place[columns.place[row]], columns.area[row] >= 0);
    return [where, s.rowLine(columns, row), columns.tables.status[columns.status[row]]];
  };

  s.nodeLines = function (columns, node) {
    if (node.count === 1) return s.rowLines(columns, node.row);
    const where = roughly(node.place || "several places", node.area);
    const lines = [where, s.number(node.count) + " events", s.casualtyWords(s.sumWords(node.sums, "killed"), s.sumWords(node.sums, "injured"))];
    if (node.silent && node.silent < node.count) lines.push(s.number(node.silent) + " without figures");
    return lines;
  };

  s.arcLines = function (columns, arc) {
    const count = arc.rows.length === 1 ? "1 strike" : s.number(arc.rows.length) + " strikes";
    return [count, arc.named ? "from a launch area that a report names" : "from the border: only the country is claimed"];
  };

  s.Tip = class Tip {
    constructor(map) {
      this.box = L.DomUtil.create("div", "strikeline-panel strikeline-tip", map.getContainer());
      this.map = map;
      this.hide();
    }

    show(point, lines) {
      this.box.replaceChildren(...lines.filter(Boolean).map((line) => Object.assign(document.createElement("div"), { textContent: line })));
      this.box.hidden = false;
      const size = this.map.getSize(), w = this.box.offsetWidth, h = this.box.offsetHeight;
      const x = Math.max(4, Math.min(point.x + 14, size.x - w - 4)), y = point.y + 16 + h > size.y ? point.y - h - 10 : point.y + 16;
      this.box.style.transform = `translate(${Math.round(x)}px, ${Math.round(Math.max(4, y))}px)`;
    }

    hide() { this.box.hidden = true; }
  };

  /* Buttons for the events of one spot, earliest first. */
  s.openList = function (map, latlng, columns, rows, choose, byKey) {
    const box = document.createElement("div"), head = document.createElement("h4"), list = document.createElement("ul");
    head.textContent = s.number(rows.length) + (rows.length === 1 ? " event" : " events") + " on this spot";
    for (const row of rows.slice(0, MOST)) {
      const button = document.createElement("button"), item = document.createElement("li");
      button.type = "button";
      button.textContent = [columns.tables.place[columns.place[row]], s.rowLine(columns, row)].filter(Boolean).join(" · ");
      button.addEventListener("click", () => { map.closePopup(); choose(row); });
      item.append(button);
      list.append(item);
    }
    box.className = "strikeline-list";
    box.append(head, list);
    if (rows.length > MOST) box.append(s.number(rows.length - MOST) + " more in the table");
    L.popup({ maxWidth: 320, maxHeight: 260, autoPanPadding: [12, 12] }).setLatLng(latlng).setContent(box).openOn(map);
    if (byKey) list.querySelector("button").focus();
  };

  /* The two lines at the lower edge: what is shown, and how it is counted and what is left out. Also on every picture. */
  s.countLines = function (stats, notes, ofTiles) {
    const shown = [s.number(stats.events) + (stats.events === 1 ? " event" : " events"), s.casualtyWords(stats.killedWords, stats.injuredWords)], left = [];
    if (stats.events > 1) left.push("each place and day once");
    if (stats.silent) left.push(s.number(stats.silent) + " without figures");
    if (notes.off_map) left.push(s.number(notes.off_map) + " not on the map");
    if (stats.arcsTotal > stats.arcs) left.push(s.number(stats.arcs) + " of " + s.number(stats.arcsTotal) + " arcs drawn");
    if (stats.arcsHidden) left.push("arcs off: more than " + stats.arcsHidden + " days");
    if (stats.spread) left.push(s.number(stats.spread) + " spread around their spot");
    if (ofTiles) left.push(ofTiles);
    return [shown.join(" · "), left.join(" · ")].filter(Boolean);
  };

  s.Counter = L.Control.extend({
    options: { position: "bottomleft" },

    onAdd() { return (this.box = L.DomUtil.create("div", "strikeline-panel strikeline-counter")); },

    say(lines) {
      const text = lines.join("\n");
      if (text === this.text) return;
      this.text = text;
      this.box.replaceChildren(...lines.map((line) => Object.assign(document.createElement("div"), { textContent: line })));
    },
  });
})(window.strikeline);
