/* Tiles under the borders: images of a server or an archive, or the lines and areas of vector tiles. Which tiles a view
 * needs, fetching them, and what to say when they do not come; they are painted by the base map, between land and borders. */
(function (s) {
  "use strict";
  const KEPT = 140; // tiles in memory
  const PATIENCE = 20000, AGAIN = 15000; // ms: for one tile to come, and before one that failed is asked for again
  const ABOVE = 5; // zooms: how much larger a tile may be drawn while those that belong there are on their way
  const WIDEST = 1024; // pixels of a drawing that is kept as an image
  const AREAS = ["built", "green", "water"];
  // Line -> first zoom, width, and whether it has a rim. Thin, so that they never compete with what is reported.
  const LINES = { river: [7, 1.1], rail: [8, 0.8], minor: [10, 0.8], major: [7, 1.2], highway: [5, 1.8] };

  s.asHtml = (text) => text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`);

  /* The credits of what is drawn, as one line. */
  s.creditLine = (settings, withTiles = true) => [settings.credit, withTiles && settings.tiles && settings.tiles.credit].filter(Boolean).join(" · ");

  /* The credits at the map's lower edge; what stands in the other corner keeps clear of them, however long they are.
   * `moved` is called when that corner has moved, for no label goes under it. */
  s.showCredit = function (map, settings, moved) {
    const box = map.attributionControl.setPrefix(false).addAttribution(s.asHtml(s.creditLine(settings))).getContainer();
    const corner = map.getContainer().querySelector(".leaflet-bottom.leaflet-left");
    const place = () => {
      const { width, height } = box.getBoundingClientRect(), was = corner.style.marginBottom;
      corner.style.marginBottom = width + corner.offsetWidth > map.getSize().x ? Math.ceil(height) + "px" : "";
      if (corner.style.marginBottom !== was) moved();
    };
    const watch = new ResizeObserver(place);
    for (const part of [box, corner, map.getContainer()]) watch.observe(part);
  };

  const nameOf = (z, x, y) => z + "/" + x + "/" + y;

  s.Tiles = class Tiles {
    /* `settings` is {kind, url, index, zooms, source, credit}; `changed` is called when there is more to paint or to say. */
    constructor(settings, changed) {
      this.settings = settings;
      this.changed = changed;
      this.held = new Map(); // name -> {state, part, clean, at}; the tiles used last are at its end
      this.wanted = [];
      this.rows = null; // of an archive: zoom -> row -> runs of columns
      this.copies = undefined; // whether the server lets a picture copy its tiles
    }

    /* An archive says which tiles there are, so that none is asked for in vain. */
    async open() {
      if (!this.settings.index) return;
      try {
        const index = await s.fetchJson(this.settings.index);
        this.rows = new Map(Object.entries(index.rows).map(([zoom, runs]) => [Number(zoom), rowsOf(runs)]));
      } catch {
        this.lost = true;
      }
    }

    exists(z, x, y) {
      if (!this.settings.index) return true;
      const runs = this.rows && this.rows.get(z) && this.rows.get(z).get(y);
      return Boolean(runs) && runs.some(([first, last]) => first <= x && x <= last);
    }

    /* The squares of a view that there is a tile for; closer than the closest tiles they are drawn larger. */
    squares(frame) {
      const [low, high] = this.settings.zooms, z = Math.min(high, Math.round(frame.zoom)), n = 2 ** z, size = frame.scale / n;
      const found = [];
      if (z < low) return found;
      const last = (start, extent) => Math.ceil((start + extent) / size) - 1;
      for (let y = Math.max(0, Math.floor(frame.y0 / size)); y <= Math.min(n - 1, last(frame.y0, frame.height)); y++) {
        for (let x = Math.floor(frame.x0 / size); x <= last(frame.x0, frame.width); x++) {
          const column = ((x % n) + n) % n; // around the world
          if (this.exists(z, column, y)) found.push({ z, column, y, size, left: x * size - frame.x0, top: y * size - frame.y0 });
        }
      }
      return found;
    }

    /* Ask for what a view needs, nearest to its middle first, and stop waiting for what it does not. */
    want(frame) {
      const middle = (q) => Math.hypot(q.left + q.size / 2 - frame.width / 2, q.top + q.size / 2 - frame.height / 2);
      const squares = this.squares(frame).sort((p, q) => middle(p) - middle(q));
      this.wanted = [...new Set(squares.map((q) => nameOf(q.z, q.column, q.y)))];
      const needed = new Set(this.wanted);
      for (const [name, tile] of this.held) {
        if (tile.state === "coming" && !needed.has(name)) {
          tile.stop();
          this.held.delete(name);
        }
      }
      for (const name of this.wanted) {
        const tile = this.held.get(name);
        if (!tile || (tile.state === "failed" && Date.now() - tile.at > AGAIN)) this.fetch(name);
      }
      this.tidy(needed);
    }

    tidy(needed) {
      for (const [name, tile] of this.held) {
        if (this.held.size <= KEPT) return;
        if (tile.state !== "coming" && !needed.has(name)) this.held.delete(name);
      }
    }

    async fetch(name) {
      const [z, x, y] = name.split("/"), stop = new AbortController(), tile = { state: "coming", stop: () => stop.abort() };
      const url = this.settings.url.replace("{z}", z).replace("{x}", x).replace("{y}", y);
      this.held.set(name, tile);
      try {
        Object.assign(tile, this.settings.kind === "vector" ? await drawing(url) : await this.image(url, stop.signal), { state: "ready" });
      } catch {
        Object.assign(tile, { state: "failed", at: Date.now() });
      }
      if (this.held.get(name) === tile) this.changed(); // else nobody waits for it any more
    }

    /* First in the way that lets a picture copy it; a server that does not allow that is asked again without. */
    async image(url, signal) {
      if (this.copies !== false) {
        try {
          const part = await loadImage(url, true, signal);
          this.copies = true;
          return { part, clean: true };
        } catch (error) {
          if (this.copies === true || signal.aborted) throw error;
        }
      }
      const part = await loadImage(url, false, signal);
      if (this.copies === undefined) this.copies = false;
      return { part, clean: false };
    }

    /* What can be painted of a view now: each square with its tile, or with the part of a larger one while it comes. */
    ready(frame, forPicture) {
      return this.squares(frame).map((square) => ({ ...square, ...this.best(square, forPicture) })).filter((square) => square.part);
    }

    best({ z, column, y }, forPicture) {
      for (let up = 0; up <= ABOVE && up <= z; up++) {
        const name = nameOf(z - up, column >> up, y >> up), tile = this.held.get(name);
        if (!tile || tile.state !== "ready" || (forPicture && tile.clean === false)) continue;
        this.held.delete(name);
        this.held.set(name, tile);
        const parts = 2 ** up; // of it along each side; this one is the part in column `right`, row `below`
        return { part: tile.part, parts, right: column % parts, below: y % parts };
      }
      return null;
    }

    /* A line for the map's caption when tiles did not come; for a picture also when they may not be copied. */
    note(forPicture = false) {
      const states = this.wanted.map((name) => this.held.get(name)).filter(Boolean), { source } = this.settings;
      const count = (test) => states.filter(test).length, failed = count((tile) => tile.state === "failed");
      if (forPicture && count((tile) => tile.clean === false)) return `tiles left out: ${source} does not let a picture copy them`;
      if (this.lost || failed) return failed === states.length ? `tiles from ${source} unavailable` : `${failed} of ${states.length} tiles from ${source} unavailable`;
      return forPicture && count((tile) => tile.state === "coming") ? `some tiles from ${source} had not come yet` : "";
    }
  };

  function rowsOf(runs) {
    const rows = new Map();
    for (const [row, first, last] of runs) rows.set(row, [...(rows.get(row) || []), [first, last]]);
    return rows;
  }

  function loadImage(url, copies, signal) {
    return new Promise((done, failed) => {
      const image = new Image(), end = () => { image.src = ""; failed(new Error("stopped")); };
      const timer = setTimeout(end, PATIENCE);
      if (copies) image.crossOrigin = "anonymous";
      image.referrerPolicy = "strict-origin"; // tile servers want to know who asks: the host, never the filters in the address
      image.onload = () => { clearTimeout(timer); done(image); };
      image.onerror = () => { clearTimeout(timer); failed(new Error("no image")); };
      signal.addEventListener("abort", () => { clearTimeout(timer); end(); });
      image.src = url;
    });
  }

  /* A vector tile as paths, one for each sign, in units of its own grid. */
  async function drawing(url) {
    const tile = await s.fetchJson(url), part = { grid: tile.grid, paths: {} };
    for (const sign of [...AREAS, ...Object.keys(LINES)]) {
      if (!tile[sign]) continue;
      const path = (part.paths[sign] = new Path2D());
      for (const steps of tile[sign]) {
        let x = steps[0], y = steps[1];
        path.moveTo(x, y);
        for (let i = 2; i < steps.length; i += 2) path.lineTo((x += steps[i]), (y += steps[i + 1]));
        if (AREAS.includes(sign)) path.closePath();
      }
    }
    return { part };
  }

  /* The square on whole pixels of the canvas, so that neighbours meet without a gap. */
  function edges(ctx, { left, top, size }) {
    const ratio = ctx.getTransform().a, even = (v) => Math.round(v * ratio) / ratio;
    return [even(left), even(top), even(left + size) - even(left), even(top + size) - even(top)];
  }

  s.tileSquares = function (ctx, squares, whole) {
    const path = new Path2D();
    if (whole) path.rect(0, 0, whole.width, whole.height); // with this, by the even-odd rule: all but the squares
    for (const square of squares) path.rect(...edges(ctx, square));
    return path;
  };

  /* `keep`: paint each drawing once and keep it as an image, for the page; a picture has another sharpness. */
  s.paintTiles = function (ctx, squares, vector, zoom, colours, keep) {
    for (const square of squares) {
      if (!vector) paintImage(ctx, square, square.part, square.part.naturalWidth, square.part.naturalHeight);
      else if (keep) paintKept(ctx, square, zoom, colours);
      else paintDrawing(ctx, square, zoom, colours);
    }
    if (vector || !squares.length) return;
    ctx.fillStyle = colours.tiles.veil; // photographs and coloured maps step back behind what is reported
    ctx.fill(s.tileSquares(ctx, squares));
  };

  function paintImage(ctx, square, image, width, height) {
    const { parts, right, below } = square, wide = width / parts, high = height / parts;
    ctx.drawImage(image, right * wide, below * high, wide, high, ...edges(ctx, square));
  }

  function paintKept(ctx, square, zoom, colours) {
    const { part, parts } = square, [x, y, w, h] = edges(ctx, square), ratio = ctx.getTransform().a;
    const width = Math.round(w * ratio), height = Math.round(h * ratio), mark = [width, height, zoom, colours.sea].join();
    if (parts === 1 && width <= WIDEST && part.mark !== mark) {
      part.image = Object.assign(document.createElement("canvas"), { width, height });
      part.mark = mark;
      const own = part.image.getContext("2d");
      own.scale(ratio, ratio);
      own.translate(-x, -y);
      paintDrawing(own, square, zoom, colours);
    }
    if (part.image && width <= WIDEST) paintImage(ctx, square, part.image, part.image.width, part.image.height);
    else paintDrawing(ctx, square, zoom, colours);
  }

  function paintDrawing(ctx, square, zoom, { sea, tiles: colours }) {
    const { part, parts, right, below, left, top, size } = square, k = (size * parts) / part.grid, clip = new Path2D();
    clip.rect(...edges(ctx, square));
    ctx.save();
    ctx.clip(clip);
    ctx.translate(left - right * size, top - below * size);
    ctx.scale(k, k);
    for (const sign of AREAS) {
      if (!part.paths[sign]) continue;
      ctx.fillStyle = sign === "water" ? sea : colours[sign];
      ctx.fill(part.paths[sign]);
    }
    ctx.lineJoin = ctx.lineCap = "round";
    for (const [sign, [first, width]] of Object.entries(LINES)) {
      if (!part.paths[sign] || zoom < first) continue;
      ctx.strokeStyle = sign === "river" ? sea : colours[sign];
      ctx.lineWidth = (width * (zoom >= 9 ? 1.35 : 1)) / k;
      ctx.stroke(part.paths[sign]);
    }
    ctx.restore();
  }
})(window.strikeline);
