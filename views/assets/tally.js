/* Which events are shown, and what they add up to in each cell of a view. It is kept up by the days that come and go, so
 * the work of a moving brush grows with the move and not with the number of events. Every sum is of whole numbers or of
 * multiples of 2^-30 (places): exact, so that taking away leaves what was there before. */
(function (s) {
  "use strict";
  const OPEN = -1; // an end of a range that the report leaves open
  const SHOWN = 1, ADDED = 2; // flags of a row
  const BORDERS = 6; // from this zoom on, events of two countries are never one bubble
  const MICRO = 1e6; // silence is worth a millionth less than "none", in whole numbers

  /* What is summed: one row of numbers for each cell. */
  const COUNT = 0, X = 1, Y = 2, ROW = 3, PLACE = 4, PLACES = 5, SILENT = 6, CLAIMED = 7, DISPUTED = 8;
  const OUTCOME = { killed: 9, injured: 15 }, TOLD = 0, SUM = 1, BELOW = 2, LOW = 3, HIGH = 4, OPENED = 5;
  const WIDE = (s.SUMS = 21);

  s.Tally = class Tally {
    constructor(columns, frame, symbols) {
      this.columns = columns;
      this.flags = new Uint8Array(columns.size);
      this.left = new Uint8Array(columns.size); // what a total leaves out of a shown row: 1 killed, 2 injured
      this.touched = new Uint8Array(columns.spotEnds.length);
      this.mask = columns.mask;
      this.days = [0, -1];
      this.rows = [0, 0]; // from, up to (without the spread ones)
      this.look(frame, symbols);
    }

    /* Cells of another view; what is shown stays. */
    look(frame, symbols) {
      const c = this.columns, size = symbols.cell, left = Math.floor(frame.x0 / size) - 1, top = Math.floor(frame.y0 / size) - 1;
      const wide = Math.ceil(frame.width / size) + 3, high = Math.ceil(frame.height / size) + 3;
      const planes = frame.zoom >= BORDERS ? Math.max(1, c.tables.country.length) : 1; // a sheet of cells for each country
      this.frame = frame;
      this.grid = { left, top, wide, high, planes, sheet: wide * high, elsewhere: wide * high * planes, k: frame.scale / size };
      this.sums = new Float64Array((this.grid.elsewhere + 1 + c.areas.length) * WIDE);
      for (let row = 0; row < c.size; row++) if (this.flags[row] & ADDED) this.add(row, 1);
    }

    /* Show the days a..b, both included, through the mask of the columns. */
    show(a, b) {
      const c = this.columns, from = c.firstRow(a), to = Math.max(from, c.firstRow(b + 1)), spots = [];
      let [was, until] = this.rows;
      const apart = from >= until || to <= was || Math.abs(from - was) + Math.abs(to - until) > to - from;
      if (this.mask !== c.mask || apart) {
        this.clear();
        was = until = from;
      } else if (a === this.days[0] && b === this.days[1]) return this;
      this.turn(Math.min(from, was), Math.max(from, was), from < was, spots);
      this.turn(Math.min(to, until), Math.max(to, until), to > until, spots);
      this.turnSpread(a, b, spots);
      for (const spot of spots) this.settle(spot);
      this.days = [a, b];
      this.rows = [from, to];
      return this;
    }

    clear() {
      this.mask = this.columns.mask;
      this.flags.fill(0);
      this.sums.fill(0);
    }

    turn(from, to, on, spots) {
      const c = this.columns, { isSpread } = c;
      for (let row = from; row < to; row++) if (!isSpread[row] && c.passes(row)) this.set(row, on, spots);
    }

    /* Events told of several days are tested one by one. */
    turnSpread(a, b, spots) {
      const c = this.columns, { row, first, last } = c.spread;
      for (let i = 0; i < row.length; i++) {
        const on = first[i] <= b && last[i] >= a && Boolean(c.passes(row[i]));
        if (on !== this.has(row[i])) this.set(row[i], on, spots);
      }
    }

    set(row, on, spots) {
      const spot = this.columns.spot[row];
      if (spot < 0) {
        this.flags[row] = on ? SHOWN | ADDED : 0;
        this.add(row, on ? 1 : -1);
        return;
      }
      if (on) this.flags[row] |= SHOWN; else this.flags[row] &= ~SHOWN;
      if (this.touched[spot]) return;
      this.touched[spot] = 1;
      spots.push(spot);
    }

    /* One place and day has other reports than before: take it out, judge it anew, put it in. */
    settle(spot) {
      const c = this.columns, { flags } = this, from = spot ? c.spotEnds[spot - 1] : 0, to = c.spotEnds[spot];
      this.touched[spot] = 0;
      for (let i = from; i < to; i++) if (flags[c.spotRows[i]] & ADDED) this.add(c.spotRows[i], -1);
      this.leaveOut(from, to);
      for (let i = from; i < to; i++) {
        const row = c.spotRows[i];
        if (flags[row] & SHOWN) {
          flags[row] |= ADDED;
          this.add(row, 1);
        } else flags[row] = 0;
      }
    }

    /* Of one place and day the report counts that is sure of the most among the rows shown: highest lower ends, then
     * highest figures, then the one that stands first. Twin of `incidents.overlap.counted_once`. */
    leaveOut(from, to) {
      const c = this.columns, { flags, left } = this, tellers = [];
      for (let i = from; i < to; i++) {
        const row = c.spotRows[i];
        left[row] = 0;
        if (!(flags[row] & SHOWN)) continue;
        const told = (tellers[c.teller[row]] ??= { order: row, sure: [0, 0], sum: [0, 0] }); // rows ascend: the first stays
        [c.killed, c.injured].forEach((figures, outcome) => {
          const low = (outcome ? c.injuredLow : c.killedLow)[row], figure = figures[row] < 0 ? -1 : figures[row] * MICRO;
          told.sum[outcome] += figure;
          told.sure[outcome] += low === OPEN ? Math.min(figure, 0) : low * MICRO;
        });
      }
      for (const outcome of [0, 1]) {
        const beats = (p, q) => p.sure[outcome] - q.sure[outcome] || p.sum[outcome] - q.sum[outcome] || q.order - p.order;
        let best = null;
        for (const told of tellers) if (told && (!best || beats(told, best) > 0)) best = told;
        for (let i = from; i < to; i++) {
          const row = c.spotRows[i];
          if (flags[row] & SHOWN && tellers[c.teller[row]] !== best) left[row] |= outcome + 1;
        }
      }
    }

    has(row) { return (this.flags[row] & SHOWN) > 0; }

    /* Rows of a test, in order of the day they are drawn at. */
    shownRows(test) {
      const found = [];
      for (let row = 0; row < this.flags.length; row++) if (this.flags[row] & SHOWN && test(row)) found.push(row);
      return found;
    }

    /* Entry of the sums that a row belongs to: a cell, the one for all that lies in no cell, or that of its area. */
    entryOf(row) {
      const c = this.columns, g = this.grid;
      if (c.area[row] >= 0) return g.elsewhere + 1 + c.area[row];
      const cx = Math.floor(c.x[row] * g.k) - g.left, cy = Math.floor(c.y[row] * g.k) - g.top;
      if (cx < 0 || cy < 0 || cx >= g.wide || cy >= g.high) return g.elsewhere;
      return (g.planes > 1 ? c.country[row] * g.sheet : 0) + cy * g.wide + cx;
    }

    /* Add a row to its entry, or with sign -1 take it away. */
    add(row, sign) {
      const c = this.columns, { sums } = this, at = this.entryOf(row) * WIDE, place = c.place[row], status = c.status[row];
      const killed = c.killed[row], injured = c.injured[row];
      sums[at + COUNT] += sign;
      sums[at + X] += sign * c.x[row];
      sums[at + Y] += sign * c.y[row];
      sums[at + ROW] += sign * row;
      sums[at + PLACE] += sign * place;
      sums[at + PLACES] += sign * place * place;
      if (killed < 0 && injured < 0) sums[at + SILENT] += sign;
      if (status === 1) sums[at + CLAIMED] += sign;
      else if (status > 2) sums[at + DISPUTED] += sign;
      if (killed >= 0) this.addOutcome(at + OUTCOME.killed, sign, this.left[row] & 1, killed, c.killedLow[row], c.killedHigh[row]);
      if (injured >= 0) this.addOutcome(at + OUTCOME.injured, sign, this.left[row] & 2, injured, c.injuredLow[row], c.injuredHigh[row]);
    }

    /* One stated count: its lower end adds what is certain. One that is left out may still add to the upper end. */
    addOutcome(at, sign, left, figure, low, high) {
      const { sums } = this;
      sums[at + TOLD] += sign;
      if (left) { if (figure > 0) sums[at + OPENED] += sign; return; }
      sums[at + SUM] += sign * figure;
      if (low !== OPEN) { sums[at + BELOW] += sign; sums[at + LOW] += sign * low; }
      if (high === OPEN) sums[at + OPENED] += sign; else sums[at + HIGH] += sign * high;
    }

    /* Over all that is shown, in view or not. */
    total() {
      const total = new Float64Array(WIDE), { sums } = this;
      for (let at = 0; at < sums.length; at += WIDE) if (sums[at]) for (let i = 0; i < WIDE; i++) total[i] += sums[at + i];
      return total;
    }
  };

  /* Add one entry of sums to another. */
  s.joinSums = function (sums, to, from) {
    for (let i = 0; i < WIDE; i++) sums[to * WIDE + i] += sums[from * WIDE + i];
  };

  /* One entry of sums in names. `row` and `place` are -1 where there are several of them. */
  s.readSums = function (sums, entry = 0) {
    const at = entry * WIDE, n = sums[at + COUNT], place = sums[at + PLACE] / n;
    const same = Number.isInteger(place) && sums[at + PLACES] === place * sums[at + PLACE]; // no spread around their mean
    return {
      count: n, x: sums[at + X] / n, y: sums[at + Y] / n, row: n === 1 ? sums[at + ROW] : -1, place: same ? place : -1,
      silent: sums[at + SILENT], claimed: sums[at + CLAIMED], disputed: sums[at + DISPUTED],
      killed: sums[at + OUTCOME.killed + SUM], injured: sums[at + OUTCOME.injured + SUM],
    };
  };

  /* Words for the killed or injured of an entry; null where no report gives a figure. The upper end is open as soon as
   * one report leaves it open or is silent. */
  s.sumWords = function (sums, outcome) {
    const at = OUTCOME[outcome];
    const told = sums[at + TOLD];
    if (!told) return null;
    return s.rangeWords(sums[at + LOW], sums[at + SUM], sums[at + HIGH], !sums[at + BELOW], sums[at + OPENED] > 0 || told < sums[COUNT]);
  };
})(window.strikeline);
