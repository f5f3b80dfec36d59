/* The payload as typed arrays. Rows are in order of the day. */
(function (s) {
  "use strict";
  const OPEN = -1; // an end of a range that the report leaves open; in a count, that it is silent
  const DOT = 2; // UCDP-like precision up to which an event is drawn as a dot: a town, or near one
  const FINE = 2 ** 30; // steps of a coordinate across the world (4 cm): sums of millions of them are exact

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
      this.x = Float64Array.from(data.lon, (lon) => Math.round(s.mercatorX(lon / 1e4) * FINE) / FINE);
      this.y = Float64Array.from(data.lat, (lat) => Math.round(s.mercatorY(lat / 1e4) * FINE) / FINE);
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
      this.launched = [...data.origin.keys()].filter((row) => data.origin[row] >= 0); // rows with a start
      this.starts = data.tables.origin.map(([lat, lon, named, name]) => [s.mercatorX(lon), s.mercatorY(lat), named, name]);
      this.links = data.links.row.map((row, i) => [row, data.links.answers[i]]);
      this.spread = data.spread;
      this.spreadAt = new Map(data.spread.row.map((row, i) => [row, i]));
      this.isSpread = new Uint8Array(n);
      for (const row of data.spread.row) this.isSpread[row] = 1;
      this.first = this.firstRows();
      this.mask = null;
      this.gatherAreas();
      this.gatherSpots(data.spot, data.teller);
    }

    /* Events known to no more than a district, region or country: one area for each point and precision. */
    gatherAreas() {
      const numbers = new Map();
      this.area = new Int32Array(this.size).fill(-1);
      this.areas = []; // the first row of each
      for (let row = 0; row < this.size; row++) {
        if (this.precision[row] <= DOT) continue;
        const key = [this.place[row], this.precision[row], this.x[row], this.y[row]].join();
        if (!numbers.has(key)) numbers.set(key, this.areas.push(row) - 1);
        this.area[row] = numbers.get(key);
      }
    }

    /* Reports of one place and day: the rows of each such spot, and which of its reports tells a row. */
    gatherSpots(spot, teller) {
      const numbers = new Map(), counts = [];
      this.spot = new Int32Array(this.size).fill(-1);
      this.teller = new Int32Array(teller);
      for (let row = 0; row < this.size; row++) {
        if (spot[row] < 0) continue;
        if (!numbers.has(spot[row])) numbers.set(spot[row], counts.push(0) - 1);
        counts[(this.spot[row] = numbers.get(spot[row]))]++;
      }
      let end = 0;
      const next = counts.map((count) => (end += count) - count);
      this.spotRows = new Int32Array(end);
      for (let row = 0; row < this.size; row++) if (this.spot[row] >= 0) this.spotRows[next[this.spot[row]]++] = row;
      this.spotEnds = Int32Array.from(next);
    }

    /* The first row of each day, so that a range of days is two look-ups. */
    firstRows() {
      const first = new Uint32Array(this.days + 1);
      for (let i = 0; i < this.size; i++) first[this.day[i] + 1]++;
      for (let d = 1; d <= this.days; d++) first[d] += first[d - 1];
      return first;
    }

    firstRow(day) { return this.first[Math.max(0, Math.min(this.days, day))]; }

    /* One bit a row, as base64 or as bytes; null shows all. The same one again changes nothing. */
    setMask(bits) {
      if (this.bits !== bits) this.mask = typeof bits !== "string" ? bits : Uint8Array.from(atob(bits), (c) => c.charCodeAt(0));
      this.bits = bits;
    }

    passes(row) {
      return !this.mask || (this.mask[row >> 3] >> (row & 7)) & 1;
    }

    /* The days of a row as offsets, first and last. */
    daysOf(row) {
      const i = this.spreadAt.get(row);
      return i === undefined ? [this.day[row], this.day[row]] : [this.spread.first[i], this.spread.last[i]];
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

  const NUMBERS = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });
  s.number = (n) => NUMBERS.format(n);

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
