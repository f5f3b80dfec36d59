/* The payload as typed arrays, and which of its rows are shown. Rows are in order of the day. */
(function (s) {
  "use strict";
  const OPEN = -1; // an end of a range that the report leaves open; in a count, that it is silent

  const UNTOLD = -1e-6; // a silent report never wins over one that says "none"

  function bounds(figures, told) {
    const low = Int32Array.from(figures), high = Int32Array.from(figures);
    told.row.forEach((row, i) => { low[row] = told.low[i]; high[row] = told.high[i]; });
    return [low, high];
  }

  s.Columns = class Columns {
    constructor(data) {
      const n = (this.size = data.day.length);
      this.days = data.days;
      this.day0 = Date.parse(data.day0 + "T00:00:00Z");
      this.tables = data.tables;
      this.x = new Float64Array(n);
      this.y = new Float64Array(n);
      for (let i = 0; i < n; i++) {
        this.x[i] = s.mercatorX(data.lon[i] / 1e4);
        this.y[i] = s.mercatorY(data.lat[i] / 1e4);
      }
      this.day = new Int32Array(data.day);
      this.killed = new Int32Array(data.killed);
      this.injured = new Int32Array(data.injured);
      [this.killedLow, this.killedHigh] = bounds(this.killed, data.killed_bounds);
      [this.injuredLow, this.injuredHigh] = bounds(this.injured, data.injured_bounds);
      this.kind = new Uint8Array(data.kind);
      this.status = new Uint8Array(data.status);
      this.precision = new Uint8Array(data.precision);
      this.radius = new Uint16Array(data.radius);
      this.place = new Int32Array(data.place);
      this.unit = new Int32Array(data.unit);
      this.country = new Int32Array(data.country);
      this.origin = new Int32Array(data.origin);
      this.starts = data.tables.origin.map(([lat, lon, named]) => [s.mercatorX(lon), s.mercatorY(lat), named]);
      this.links = data.links.row.map((row, i) => [row, data.links.answers[i]]);
      this.spread = data.spread;
      this.isSpread = new Uint8Array(n);
      for (const row of data.spread.row) this.isSpread[row] = 1;
      this.first = this.firstRows();
      this.found = new Uint32Array(n);
      this.cells = new Int32Array(n);
      this.mask = null;
      this.left = new Uint8Array(n);
      this.joinTellers(data.spot, data.teller);
    }

    /* Reports of one place and day: `group` numbers each report within its spot, -1 where a row stands alone. */
    joinTellers(spot, teller) {
      const numbers = new Map();
      this.group = new Int32Array(spot.length).fill(-1);
      this.spotOf = []; // by group
      for (let row = 0; row < spot.length; row++) {
        if (spot[row] < 0) continue;
        const key = spot[row] + ":" + teller[row];
        if (!numbers.has(key)) { numbers.set(key, this.spotOf.length); this.spotOf.push(spot[row]); }
        this.group[row] = numbers.get(key);
      }
      this.spots = this.spotOf.reduce((most, number) => Math.max(most, number + 1), 0);
    }

    /* Which of these rows a total leaves out: 1 for killed, 2 for injured. Of each place and day the report counts that
     * is sure of the most among the rows shown: highest lower ends, then highest figures, then the one that stands first. */
    leaveOut(rows) {
      const { left, group, spotOf } = this, groups = spotOf.length;
      if (!groups) return left;
      const first = new Int32Array(groups).fill(-1);
      for (const row of rows) {
        left[row] = 0;
        const g = group[row];
        if (g >= 0 && (first[g] < 0 || row < first[g])) first[g] = row;
      }
      for (const [figures, lows, bit] of [[this.killed, this.killedLow, 1], [this.injured, this.injuredLow, 2]]) {
        const sure = new Float64Array(groups), sum = new Float64Array(groups), best = new Int32Array(this.spots).fill(-1);
        for (const row of rows) {
          const g = group[row];
          if (g < 0) continue;
          const figure = figures[row] < 0 ? UNTOLD : figures[row];
          sum[g] += figure;
          sure[g] += lows[row] === OPEN ? Math.min(figure, 0) : lows[row];
        }
        const beats = (g, h) => sure[g] - sure[h] || sum[g] - sum[h] || first[h] - first[g];
        for (let g = 0; g < groups; g++) {
          if (first[g] >= 0 && (best[spotOf[g]] < 0 || beats(g, best[spotOf[g]]) > 0)) best[spotOf[g]] = g;
        }
        for (const row of rows) if (group[row] >= 0 && best[spotOf[group[row]]] !== group[row]) left[row] |= bit;
      }
      return left;
    }

    /* The first row of each day, so that a range of days is two look-ups. */
    firstRows() {
      const first = new Uint32Array(this.days + 1);
      for (let i = 0; i < this.size; i++) first[this.day[i] + 1]++;
      for (let d = 1; d <= this.days; d++) first[d] += first[d - 1];
      return first;
    }

    /* One bit a row, as base64 or as bytes; null shows all. */
    setMask(bits) {
      this.mask = typeof bits !== "string" ? bits : Uint8Array.from(atob(bits), (c) => c.charCodeAt(0));
    }

    passes(row) {
      return !this.mask || (this.mask[row >> 3] >> (row & 7)) & 1;
    }

    /* Rows whose days touch a..b (both included) and that pass the other filters. Valid until the next call. */
    rows(a, b) {
      const from = this.first[Math.max(0, Math.min(this.days, a))], to = this.first[Math.max(0, Math.min(this.days, b + 1))];
      const { found, isSpread, mask, spread } = this;
      let n = 0;
      for (let row = from; row < to; row++) {
        if (!isSpread[row] && (mask === null || (mask[row >> 3] >> (row & 7)) & 1)) found[n++] = row;
      }
      for (let i = 0; i < spread.row.length; i++) {
        if (spread.first[i] <= b && spread.last[i] >= a && this.passes(spread.row[i])) found[n++] = spread.row[i];
      }
      return found.subarray(0, n);
    }

    shows(row, a, b) {
      const [first, last] = this.daysOf(row);
      return first <= b && last >= a && Boolean(this.passes(row));
    }

    /* The days of a row as offsets, first and last. */
    daysOf(row) {
      if (!this.isSpread[row]) return [this.day[row], this.day[row]];
      const i = this.spread.row.indexOf(row);
      return [this.spread.first[i], this.spread.last[i]];
    }

    dayWords(offset) {
      const day = new Date(this.day0 + offset * 864e5);
      return day.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
    }

    whenWords(row) {
      const [first, last] = this.daysOf(row);
      return first === last ? this.dayWords(first) : this.dayWords(first) + " – " + this.dayWords(last);
    }
  };

  const ADDED = ["count", "killedTold", "injuredTold", "killedBelow", "injuredBelow", "silent", "claimed", "disputed", "x", "y",
    "killed", "killedLow", "killedHigh", "injured", "injuredLow", "injuredHigh"];

  /* Sums of counts, added by reported ends, each place and day once (`leaveOut` comes first); silent ones apart. */
  s.Sums = class Sums {
    constructor(size) {
      for (const name of ["count", "killedTold", "injuredTold", "killedBelow", "injuredBelow", "silent", "claimed", "disputed", "lastRow", "place"]) {
        this[name] = new Int32Array(size);
      }
      for (const name of ["x", "y", "killed", "killedLow", "killedHigh", "injured", "injuredLow", "injuredHigh"]) {
        this[name] = new Float64Array(size);
      }
      this.open = new Uint8Array(size); // 1: an upper end of killed is open, 2: one of injured
    }

    /* Add rows[i] to entry cells[i]. The loop over all events runs while the reader drags: arrays are looked up once. */
    add(c, rows, cells) {
      const { count, place, lastRow, silent, claimed, disputed, x, y } = this;
      const killed = this.adder(c, "killed", 1), injured = this.adder(c, "injured", 2), n = rows.length;
      for (let i = 0; i < n; i++) {
        const row = rows[i], q = cells[i], status = c.status[row];
        if (count[q]++ === 0) place[q] = c.place[row];
        else if (place[q] !== c.place[row]) place[q] = -1;
        x[q] += c.x[row];
        y[q] += c.y[row];
        lastRow[q] = row;
        if (status === 1) claimed[q]++;
        else if (status > 2) disputed[q]++;
        if (c.killed[row] < 0 && c.injured[row] < 0) silent[q]++;
        if (c.killed[row] >= 0) killed(q, row);
        if (c.injured[row] >= 0) injured(q, row);
      }
    }

    /* Adds one stated count of one outcome with its ends. */
    adder(c, outcome, bit) {
      const sum = this[outcome], sumLow = this[outcome + "Low"], sumHigh = this[outcome + "High"], { open } = this;
      const told = this[outcome + "Told"], below = this[outcome + "Below"], { left } = c;
      const figures = c[outcome], lows = c[outcome + "Low"], highs = c[outcome + "High"];
      return (q, row) => {
        told[q]++;
        if (left[row] & bit) { if (figures[row] > 0) open[q] |= bit; return; }
        sum[q] += figures[row];
        if (lows[row] !== OPEN) { below[q]++; sumLow[q] += lows[row]; }
        if (highs[row] === OPEN) open[q] |= bit; else sumHigh[q] += highs[row];
      };
    }

    /* Add the sums of `from` to `to` (bubbles that lie on each other become one). */
    merge(to, from) { this.take(to, this, from); }

    take(to, others, from) {
      for (const name of ADDED) this[name][to] += others[name][from];
      if (this.place[to] !== others.place[from]) this.place[to] = -1;
      this.open[to] |= others.open[from];
    }

    /* The lower end adds what is certain; the upper one is open as soon as one report leaves it open or is silent. */
    words(q, outcome) {
      const told = this[outcome + "Told"][q];
      if (!told) return null;
      const openHigh = told < this.count[q] || this.open[q] & (outcome === "killed" ? 1 : 2);
      return s.rangeWords(this[outcome + "Low"][q], this[outcome][q], this[outcome + "High"][q], !this[outcome + "Below"][q], openHigh);
    }
  };

  s.number = (n) => Math.round(n).toLocaleString("en-GB");

  /* "22", "≥ 22", "≤ 110", "20–30"; "≈ 25" where no end is certain. A lower end of nobody says nothing. */
  s.rangeWords = function (low, figure, high, openLow, openHigh) {
    const noLow = openLow || (low === 0 && figure > 0);
    if (noLow && openHigh) return "≈ " + s.number(figure);
    if (openHigh) return "≥ " + s.number(low);
    if (noLow) return "≤ " + s.number(high);
    return low === high ? s.number(figure) : s.number(low) + "–" + s.number(high);
  };

  s.rowWords = function (c, row, outcome) {
    const figure = c[outcome][row];
    if (figure < 0) return null;
    const low = c[outcome + "Low"][row], high = c[outcome + "High"][row];
    return s.rangeWords(low, figure, high, low === OPEN, high === OPEN);
  };

  s.casualtyWords = function (killed, injured) {
    const said = [];
    if (killed !== null) said.push(killed + " killed");
    if (injured !== null) said.push(injured + " injured");
    return said.join(" · ") || "no figures given";
  };
})(window.strikeline);
