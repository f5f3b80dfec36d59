/* The legend: the same signs as on the map, each with its words; on the page as a panel, in a picture as a column. */
(function (s) {
  "use strict";
  const WIDE = 44, HIGH = 25;

  const bubble = (more) => ({ x: WIDE / 2, y: HIGH / 2, r: 7, count: 1, killed: 0, injured: 0, told: true, status: "stated", glyph: "none-inside", ...more });

  s.legendEntries = function (colours, symbols) {
    const curve = (from, to) => s.curve(from, HIGH - 6, to, HIGH - 6, 0.22, 1);
    return [
      ["Figures", null],
      ["killed (dark, wider) and injured (light)", (ctx) => s.bubble(ctx, bubble({ r: 8, killed: 3, injured: 6 }), colours, symbols)],
      ["size: people hurt; number: events", (ctx) => sizes(ctx, colours, symbols)],
      ["no figure given", (ctx) => s.bubble(ctx, bubble({ told: false, r: 9 }), colours, symbols)],
      ["nobody hurt, the report says", (ctx) => s.bubble(ctx, bubble({ r: 5 }), colours, symbols)],
      ["Who says so", null],
      ["stated or confirmed", (ctx) => s.bubble(ctx, bubble({ injured: 4 }), colours, symbols)],
      ["claimed by one side", (ctx) => s.bubble(ctx, bubble({ injured: 4, status: "claimed" }), colours, symbols)],
      ["contested or denied", (ctx) => s.bubble(ctx, bubble({ injured: 4, status: "denied" }), colours, symbols)],
      ["Where", null],
      ["only district, region or country known", (ctx) => s.areaMark(ctx, { x: WIDE / 2, y: HIGH / 2, r: 12, count: 1, killed: 0, injured: 0, status: "stated" }, { x0: 0, y0: 0 }, colours, symbols)],
      ["strike from a launch area a report names", (ctx) => s.strikeArc(ctx, curve(6, 42), 2, true, colours)],
      ["only a country claimed: from its border", (ctx) => s.strikeArc(ctx, curve(6, 42), 2, false, colours)],
      ["answer to an earlier event (the circle)", (ctx) => s.responseLink(ctx, curve(2, 40), 0, colours)],
      ["Arcs are schematic, not a flight path.", undefined],
      ["Kinds, for a single event", null],
      ...Object.entries(symbols.glyphWords).map(([name, words]) => [words, (ctx) => s.glyph(ctx, name, WIDE / 2, HIGH / 2, 5.5, colours.ink), "kind"]),
    ];
  };

  function sizes(ctx, colours, symbols) {
    [[6, 1], [20, 40], [38, 130]].forEach(([x, hurt], i) => {
      const r = s.bubbleRadius(0, hurt, 1, true, symbols) * 0.62;
      ctx.beginPath();
      ctx.arc([5, 17, 35][i], HIGH / 2, r, 0, 7);
      ctx.lineWidth = 1.4;
      ctx.strokeStyle = colours.ink;
      ctx.stroke();
    });
  }

  s.Legend = L.Control.extend({
    options: { position: "topright" },

    initialize(symbols) { this.symbols = symbols; },

    onAdd(map) {
      const box = (this.box = L.DomUtil.create("details", "strikeline-panel strikeline-legend"));
      box.open = map.getSize().x >= 1000 && map.getSize().y >= 600; // elsewhere it would cover events
      L.DomUtil.create("summary", "", box).textContent = "Legend";
      this.list = L.DomUtil.create("div", "strikeline-entries", box);
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.disableScrollPropagation(box);
      return box;
    },

    paint(theme) {
      const entries = s.legendEntries(this.symbols[theme], this.symbols), ratio = window.devicePixelRatio || 1;
      this.list.replaceChildren(...entries.map(([words, draw, kind]) => {
        const row = document.createElement(draw === null ? "h4" : "p");
        row.className = kind || "";
        if (draw) row.append(sign(draw, ratio));
        row.append(words);
        return row;
      }));
    },
  });

  /* A picture, not a canvas: the browser would compose every canvas anew with each step of the map. */
  function sign(draw, ratio) {
    const canvas = document.createElement("canvas"), image = new Image(WIDE, HIGH);
    canvas.width = WIDE * ratio;
    canvas.height = HIGH * ratio;
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    draw(ctx);
    image.alt = "";
    image.src = canvas.toDataURL();
    return image;
  }

  /* The legend as a column of a picture; gives back its height. */
  s.paintLegend = function (ctx, x, y, colours, symbols) {
    let top = y, second = false; // kinds stand in two columns
    for (const [words, draw, kind] of s.legendEntries(colours, symbols)) {
      const heading = draw === null, left = kind && second ? x + 165 : x;
      if (heading && top > y) top += 8;
      ctx.save();
      ctx.translate(left, top);
      if (draw) draw(ctx);
      ctx.restore();
      ctx.font = (heading ? "700 11.5px" : "11px") + " system-ui, sans-serif";
      ctx.fillStyle = draw === undefined ? colours.muted : colours.ink;
      ctx.textAlign = "left";
      ctx.textBaseline = "middle";
      ctx.fillText(words, left + (draw ? WIDE + 4 : 0), top + HIGH / 2);
      if (kind) second = !second;
      if (!second) top += draw ? HIGH : 22;
    }
    return top - y;
  };
})(window.strikeline);
