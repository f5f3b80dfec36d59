/* How each sign looks. Every function draws one sign on a 2d context; the legend and the picture use the same ones. */
(function (s) {
  "use strict";
  const TAU = Math.PI * 2, TOP = -Math.PI / 2;
  const TOOTH = 2.4, RIM = 4.3; // how far killed stands out over a bubble, and where its outline runs

  /* Radius of a bubble: root of the people hurt, so that its area tells them; a cluster keeps room for its number. */
  s.bubbleRadius = function (killed, injured, count, told, symbols) {
    const r = symbols.radius;
    if (count === 1 && told && killed + injured === 0) return r.zero;
    const radius = Math.min(r.most, r.least + r.root * Math.sqrt(killed + injured));
    return count > 1 ? Math.max(r.cluster + (count > 99 ? 3 : 0), radius) : Math.max(told ? 0 : 8, radius);
  };

  /* One bubble: sectors for killed (dark, standing out over the rim) and injured (light), number or glyph inside. */
  s.bubble = function (ctx, b, colours, symbols) {
    const { x, y, r } = b, hurt = b.killed + b.injured, inner = innerRadius(b);
    disc(ctx, x, y, b.told && !hurt ? r + 1.5 : r + RIM + 1.2, colours.paper);
    if (!b.told) segmentedRing(ctx, x, y, r, inner, colours);
    else if (hurt === 0) circle(ctx, x, y, r - 0.5, colours.muted, 1.8);
    else {
      const split = TOP + (TAU * b.killed) / hurt;
      if (b.injured) sector(ctx, x, y, r, split, TOP + TAU, colours.injured);
      if (b.killed) sector(ctx, x, y, r + TOOTH, TOP, split, colours.killed);
      if (b.killed && b.injured) spokes(ctx, x, y, r, [TOP, split], colours.paper);
      if (inner) disc(ctx, x, y, inner, colours.paper);
    }
    if (hurt || symbols.outline[b.status].length) outline(ctx, x, y, r + RIM, symbols.outline[b.status], colours.ink);
    if (b.count > 1) countText(ctx, x, y, b.count, colours.ink);
    else if (inner >= 4.5 && (hurt || !b.told)) s.glyph(ctx, b.glyph, x, y, Math.min(inner - 1.8, 7), colours.ink);
  };

  function innerRadius(b) {
    if (b.count > 1) return b.count > 99 ? Math.max(10.5, b.r * 0.52) : Math.max(8, b.r * 0.52);
    return b.r >= 8 ? Math.max(5, b.r * 0.5) : 0;
  }

  function disc(ctx, x, y, r, fill) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, TAU);
    ctx.fillStyle = fill;
    ctx.fill();
  }

  function circle(ctx, x, y, r, colour, width, dash) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, TAU);
    ctx.setLineDash(dash || []);
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.stroke();
    ctx.setLineDash([]);
  }

  function sector(ctx, x, y, r, from, to, fill) {
    ctx.beginPath();
    ctx.moveTo(x, y);
    ctx.arc(x, y, r, from, to);
    ctx.closePath();
    ctx.fillStyle = fill;
    ctx.fill();
  }

  function spokes(ctx, x, y, r, angles, colour) {
    ctx.lineWidth = 1.2;
    ctx.strokeStyle = colour;
    for (const a of angles) {
      ctx.beginPath();
      ctx.moveTo(x, y);
      ctx.lineTo(x + Math.cos(a) * (r + TOOTH), y + Math.sin(a) * (r + TOOTH));
      ctx.stroke();
    }
  }

  /* No figure given: a ring of blocks, open in between. */
  function segmentedRing(ctx, x, y, r, inner, colours) {
    const width = Math.max(2.5, Math.min(4, r - inner)), middle = r - width / 2, blocks = r > 12 ? 12 : 8;
    const step = (TAU * middle) / blocks;
    circle(ctx, x, y, middle, colours.silent, width, [step * 0.62, step * 0.38]);
  }

  function outline(ctx, x, y, r, dash, colour) {
    ctx.lineCap = dash.length && dash[0] < 2 ? "round" : "butt";
    circle(ctx, x, y, r, colour, dash.length && dash[0] < 2 ? 1.9 : 1.4, dash);
    ctx.lineCap = "butt";
  }

  s.countWords = (n) => (n < 1000 ? String(n) : n < 10000 ? (n / 1000).toFixed(1) + "k" : n < 1e6 ? Math.round(n / 1000) + "k" : (n / 1e6).toFixed(1) + "M");

  const COUNT_FONT = "700 11px system-ui, sans-serif";

  function countText(ctx, x, y, n, colour) {
    if (ctx.font !== COUNT_FONT) ctx.font = COUNT_FONT; // to set it costs more than to ask
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillStyle = colour;
    ctx.fillText(s.countWords(n), x, y + 0.5);
  }

  const GLYPHS = {
    up: [[0, -1], [0.9, 0.7], [-0.9, 0.7]],
    down: [[0, 1], [0.9, -0.7], [-0.9, -0.7]],
    wing: [[0, -1], [1, 0.8], [0, 0.25], [-1, 0.8]],
    square: [[-0.75, -0.75], [0.75, -0.75], [0.75, 0.75], [-0.75, 0.75]],
    star: Array.from({ length: 12 }, (_, i) => {
      const r = i % 2 ? 0.42 : 1.05, a = (i * Math.PI) / 6;
      return [r * Math.sin(a), -r * Math.cos(a)];
    }),
  };

  /* The kind of attack as a small shape. */
  s.glyph = function (ctx, name, x, y, r, colour) {
    ctx.fillStyle = ctx.strokeStyle = colour;
    ctx.lineWidth = Math.max(1.4, r * 0.4);
    ctx.beginPath();
    const corners = GLYPHS[name];
    if (corners) {
      corners.forEach(([dx, dy], i) => (i ? ctx.lineTo(x + dx * r, y + dy * r) : ctx.moveTo(x + dx * r, y + dy * r)));
      ctx.closePath();
      ctx.fill();
    } else if (name === "cross" || name === "plus") {
      const d = name === "cross" ? 0.75 : 1, e = name === "cross" ? 0.75 : 0;
      for (const [dx, dy] of [[d, e], name === "cross" ? [d, -e] : [e, d]]) {
        ctx.moveTo(x - dx * r, y - dy * r);
        ctx.lineTo(x + dx * r, y + dy * r);
      }
      ctx.stroke();
    } else if (name === "dots") {
      for (const [dx, dy] of [[0, -0.6], [0.6, 0.5], [-0.6, 0.5]]) disc(ctx, x + dx * r, y + dy * r, r * 0.38, colour);
    } else if (name === "ring") circle(ctx, x, y, r * 0.6, colour, 1.4);
    else disc(ctx, x, y, r * 0.5, colour);
  };

  /* A place known only roughly: a hatched square as wide as the doubt about it, never a dot. */
  s.areaMark = function (ctx, a, frame, colours, symbols) {
    const { x, y, r } = a;
    if (a.outline) { tag(ctx, a, colours, symbols); return; } // its province is hatched already
    const square = new Path2D(), dash = symbols.outline[a.status];
    square.roundRect(x - r, y - r, 2 * r, 2 * r, Math.min(7, r * 0.3));
    ctx.globalAlpha = 0.45;
    ctx.fillStyle = colours.paper;
    ctx.fill(square);
    ctx.globalAlpha = 1;
    ctx.fillStyle = hatching(ctx, frame, colours.area, Math.max(5, Math.round(r / 5)));
    ctx.fill(square);
    ctx.lineWidth = dash.length ? 2 : 1.5;
    ctx.setLineDash(dash);
    ctx.strokeStyle = colours.area;
    ctx.stroke(square);
    ctx.setLineDash([]);
    areaText(ctx, a, colours);
  };

  function tag(ctx, a, colours, symbols) {
    const dash = symbols.outline[a.status];
    ctx.beginPath();
    ctx.roundRect(a.x - a.r, a.y - a.r, 2 * a.r, 2 * a.r, 4);
    ctx.fillStyle = colours.paper;
    ctx.fill();
    ctx.setLineDash(dash);
    ctx.lineWidth = dash.length ? 2 : 1.5;
    ctx.strokeStyle = colours.area;
    ctx.stroke();
    ctx.setLineDash([]);
    areaText(ctx, a, colours);
  }

  function areaText(ctx, a, colours) {
    if (a.spot === null) return; // no room for it
    const text = s.countWords(a.count), w = 8 + 7 * text.length, [x, y] = a.spot || [a.x, a.y];
    ctx.fillStyle = colours.paper;
    ctx.beginPath();
    ctx.roundRect(x - w / 2, y - 8, w, 16, 4);
    ctx.fill();
    if (a.killed + a.injured > 0) {
      const share = (w * a.killed) / (a.killed + a.injured);
      ctx.fillStyle = colours.injured;
      ctx.fillRect(x - w / 2 + share, y + 6, w - share, 3);
      ctx.fillStyle = colours.killed;
      ctx.fillRect(x - w / 2, y + 5, share, 5);
    }
    countText(ctx, x, y - 0.5, a.count, colours.ink);
  }

  const TILES = new Map();

  /* Diagonal lines, `step` pixels apart, as a filling that is fixed to the world. */
  function hatching(ctx, frame, colour, step) {
    const ratio = ctx.getTransform().a, key = [colour, step, ratio].join();
    if (!TILES.has(key)) TILES.set(key, tile(colour, Math.round(step * ratio), ratio));
    const pattern = ctx.createPattern(TILES.get(key), "repeat"), scale = step / Math.round(step * ratio);
    pattern.setTransform(new DOMMatrix([scale, 0, 0, scale, -frame.x0 % step, -frame.y0 % step]));
    return pattern;
  }

  function tile(colour, size, ratio) {
    const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size }), ctx = canvas.getContext("2d");
    ctx.lineWidth = 1.1 * ratio;
    ctx.strokeStyle = colour;
    for (const x of [-size, 0, size]) { // the corners belong to the neighbours' lines
      ctx.moveTo(x - size, 2 * size);
      ctx.lineTo(x + 2 * size, -size);
    }
    ctx.stroke();
    return canvas;
  }

  /* Units, hatched: events are somewhere inside. They are kept as a picture, because a moving brush seldom changes which
   * units there are, and their outlines are long. */
  s.drawHatched = function (ctx, marks, chosen, frame, colours) {
    if (!marks.length) return;
    const ratio = ctx.getTransform().a, key = [colours.area, ratio, ...marks.map((mark) => mark.unit + (mark === chosen ? "!" : ""))].join();
    if (!frame.hatched || frame.hatched.key !== key) {
      const canvas = Object.assign(document.createElement("canvas"), { width: Math.ceil(frame.width * ratio), height: Math.ceil(frame.height * ratio) });
      const own = canvas.getContext("2d");
      own.scale(ratio, ratio);
      for (const mark of marks) hatchUnit(own, mark.outline, frame, colours, mark === chosen);
      frame.hatched = { key, canvas };
    }
    ctx.drawImage(frame.hatched.canvas, 0, 0, frame.hatched.canvas.width / ratio, frame.hatched.canvas.height / ratio);
  };

  /* Faint, so that bubbles stay what is read first; stronger when chosen. */
  function hatchUnit(ctx, outline, frame, colours, strong) {
    ctx.globalAlpha = strong ? 0.55 : 0.3;
    ctx.fillStyle = hatching(ctx, frame, colours.area, 9);
    ctx.imageSmoothingEnabled = false;
    ctx.fill(outline);
    ctx.globalAlpha = 1;
    ctx.lineWidth = strong ? 2.4 : 1.4;
    ctx.strokeStyle = colours.area;
    ctx.stroke(outline);
  }

  /* The chosen one: a double ring that no other sign uses. */
  s.halo = function (ctx, node, colours) {
    ctx.lineWidth = 3;
    ctx.setLineDash([]);
    for (const [gap, colour, width] of [[8.5, colours.paper, 7], [8.5, colours.focus, 3.5]]) {
      ctx.beginPath();
      if (node.area) ctx.roundRect(node.x - node.r - gap, node.y - node.r - gap, 2 * (node.r + gap), 2 * (node.r + gap), 9);
      else ctx.arc(node.x, node.y, node.r + gap, 0, TAU);
      ctx.lineWidth = width;
      ctx.strokeStyle = colour;
      ctx.stroke();
    }
  };

  /* A curve from `a` to the rim of `b` that bends left of travel; gives back its control point and its end. */
  s.curve = function (ax, ay, bx, by, bend, rim) {
    const dx = bx - ax, dy = by - ay, cx = (ax + bx) / 2 + bend * dy, cy = (ay + by) / 2 - bend * dx;
    const length = Math.hypot(bx - cx, by - cy) || 1, ux = (bx - cx) / length, uy = (by - cy) / length;
    return { ax, ay, cx, cy, ux, uy, ex: bx - ux * rim, ey: by - uy * rim };
  };

  s.curvePoint = function (k, t) {
    const u = 1 - t;
    return [u * u * k.ax + 2 * u * t * k.cx + t * t * k.ex, u * u * k.ay + 2 * u * t * k.cy + t * t * k.ey];
  };

  /* A strike: arrow from the launch area that a report names (solid), or from the border of the accused country (dashed). */
  s.strikeArc = function (ctx, k, width, named, colours) {
    const head = 7 + width * 1.4, bx = k.ex - k.ux * head * 0.8, by = k.ey - k.uy * head * 0.8;
    for (const [colour, more] of [[colours.halo, 2.4], [colours.arc, 0]]) {
      ctx.beginPath();
      ctx.moveTo(k.ax, k.ay);
      ctx.quadraticCurveTo(k.cx, k.cy, bx, by);
      ctx.setLineDash(named ? [] : [7 + width, 4 + width]);
      ctx.lineWidth = width + more;
      ctx.strokeStyle = colour;
      ctx.stroke();
    }
    ctx.setLineDash([]);
    if (named) disc(ctx, k.ax, k.ay, Math.max(2.6, width * 0.8), colours.arc);
    else borderTick(ctx, k, width, colours.arc);
    const angle = Math.atan2(k.uy, k.ux);
    ctx.beginPath();
    ctx.moveTo(k.ex, k.ey);
    for (const side of [-0.42, 0.42]) ctx.lineTo(k.ex - head * Math.cos(angle + side), k.ey - head * Math.sin(angle + side));
    ctx.closePath();
    ctx.fillStyle = colours.arc;
    ctx.fill();
  };

  function borderTick(ctx, k, width, colour) {
    const length = Math.hypot(k.cx - k.ax, k.cy - k.ay) || 1;
    crossTick(ctx, k.ax, k.ay, (k.cx - k.ax) / length, (k.cy - k.ay) / length, 4 + width, 2, colour);
  }

  /* A short line across the direction (ux, uy). */
  function crossTick(ctx, x, y, ux, uy, half, width, colour) {
    ctx.beginPath();
    ctx.moveTo(x + uy * half, y - ux * half);
    ctx.lineTo(x - uy * half, y + ux * half);
    ctx.lineWidth = width;
    ctx.strokeStyle = colour;
    ctx.stroke();
  }

  /* An arc comes into view here: two short lines across it, as where a road is cut off on a plan. */
  s.entryTick = function (ctx, { x, y, ux, uy, arc }, colours) {
    ctx.globalAlpha = arc.alpha;
    for (const on of [3, 7]) for (const [width, colour] of [[4, colours.halo], [1.6, colours.arc]]) {
      crossTick(ctx, x + ux * on, y + uy * on, ux, uy, 4 + arc.width, width, colour);
    }
    ctx.globalAlpha = 1;
  };

  /* An answer: a dotted line without an arrowhead; the small circle marks the event that is answered. */
  s.responseLink = function (ctx, k, startRim, colours) {
    const length = Math.hypot(k.cx - k.ax, k.cy - k.ay) || 1;
    const sx = k.ax + ((k.cx - k.ax) / length) * (startRim + 4), sy = k.ay + ((k.cy - k.ay) / length) * (startRim + 4);
    ctx.lineCap = "round";
    for (const [colour, width, dash] of [[colours.halo, 5, []], [colours.link, 2.2, [0.1, 5.5]]]) {
      ctx.beginPath();
      ctx.moveTo(sx, sy);
      ctx.quadraticCurveTo(k.cx, k.cy, k.ex, k.ey);
      ctx.setLineDash(dash);
      ctx.lineWidth = width;
      ctx.strokeStyle = colour;
      ctx.stroke();
    }
    ctx.setLineDash([]);
    ctx.lineCap = "butt";
    disc(ctx, sx, sy, 4, colours.paper);
    circle(ctx, sx, sy, 3.6, colours.link, 1.8);
  };
})(window.strikeline);
