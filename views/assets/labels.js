/* Names and figures beside the bubbles: a label takes the first place around its point that is free, or is left out. */
(function (s) {
  "use strict";
  const GRID = 64, FAMILY = "system-ui, sans-serif", WIDTHS = new Map();

  /* Rectangles that are taken, looked up by the grid squares they touch. */
  s.Taken = class Taken {
    constructor() { this.squares = new Map(); }

    *keys(box) {
      for (let gx = Math.floor(box[0] / GRID); gx <= Math.floor(box[2] / GRID); gx++) {
        for (let gy = Math.floor(box[1] / GRID); gy <= Math.floor(box[3] / GRID); gy++) yield gx * 65536 + gy;
      }
    }

    free(box) {
      for (const key of this.keys(box)) {
        for (const other of this.squares.get(key) || []) {
          if (other[0] < box[2] && other[2] > box[0] && other[1] < box[3] && other[3] > box[1]) return false;
        }
      }
      return true;
    }

    take(box) {
      for (const key of this.keys(box)) {
        if (this.squares.has(key)) this.squares.get(key).push(box);
        else this.squares.set(key, [box]);
      }
    }
  };

  const AROUND = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.75, -0.75], [-0.75, -0.75], [0.75, 0.75], [-0.75, 0.75]];
  const FURTHER = [0, 9], FAR = [22, 38]; // pixels that a label may stand away from its mark; from FAR with a line to it

  /* Box of a text whose nearest edge stands `gap` away from (x, y) in the direction (dx, dy). */
  function beside(x, y, gap, dx, dy, w, h) {
    const cx = x + dx * gap + Math.sign(dx) * (w / 2) * (dx ? 1 : 0), cy = y + dy * gap + Math.sign(dy) * (h / 2) * (dy ? 1 : 0);
    return [cx - w / 2, cy - h / 2, cx + w / 2, cy + h / 2];
  }

  const closest = (box, x, y) => [Math.max(box[0], Math.min(box[2], x)), Math.max(box[1], Math.min(box[3], y))];

  /* From a box to the rim of a mark. */
  function away(box, { x, y, r }) {
    const [px, py] = closest(box, x, y);
    return Math.hypot(px - x, py - y) - r;
  }

  s.Labels = class Labels {
    constructor(ctx, frame, colours) {
      this.ctx = ctx;
      this.frame = frame;
      this.colours = colours;
      this.taken = new s.Taken();
      this.lines = new s.Taken(); // what a label crosses only where there is no other room
      this.inside = [frame.padX, frame.padY, frame.width - frame.padX, frame.height - frame.padY];
      this.marks = []; // bubbles and areas: a label stands nearest to its own
      this.names = new Set();
      this.font = ""; // the one set: to set it again would cost as much as another
    }

    useFont(font) {
      if (font !== this.font) this.ctx.font = this.font = font;
    }

    obstacle(x, y, rx, ry) { this.taken.take([x - rx, y - ry, x + rx, y + ry]); }

    line(x, y) { this.lines.take([x - 3, y - 3, x + 3, y + 3]); }

    /* Lines [{text, colour, font, size}] beside a point, or in its middle; true when there was room. One that `yields`
     * gives way to lines of the map too. One of a mark, its `own`, stands nearest to that, or has a thin line to it. */
    put(lines, x, y, gap, { middle = false, yields = false, own = null } = {}) {
      let w = 0, h = 2;
      for (const line of lines) {
        line.width = this.width(line);
        w = Math.max(w, line.width);
        h += line.size + 2;
      }
      const boxes = (gaps) => gaps.flatMap((more) => (middle ? [[0, 0]] : AROUND).map(([dx, dy]) => [beside(x, y, gap + more, dx, dy, w + 4, h), dx]));
      const free = ([box]) => this.within(box, x, y) && this.taken.free(box);
      const near = boxes(middle || yields ? [0] : FURTHER).filter((tried) => free(tried) && this.nearest(tried[0], own));
      let found = near.find(([box]) => this.lines.free(box)) || (yields ? null : near[0]);
      if (!found && own) {
        found = boxes([...FURTHER, ...FAR]).find(free);
        if (found) this.lead(found[0], own);
      }
      if (!found) return false;
      this.taken.take(found[0]);
      this.write(lines, ...found);
      return true;
    }

    nearest(box, own) {
      if (!own) return true;
      const reach = away(box, own);
      return this.marks.every((mark) => mark === own || away(box, mark) > reach);
    }

    lead(box, { x, y, r }) {
      const [px, py] = closest(box, x, y), far = Math.hypot(px - x, py - y), { ctx } = this;
      ctx.beginPath();
      ctx.moveTo(px, py);
      ctx.lineTo(x + ((px - x) * (r + 5)) / far, y + ((py - y) * (r + 5)) / far);
      for (const [colour, width] of [[this.colours.halo, 3.5], [this.colours.label, 1.1]]) {
        ctx.lineWidth = width;
        ctx.strokeStyle = colour;
        ctx.stroke();
      }
    }

    width(line) {
      const key = line.font + line.text;
      if (!WIDTHS.has(key)) {
        this.useFont(line.font);
        WIDTHS.set(key, this.ctx.measureText(line.text).width);
      }
      return WIDTHS.get(key);
    }

    /* A label half outside the view would be cut in a picture; one of a point in view must be seen. */
    within(box, x, y) {
      const [left, top, right, bottom] = this.inside, whole = box[0] >= left && box[2] <= right && box[1] >= top && box[3] <= bottom;
      const seen = box[2] > left && box[0] < right && box[3] > top && box[1] < bottom;
      return whole || (!seen && (x < left || x > right || y < top || y > bottom));
    }

    /* Lines stand against the side that looks at their point. */
    write(lines, box, dx) {
      const ctx = this.ctx;
      ctx.textAlign = "left";
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      ctx.lineWidth = 3.2;
      ctx.strokeStyle = this.colours.halo;
      for (const paint of ["strokeText", "fillText"]) {
        let y = box[1] + 1;
        for (const line of lines) {
          const x = dx > 0 ? box[0] + 2 : dx < 0 ? box[2] - 2 - line.width : (box[0] + box[2] - line.width) / 2;
          this.useFont(line.font);
          ctx.fillStyle = line.colour;
          ctx[paint](line.text, x, y + line.size / 2 + 1);
          y += line.size + 2;
        }
      }
    }
  };

  /* Towns of a frame, biggest first, as [number, x, y]; kept with the frame, because they change with it alone. */
  function townsIn(towns, frame) {
    if (frame.towns && frame.towns.of === towns) return frame.towns.seen;
    const seen = [];
    for (let i = 0; i < towns.size; i++) {
      const x = towns.x[i] * frame.scale - frame.x0, y = towns.y[i] * frame.scale - frame.y0;
      if (x >= 0 && y >= 0 && x <= frame.width && y <= frame.height) seen.push([i, x, y]);
    }
    frame.towns = { of: towns, seen };
    return seen;
  }

  /* A bubble over several places goes by the biggest town under it. */
  s.nameByTown = function (nodes, towns, frame) {
    const nameless = nodes.filter((node) => !node.area && !node.place && !node.fanned);
    for (const [i, x, y] of townsIn(towns, frame)) {
      if (!nameless.length) return;
      const at = nameless.findIndex((node) => Math.abs(node.x - x) < node.r + 4 && Math.hypot(node.x - x, node.y - y) < node.r + 4);
      if (at >= 0) nameless.splice(at, 1)[0].town = towns.name[i];
    }
  };

  /* Place and figures of the bubbles, both if there is room, else one of them. A place is named once. */
  s.bubbleLabels = function (labels, nodes) {
    const { colours } = labels;
    for (const node of nodes) {
      const place = node.place || node.town, named = place && !labels.names.has(place);
      const name = { text: place, colour: colours.label, font: (node.area ? "italic " : "") + "600 12px " + FAMILY, size: 12 };
      const figures = { text: node.words, colour: colours.ink, font: "11px " + FAMILY, size: 11 };
      const tries = [[named && name, node.words && figures], [named && name], [node.words && figures]];
      for (const lines of tries.map((some) => some.filter(Boolean)).filter((some) => some.length)) {
        if (!labels.put(lines, node.x, node.y, (node.reach || node.r) + 6, { own: node.hub ? null : node })) continue;
        if (lines[0] === name) labels.names.add(place);
        break;
      }
    }
  };

  /* Where arcs come from whose start is out of view. */
  s.entryLabels = function (labels, entries) {
    const { colours } = labels, font = "italic 600 11px " + FAMILY;
    for (const { x, y, arc } of entries) labels.put([{ text: "from " + arc.from, colour: colours.arc, font, size: 11 }], x, y, 12);
  };

  /* Towns, biggest first, as many as the zoom carries. A town under a bubble gets no dot. */
  s.townLabels = function (labels, towns, nodes, symbols) {
    const { ctx, frame, colours } = labels, least = symbols.population[Math.min(11, Math.round(frame.zoom))];
    for (const [i, x, y] of townsIn(towns, frame)) {
      if (towns.population[i] < least) return;
      if (labels.names.has(towns.name[i])) continue;
      const under = nodes.find((n) => Math.hypot(n.x - x, n.y - y) < n.r + 6) || null;
      if (under && (under.place || under.town)) continue; // that bubble has its name already
      if (!under && !labels.taken.free([x - 2, y - 2, x + 2, y + 2])) continue;
      const big = towns.population[i] >= 200000;
      const size = big ? 12.5 : 11, line = { text: towns.name[i], colour: colours.label, font: (big ? "600 12.5px " : "11px ") + FAMILY, size };
      const [px, py, gap] = under ? [under.x, under.y, under.r + 6] : [x, y, 5];
      if (!labels.put([line], px, py, gap, { yields: !under, own: under }) || under) continue;
      labels.obstacle(x, y, 3, 3);
      ctx.beginPath();
      ctx.arc(x, y, big ? 2.6 : 1.9, 0, 7);
      ctx.fillStyle = colours.muted;
      ctx.fill();
    }
  };

  /* Regions at middle zooms, countries far out: last, where room is left. */
  s.regionLabels = function (labels, regions) {
    const { frame, colours } = labels;
    for (const region of regions) {
      const country = region.level === "country";
      if (country ? frame.zoom > 6 : frame.zoom < 6 || frame.zoom > 9) continue;
      const x = region.x * frame.scale - frame.x0, y = region.y * frame.scale - frame.y0;
      if (x < 0 || y < 0 || x > frame.width || y > frame.height || region.width * frame.scale < 60) continue;
      const font = (country ? "600 12px " : "italic 11px ") + FAMILY;
      const text = country ? region.name.toUpperCase().split("").join("\u200a") : region.name;
      labels.put([{ text, colour: colours.region, font, size: 12 }], x, y, 0, { middle: true, yields: true });
    }
  };
})(window.strikeline);
