/* The base map: land, lakes, units and state borders from topologies, drawn as paths on a canvas. */
(function (s) {
  "use strict";
  const UNIT = 65536, CX = 0.6 * UNIT, CY = 0.34 * UNIT; // paths are kept in pixels of zoom 8 around the theatre: exact enough
  const CODES = { UKR: "UA", RUS: "RU" }; // countries with a tint of their own, as the world layer calls them
  const PROPERTY = { un: "country", de_facto: "de_facto" };

  /* The arcs of a topology as [x, y, x, y, ...] in path units, and in degrees to tell the edge of the cut. */
  function decode(topology) {
    const [kx, ky] = topology.transform.scale, [dx, dy] = topology.transform.translate;
    return topology.arcs.map((steps) => {
      const n = steps.length, line = { x: new Float64Array(n), y: new Float64Array(n), lon: new Float64Array(n), lat: new Float64Array(n) };
      let qx = 0, qy = 0;
      for (let i = 0; i < n; i++) {
        qx += steps[i][0];
        qy += steps[i][1];
        line.lon[i] = qx * kx + dx;
        line.lat[i] = qy * ky + dy;
        line.x[i] = s.mercatorX(line.lon[i]) * UNIT - CX;
        line.y[i] = s.mercatorY(line.lat[i]) * UNIT - CY;
      }
      return line;
    });
  }

  const partsOf = (item) => (item.type === "Polygon" ? [item.arcs] : item.arcs || []);

  /* One area as a path with its bounding box. */
  function areaPath(item, lines) {
    const path = new Path2D(), box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const part of partsOf(item)) {
      for (const ring of part) {
        let begun = false;
        for (const number of ring) {
          const line = lines[number < 0 ? ~number : number], n = line.x.length;
          for (let j = 0; j < n; j++) {
            const i = number < 0 ? n - 1 - j : j;
            if (begun) path.lineTo(line.x[i], line.y[i]); else path.moveTo(line.x[i], line.y[i]);
            begun = true;
            box[0] = Math.min(box[0], line.x[i]);
            box[1] = Math.min(box[1], line.y[i]);
            box[2] = Math.max(box[2], line.x[i]);
            box[3] = Math.max(box[3], line.y[i]);
          }
        }
        path.closePath();
      }
    }
    return { path, box };
  }

  /* Stretches of border as paths: between countries, between units of one country, and coast. */
  function borderPaths(items, lines, countryOf, onEdge) {
    const owners = new Map(), paths = { border: new Path2D(), unit: new Path2D(), coast: new Path2D() };
    for (const item of items) {
      for (const part of partsOf(item)) for (const ring of part) for (const number of ring) {
        const arc = number < 0 ? ~number : number;
        if (owners.has(arc)) owners.get(arc).push(countryOf(item)); else owners.set(arc, [countryOf(item)]);
      }
    }
    for (const [arc, countries] of owners) {
      const name = countries.length < 2 ? "coast" : countries.some((c) => c !== countries[0]) ? "border" : "unit";
      addLine(paths[name], lines[arc], onEdge);
    }
    return paths;
  }

  function addLine(path, line, onEdge) {
    path.moveTo(line.x[0], line.y[0]);
    for (let i = 1; i < line.x.length; i++) {
      const cut = onEdge(line.lon[i - 1], line.lat[i - 1], line.lon[i], line.lat[i]);
      if (cut) path.moveTo(line.x[i], line.y[i]); else path.lineTo(line.x[i], line.y[i]);
    }
  }

  /* True for a stretch that lies on the edge of the cut box, or on the antimeridian: no border runs there. */
  function edgeOf(west, south, east, north, slack) {
    const near = (a, b) => Math.abs(a - b) < slack;
    return (lon0, lat0, lon1, lat1) =>
      [west, east, -180, 180].some((v) => near(lon0, v) && near(lon1, v)) || [south, north].some((v) => near(lat0, v) && near(lat1, v));
  }

  s.BaseMap = s.CanvasLayer.extend({
    paneName: "base",
    margin: 0.35,

    initialize(symbols, pov, tiles) {
      this.symbols = symbols;
      if (tiles) this.tiles = new s.Tiles(tiles, () => this.tilesCame());
      this.property = PROPERTY[pov];
      this.areas = [];
      this.lakes = [];
      this.lines = [];
      this.units = new Map();
      this.regions = [];
      this.theme = "light";
    },

    take({ theatre, world, lakes }) {
      const units = theatre.objects.units.geometries, lines = decode(theatre), country = (item) => item.properties[this.property];
      const abroad = world.objects.countries.geometries, far = decode(world);
      for (const item of abroad) this.addArea(item, far, CODES[item.properties.a3] || "other", { name: item.properties.en, level: "country", at: item.properties.label });
      for (const item of units) this.addUnit(item, lines, country(item));
      this.addCountryNames(units, country);
      this.lines = [
        borderPaths(abroad, far, (item) => item.properties.a3, edgeOf(18.05, 42.05, 61.95, 61.95, 0.08)),
        borderPaths(units, lines, country, edgeOf(18, 42, 62, 62, 0.002)),
      ];
      const shores = decode(lakes);
      this.lakes = lakes.objects.lakes.geometries.map((item) => areaPath(item, shores));
      this.later();
    },

    addUnit(item, lines, country) {
      const { code, en, label } = item.properties;
      const area = this.addArea(item, lines, country, en && { name: en, level: "unit", at: label });
      if (label) area.at = { x: s.mercatorX(label[1]), y: s.mercatorY(label[0]) };
      if (code) this.units.set(code, area);
    },

    addArea(item, lines, country, region) {
      const area = { ...areaPath(item, lines), country };
      this.areas.push(area);
      if (region && region.name && region.at) {
        const [lat, lon] = region.at, width = (area.box[2] - area.box[0]) / UNIT;
        this.regions.push({ name: region.name, level: region.level, x: s.mercatorX(lon), y: s.mercatorY(lat), width });
      }
      return area;
    },

    /* The world layer names countries outside the theatre; those inside are named at their biggest unit's side. */
    addCountryNames(units, country) {
      const places = { UA: ["Ukraine", 49.2, 31.2], RU: ["Russia", 55.3, 46.5], BY: ["Belarus", 53.4, 27.8], PL: ["Poland", 52.1, 20.2], RO: ["Romania", 45.9, 25], MD: ["Moldova", 47.3, 28.4], TR: ["Turkey", 40.2, 33] };
      const present = new Set(units.map(country));
      for (const [code, [name, lat, lon]] of Object.entries(places)) {
        if (present.has(code)) this.regions.push({ name, level: "country", x: s.mercatorX(lon), y: s.mercatorY(lat), width: 0.02 });
      }
    },

    setTheme(theme) {
      if (theme === this.theme) return;
      this.theme = theme;
      if (this._map) this.later();
    },

    onAdd(map) {
      s.CanvasLayer.prototype.onAdd.call(this, map);
      if (this.tiles) this.tiles.open().then(() => this.wantTiles());
    },

    reset() {
      s.CanvasLayer.prototype.reset.call(this);
      this.wantTiles();
    },

    wantTiles() {
      if (!this.tiles || !this._map) return;
      this.tiles.want(this.frame);
      this.fire("note");
    },

    /* Tiles come one by one: paint at most ten times a second while they do. */
    tilesCame() {
      this.fire("note");
      if (this._soon) return;
      this._soon = setTimeout(() => { this._soon = 0; if (this._map) this.later(); }, 100);
    },

    /* What the map's caption says of tiles that are not there; "" where all is well. */
    note(forPicture) { return this.tiles ? this.tiles.note(forPicture) : ""; },

    /* Whether a picture of this view shows tiles. */
    hasTiles(frame) { return Boolean(this.tiles) && this.tiles.ready(frame, true).length > 0; },

    /* Sea, land, tiles, borders; in a picture only tiles that may be copied. */
    paint(ctx, frame, forPicture = false) {
      const colours = this.symbols[this.theme], squares = this.tiles ? this.tiles.ready(frame, forPicture) : [];
      const vector = squares.length > 0 && this.tiles.settings.kind === "vector";
      ctx.fillStyle = colours.sea;
      ctx.fillRect(0, 0, frame.width, frame.height);
      if (vector) {
        ctx.fillStyle = colours.land.other; // where the coast of the tiles is further out than ours
        ctx.fill(s.tileSquares(ctx, squares));
      }
      const k = onMap(ctx, frame), view = [frame.x0 / k - CX, frame.y0 / k - CY, (frame.x0 + frame.width) / k - CX, (frame.y0 + frame.height) / k - CY];
      const seen = (a) => a.box[0] < view[2] && a.box[2] > view[0] && a.box[1] < view[3] && a.box[3] > view[1];
      for (const area of this.areas.filter(seen)) {
        ctx.fillStyle = ctx.strokeStyle = colours.land[area.country] || colours.land.other;
        ctx.fill(area.path);
        ctx.lineWidth = 0.8 / k; // closes the hairline between neighbours
        ctx.stroke(area.path);
      }
      ctx.restore();
      this.paintShores(ctx, frame, squares, colours, seen);
      s.paintTiles(ctx, squares, vector, frame.zoom, colours, !forPicture);
      onMap(ctx, frame);
      this.strokeLines(ctx, frame.zoom, k, colours);
      ctx.restore();
    },

    /* Lakes and coasts of our own, except where tiles have better ones. */
    paintShores(ctx, frame, squares, colours, seen) {
      ctx.save();
      if (squares.length) ctx.clip(s.tileSquares(ctx, squares, frame), "evenodd");
      const k = onMap(ctx, frame);
      ctx.fillStyle = colours.sea;
      for (const lake of this.lakes.filter(seen)) ctx.fill(lake.path);
      ctx.lineJoin = "round";
      for (const paths of this.lines) stroke(ctx, paths.coast, colours.coast, 0.9, [], k);
      ctx.restore();
      ctx.restore();
    },

    strokeLines(ctx, zoom, k, colours) {
      ctx.lineJoin = "round";
      for (const paths of this.lines) {
        if (zoom >= 5) stroke(ctx, paths.unit, colours.unit, zoom >= 7 ? 0.9 : 0.6, [], k);
        if (zoom >= 5) stroke(ctx, paths.border, colours.land.UA, zoom >= 6 ? 4 : 3, [], k);
        stroke(ctx, paths.border, colours.border, zoom >= 7 ? 1.9 : zoom >= 5 ? 1.3 : 0.8, zoom >= 6 ? [8, 3.5, 2, 3.5] : [], k);
      }
      ctx.setLineDash([]);
    },
  });

  /* From here on the context is in units of the paths, until it is restored; pixels to a unit. */
  function onMap(ctx, frame) {
    const k = frame.scale / UNIT;
    ctx.save();
    ctx.transform(k, 0, 0, k, (CX / UNIT) * frame.scale - frame.x0, (CY / UNIT) * frame.scale - frame.y0);
    return k;
  }

  function stroke(ctx, path, colour, width, dash, k) {
    ctx.setLineDash(dash.map((d) => d / k));
    ctx.lineWidth = width / k;
    ctx.strokeStyle = colour;
    ctx.stroke(path);
  }

  /* The outline of a unit in pixels of a frame. */
  s.unitOutline = function (area, frame) {
    const k = frame.scale / UNIT, outline = new Path2D();
    outline.addPath(area.path, new DOMMatrix([k, 0, 0, k, (CX / UNIT) * frame.scale - frame.x0, (CY / UNIT) * frame.scale - frame.y0]));
    return outline;
  };

  /* True for a point (in pixels of the frame) inside an outline, whatever the context is scaled to. */
  s.insideOf = function (ctx, outline, x, y) {
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    const inside = ctx.isPointInPath(outline, x, y);
    ctx.restore();
    return inside;
  };

  s.towns = function (places) {
    return {
      size: places.name.length, name: places.name, population: places.population,
      x: Float64Array.from(places.lon, s.mercatorX), y: Float64Array.from(places.lat, s.mercatorY),
    };
  };
})(window.strikeline);
