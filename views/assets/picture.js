/* A picture of exactly what is seen, with title, filter, counts, legend, scale and credit. Painted anew at its own
 * resolution, so that 2x is twice as sharp and nothing on the page is photographed. */
(function (s) {
  "use strict";
  const PAD = 20, LEGEND = 345, FONT = " system-ui, sans-serif";

  s.picture = function (layer, ratio) {
    const map = layer._map, size = map.getSize(), colours = layer.symbols[layer.theme], notes = layer.notes;
    const head = heading(notes, layer, size.x + LEGEND);
    const high = Math.max(size.y, 560), width = PAD * 3 + size.x + LEGEND, foot = credits(layer, size.x);
    const height = head.height + high + 43 + 15 * foot.length;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const ctx = canvas.getContext("2d");
    ctx.scale(ratio, ratio);
    ctx.fillStyle = colours.paper;
    ctx.fillRect(0, 0, width, height);
    paintHeading(ctx, head, colours);
    paintMap(ctx, layer, PAD, head.height, size, colours);
    s.paintLegend(ctx, PAD * 2 + size.x, head.height + 4, colours, layer.symbols);
    paintFoot(ctx, layer, PAD, head.height + size.y, foot, colours);
    return canvas;
  };

  /* Credits of all that is in the picture, and as of when. */
  function credits(layer, width) {
    const ctx = document.createElement("canvas").getContext("2d");
    ctx.font = "11px" + FONT;
    const withTiles = layer.base.hasTiles(s.frameOf(layer._map, 0, 0));
    return wrap(ctx, [s.creditLine(layer.settings, withTiles), layer.notes.as_of].filter(Boolean).join(" · "), width);
  }

  function heading(notes, layer, width) {
    const rows = [[notes.title || "Reported attacks", "700 20px"], [notes.filter || "", "13px"], [s.countLines(layer.stats, notes, layer.base.note(true)).join(" · "), "600 13px"]];
    const ctx = document.createElement("canvas").getContext("2d"), lines = [];
    let y = PAD;
    for (const [text, font] of rows) {
      ctx.font = font + FONT;
      for (const line of wrap(ctx, text, width)) {
        y += font.includes("20px") ? 26 : 19;
        lines.push({ line, font, y: y - 6 });
      }
    }
    return { lines, height: y + 12 };
  }

  function wrap(ctx, text, width) {
    const lines = [];
    let line = "";
    for (const word of text.split(" ").filter(Boolean)) {
      const longer = line ? line + " " + word : word;
      if (line && ctx.measureText(longer).width > width) {
        lines.push(line);
        line = word;
      } else line = longer;
    }
    return line ? [...lines, line] : lines;
  }

  function paintHeading(ctx, head, colours) {
    ctx.textAlign = "left";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = colours.ink;
    for (const { line, font, y } of head.lines) {
      ctx.font = font + FONT;
      ctx.fillText(line, PAD, y);
    }
  }

  function paintMap(ctx, layer, x, y, size, colours) {
    const frame = s.frameOf(layer._map, 0, 0);
    ctx.save();
    ctx.beginPath();
    ctx.rect(x, y, size.x, size.y);
    ctx.clip();
    ctx.translate(x, y);
    layer.base.paint(ctx, frame, true);
    layer.paint(ctx, frame);
    ctx.restore();
    ctx.lineWidth = 1;
    ctx.strokeStyle = colours.line;
    ctx.strokeRect(x + 0.5, y + 0.5, size.x - 1, size.y - 1);
  }

  function paintFoot(ctx, layer, x, y, foot, colours) {
    const { metres, pixels } = scaleBar(layer._map);
    ctx.fillStyle = colours.muted;
    ctx.strokeStyle = colours.ink;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(x, y + 12);
    ctx.lineTo(x, y + 18);
    ctx.lineTo(x + pixels, y + 18);
    ctx.lineTo(x + pixels, y + 12);
    ctx.stroke();
    ctx.font = "11px" + FONT;
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    ctx.fillText(metres >= 1000 ? metres / 1000 + " km" : metres + " m", x + pixels + 8, y + 14);
    foot.forEach((line, i) => ctx.fillText(line, x, y + 38 + 15 * i));
  }

  /* A round length that fits 120 pixels at the middle of the map. */
  function scaleBar(map) {
    const y = map.getSize().y / 2, most = map.distance(map.containerPointToLatLng([0, y]), map.containerPointToLatLng([120, y]));
    const power = Math.pow(10, Math.floor(Math.log10(most))), metres = [5, 2, 1].find((n) => n * power <= most) * power;
    return { metres, pixels: (120 * metres) / most };
  }

  s.PictureButtons = L.Control.extend({
    options: { position: "topleft" },

    initialize(save) { this.save = save; },

    onAdd() {
      const box = L.DomUtil.create("div", "leaflet-bar strikeline-picture");
      for (const ratio of [1, 2]) {
        const button = L.DomUtil.create("button", "", box);
        button.type = "button";
        button.textContent = ratio === 1 ? "PNG" : "2×";
        button.title = button.ariaLabel = `${button.textContent}: save the map as a picture, ${ratio === 1 ? "screen" : "double"} size`;
        button.addEventListener("click", () => this.save(ratio));
      }
      L.DomEvent.disableClickPropagation(box);
      return box;
    },
  });
})(window.strikeline);
