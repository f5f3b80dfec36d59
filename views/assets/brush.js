/* Timeline: bars, a brush the map follows while it moves, and play. Python hears of it on release. */
const views = new WeakMap();
const AXIS = 20, TOP = 10, GRIP = 24, DAY = 864e5;
const WAIT = 3000; // ms during which an answer to an older run may not move the brush back
const PATIENCE = [10000, 20000, 40000]; // ms until a map frame that has not drawn anything is loaded again

/* Called with every run of the page; the first time it builds the controls. */
export function show({ data, parentElement: root, setStateValue }) {
  if (!views.has(root)) views.set(root, start(root));
  const v = views.get(root);
  v.report = (range) => setStateValue("range", range);
  take(v, data);
}

export function remove({ parentElement: root }) {
  const v = views.get(root);
  if (!v) return;
  stop(v);
  clearTimeout(v.watch);
  document.removeEventListener(v.name + "-hello", v.answer);
  v.observer.disconnect();
  v.box.remove();
  views.delete(root);
}

const SHEET = `
.brush { container-type: inline-size; font: 13px/1.4 var(--st-font, system-ui), sans-serif; color: var(--st-text-color); }
.row { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 12px; margin-bottom: 4px; }
.row label { display: flex; align-items: center; gap: 5px; }
.days { flex: 1 1 190px; text-align: center; font-weight: 600; white-space: nowrap; }
button, select { font: inherit; color: inherit; min-height: 28px; border: 1px solid var(--st-border-color, #9aa3ab);
  border-radius: 6px; background: var(--st-secondary-background-color, transparent); padding: 2px 8px; }
button { cursor: pointer; min-width: 84px; font-weight: 600; }
button:focus-visible, select:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: 1px; }
.chart { display: block; width: 100%; height: 104px; touch-action: none; }
.note { margin: 2px 0 0; font-size: 12px; opacity: 0.85; min-height: 1.4em; }
@container (max-width: 880px) {
  .row { gap: 6px 8px; }
  .row label { gap: 4px; }
  select { padding: 2px 3px; }
  .measure-word { display: none; }
}
@container (max-width: 720px) {
  .days { order: 9; flex-basis: 100%; }
}
@container (max-width: 560px) {
  .row { gap: 4px; }
  .word { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  button { min-width: 66px; padding: 2px; }
  select { padding: 2px; max-width: 66px; font-size: 12px; }
}`;

function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function choice(name, word, label, options) {
  const made = options.map(([value, text]) => element("option", { value }, text));
  return element("label", {}, element("span", { class: `word ${name}-word` }, word), element("select", { class: name, "aria-label": label }, ...made));
}

/* Controls and chart; the chart is hidden from screen readers because the date slider says the same. */
function build() {
  const speeds = [["40", "slow"], ["18", "normal"], ["8", "fast"]], same = (words) => words.map((word) => [word, word]);
  const row = element("div", { class: "row", role: "group", "aria-label": "Timeline" },
    element("button", { type: "button", class: "play" }, "▶ Play"),
    choice("speed", "Speed", "Speed of play", speeds),
    choice("window", "Window", "Window while playing", same(["sliding", "growing"])),
    element("output", { class: "days" }),
    choice("measure", "Bars", "What the bars count", same(["events", "killed", "injured"])),
    choice("unit", "by", "Width of a bar", []));
  const chart = element("canvas", { class: "chart", "aria-hidden": "true" });
  const box = element("div", { class: "brush" }, element("style", {}, SHEET), row, chart, element("p", { class: "note" }));
  box.querySelector(".speed").value = "18";
  return box;
}

function start(root) {
  const box = build(), find = (name) => box.querySelector("." + name);
  root.append(box);
  const v = {
    root, bars: {}, barsName: "", box, canvas: find("chart"), days: find("days"), note: find("note"), play: find("play"),
    speed: find("speed"), window: find("window"), measure: find("measure"), unit: find("unit"),
    range: null, drag: null, playing: 0, pending: null, sent: "", answer: null, name: "",
  };
  v.observer = new ResizeObserver(() => paint(v));
  v.observer.observe(v.canvas);
  v.canvas.addEventListener("pointerdown", (e) => grab(v, e));
  v.canvas.addEventListener("pointermove", (e) => move(v, e));
  v.canvas.addEventListener("pointerup", () => release(v));
  v.canvas.addEventListener("pointercancel", () => release(v));
  v.play.addEventListener("click", () => (v.playing ? stop(v) : begin(v)));
  v.measure.addEventListener("change", () => paint(v));
  v.unit.addEventListener("change", () => paint(v));
  watch(v, 0);
  return v;
}

/* A map whose script did not arrive stays blank, because its frame asks for it only once: so load the frame again. */
function watch(v, tries) {
  if (tries === PATIENCE.length) return;
  v.watch = setTimeout(() => {
    const frame = document.querySelector('iframe[title*="streamlit_folium"]');
    if (frame && !frame.contentWindow.map) frame.contentWindow.location.reload();
    watch(v, tries + 1);
  }, PATIENCE[tries]);
}

/* Columns of the bars; those that hold nothing are not sent, and a bar ends where the next one starts. */
function unpack(bars, days) {
  const start = bars.start || [0], full = {};
  for (const name of ["events", "killed", "injured", "killed_silent", "injured_silent", "unsure"]) {
    full[name] = bars[name] || start.map(() => 0);
  }
  full.start = start.map((day) => Math.max(0, day));
  full.end = [...start.slice(1), bars.end].map((day) => Math.min(days, day));
  return full;
}

/* What Python says, which is right unless the reader's hand is on the brush. */
function take(v, data) {
  v.data = data;
  if (v.barsName !== data.bars) fetchBars(v, data);
  v.day0 = Date.parse(data.day0 + "T00:00:00Z");
  if (v.name !== data.channel) connect(v, data.channel);
  const same = v.pending && v.pending.range.join() === data.range.join();
  if (same || (v.pending && Date.now() - v.pending.at > WAIT)) v.pending = null;
  if (!v.drag && !v.playing && !v.pending) v.range = [...data.range];
  send(v, false);
  paint(v);
}

/* Bars change with the filter alone, not with the days, so they are a file that the browser keeps. */
async function fetchBars(v, data, tries = 0) {
  v.barsName = data.bars;
  const answer = await fetch(new URL(data.bars, import.meta.url)).catch(() => ({ ok: false }));
  if (v.barsName !== data.bars || views.get(v.root) !== v) return; // another filter was faster
  if (!answer.ok) {
    if (tries < 4) setTimeout(() => { if (v.barsName === data.bars) fetchBars(v, data, tries + 1); }, 400 * 3 ** tries);
    return;
  }
  const told = await answer.json();
  v.bars = Object.fromEntries(Object.entries(told).map(([unit, bars]) => [unit, unpack(bars, data.days)]));
  offerUnits(v, Object.keys(told));
  paint(v);
}

function connect(v, name) {
  document.removeEventListener(v.name + "-hello", v.answer);
  v.name = name;
  v.answer = () => send(v, true); // the map has just loaded
  document.addEventListener(name + "-hello", v.answer);
}

/* The map hears of it before this returns, so both are painted in one frame. */
function tell(v, message) {
  document.dispatchEvent(new CustomEvent(v.name, { detail: message }));
}

function offerUnits(v, units) {
  const known = [...v.unit.options].map((option) => option.value);
  if (known.join() === units.join()) return;
  const chosen = units.includes(v.unit.value) ? v.unit.value : units[0];
  v.unit.replaceChildren(...units.map((unit) => new Option(unit, unit, unit === chosen, unit === chosen)));
}

function send(v, again) {
  if (!v.range) return;
  const message = v.data.command ? { ...v.data.command, range: v.range } : { range: v.range }, text = JSON.stringify(message);
  if (!again && text === v.sent) return;
  v.sent = text;
  tell(v, message);
}

function choose(v, range) {
  if (range[0] === v.range[0] && range[1] === v.range[1]) return;
  v.range = range;
  tell(v, { range });
  v.sent = "";
  if (!v.waiting) v.waiting = requestAnimationFrame(() => { v.waiting = 0; paint(v); });
}

function settle(v) {
  v.pending = { range: [...v.range], at: Date.now() };
  v.report([...v.range]);
}

const limit = (value, low, high) => Math.max(low, Math.min(high, value));
const xOf = (v, offset) => (offset / v.data.days) * v.canvas.clientWidth;

function dayAt(v, e) {
  const box = v.canvas.getBoundingClientRect();
  return limit(Math.floor(((e.clientX - box.left) / box.width) * v.data.days), 0, v.data.days - 1);
}

/* Near an edge: that edge; between them: the whole window; elsewhere, or with everything chosen: a new window. */
function grab(v, e) {
  stop(v);
  v.canvas.setPointerCapture(e.pointerId);
  const x = e.clientX - v.canvas.getBoundingClientRect().left, [a, b] = v.range, day = dayAt(v, e), last = v.data.days - 1;
  const left = Math.abs(x - xOf(v, a)), right = Math.abs(x - xOf(v, b + 1));
  if (Math.min(left, right) <= GRIP / 2) v.drag = { edge: left <= right ? 0 : 1 };
  else if (day > a && day < b && b - a < last) v.drag = { from: day, a, b };
  else v.drag = { anchor: day };
}

function move(v, e) {
  if (!v.drag) { cursor(v, e); return; }
  const day = dayAt(v, e), [a, b] = v.range, last = v.data.days - 1, { drag } = v;
  if ("edge" in drag) choose(v, drag.edge === 0 ? [Math.min(day, b), b] : [a, Math.max(day, a)]);
  else if ("anchor" in drag) choose(v, [Math.min(day, drag.anchor), Math.max(day, drag.anchor)]);
  else {
    const step = limit(day - drag.from, -drag.a, last - drag.b);
    choose(v, [drag.a + step, drag.b + step]);
  }
}

function cursor(v, e) {
  const x = e.clientX - v.canvas.getBoundingClientRect().left, [a, b] = v.range;
  const near = Math.min(Math.abs(x - xOf(v, a)), Math.abs(x - xOf(v, b + 1))) <= GRIP / 2;
  v.canvas.style.cursor = near ? "ew-resize" : x > xOf(v, a) && x < xOf(v, b + 1) && b - a < v.data.days - 1 ? "grab" : "crosshair";
}

function release(v) {
  if (!v.drag) return;
  v.drag = null;
  settle(v);
}

/* The window slides, or its end grows, once over all days in as many seconds as the speed says. */
function begin(v) {
  const { days } = v.data, sliding = v.window.value === "sliding";
  let [a, b] = v.range;
  if (b >= days - 1 || b - a >= days - 1) {
    const width = sliding ? (b - a >= days - 1 ? Math.max(1, Math.round(days / 8)) - 1 : b - a) : 0;
    [a, b] = sliding ? [0, width] : [b - a >= days - 1 ? 0 : a, a];
    choose(v, [a, Math.max(a, b)]);
  }
  const steps = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  v.play.textContent = "❚❚ Pause";
  v.clock = { at: performance.now(), rest: 0 };
  const tick = (now) => {
    v.clock.rest += ((now - v.clock.at) / 1000) * (days / Number(v.speed.value));
    v.clock.at = now;
    const least = steps ? Math.max(1, Math.round(days / Number(v.speed.value))) : 1; // in leaps of a second each, not gliding
    const step = v.clock.rest >= least ? Math.floor(v.clock.rest) : 0;
    v.clock.rest -= step;
    const [from, to] = v.range, go = Math.min(step, days - 1 - to);
    if (go) choose(v, [v.window.value === "sliding" ? from + go : from, to + go]);
    if (v.range[1] >= days - 1) { stop(v); return; }
    v.playing = requestAnimationFrame(tick);
  };
  v.playing = requestAnimationFrame(tick);
}

function stop(v) {
  if (!v.playing) return;
  cancelAnimationFrame(v.playing);
  v.playing = 0;
  v.play.textContent = "▶ Play";
  settle(v);
}

/* A formatter of dates is slow to make, and the axis asks for many words with every step of the brush. */
const dates = (options) => new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", ...options });
const FULL = dates({ day: "numeric", month: "short", year: "numeric" }), DAY_MONTH = dates({ day: "numeric", month: "short" });
const MONTH = dates({ month: "short", year: "numeric" }), YEAR = dates({ year: "numeric" });
const words = (v, offset, format) => format.format(v.day0 + offset * DAY);

function paint(v) {
  if (!v.range || !v.canvas.clientWidth) return;
  const ratio = window.devicePixelRatio || 1, width = v.canvas.clientWidth, height = v.canvas.clientHeight;
  if (v.canvas.width !== Math.round(width * ratio) || v.canvas.height !== Math.round(height * ratio)) {
    v.canvas.width = Math.round(width * ratio);
    v.canvas.height = Math.round(height * ratio);
  }
  const ctx = v.canvas.getContext("2d"), css = getComputedStyle(v.canvas), colour = (name, other) => css.getPropertyValue(name).trim() || other;
  const look = { ink: css.color, main: colour("--st-primary-color", "#0b5cad"), paper: colour("--st-background-color", "#fff"), width, height, ratio };
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, width, height);
  const floor = height - AXIS, [a, b] = v.range, from = xOf(v, a), to = xOf(v, b + 1);
  ctx.globalAlpha = 0.1;
  ctx.fillStyle = look.main;
  ctx.fillRect(from, 0, to - from, floor);
  ctx.globalAlpha = 1;
  paintBars(v, ctx, look);
  for (const x of [from, to]) paintGrip(ctx, limit(x, 1, width - 1), floor, look);
  const count = b - a + 1;
  v.days.textContent = `${words(v, a, FULL)} – ${words(v, b, FULL)} (${count} ${count === 1 ? "day" : "days"})`;
}

/* A moving brush only cuts the bars anew: they are kept as two pictures, with all of them chosen and with none, and what
 * stands in front of them as a third. */
function paintBars(v, ctx, look) {
  const bars = v.bars[v.unit.value], measure = v.measure.value, key = [v.unit.value, measure, v.day0, v.data.days, ...Object.values(look)].join();
  if (v.kept?.key !== key || v.kept.bars !== bars) {
    const scaled = bars && { bars, measure, most: Math.max(1, ...bars[measure]), silent: bars[measure + "_silent"] || [] };
    const [none, all] = [false, true].map((chosen) => picture(look, (own) => scaled && drawBars(v, own, scaled, chosen, look)));
    const front = picture(look, (own) => {
      if (scaled) drawScale(own, scaled, look);
      paintAxis(v, own, look.height - AXIS, look.width, look);
    });
    v.kept = { key, bars, none, all, front };
    v.note.textContent = bars ? noteWords(bars, measure) : "No dated events.";
  }
  const { none, all, front } = v.kept, { width, height, ratio } = look;
  ctx.drawImage(none, 0, 0, width, height);
  const first = bars ? bars.end.findIndex((end) => end > v.range[0]) : -1, last = bars ? bars.start.findLastIndex((start) => start <= v.range[1]) : -1;
  if (first >= 0 && last >= first) {
    const x = Math.floor(xOf(v, bars.start[first])), w = Math.max(1, Math.floor(xOf(v, bars.end[last])) - x);
    ctx.drawImage(all, x * ratio, 0, w * ratio, height * ratio, x, 0, w, height);
  }
  ctx.drawImage(front, 0, 0, width, height);
}

function picture({ width, height, ratio }, draw) {
  const canvas = element("canvas", { width: Math.round(width * ratio), height: Math.round(height * ratio) }), ctx = canvas.getContext("2d");
  ctx.scale(ratio, ratio);
  draw(ctx);
  return canvas;
}

function drawBars(v, ctx, { bars, measure, most, silent }, chosen, look) {
  const floor = look.height - AXIS, room = floor - TOP;
  ctx.globalAlpha = chosen ? 1 : 0.38;
  for (let i = 0; i < bars.start.length; i++) {
    const x = xOf(v, bars.start[i]), w = Math.max(1, xOf(v, bars.end[i]) - x - 1), h = (bars[measure][i] / most) * room;
    ctx.fillStyle = chosen ? look.main : look.ink;
    ctx.fillRect(x, floor - h, w, h);
    if (measure === "events" && bars.unsure[i]) stripe(ctx, x, floor - h, w, (bars.unsure[i] / most) * room, look.paper);
    if (silent[i]) open(ctx, x + w / 2, floor - h - 4, look.ink);
  }
}

function drawScale(ctx, { measure, most }, look) {
  ctx.font = "11px system-ui, sans-serif";
  ctx.textAlign = "left";
  ctx.textBaseline = "top";
  const scale = `${most.toLocaleString("en-GB")} ${most === 1 && measure === "events" ? "event" : measure}`;
  ctx.fillStyle = look.paper;
  ctx.fillRect(14, 0, ctx.measureText(scale).width + 4, 12);
  ctx.fillStyle = look.ink;
  ctx.fillText(scale, 16, 0);
}

function noteWords(bars, measure) {
  const some = (column) => column && column.some(Boolean);
  if (measure !== "events" && some(bars[measure + "_silent"])) return "○ above a bar: some of its events give no figure, which is not zero.";
  if (measure === "events" && some(bars.unsure)) return "Striped: events whose day is not certain, counted at the likeliest day.";
  return "";
}

/* Events told of several days: the top of the bar is striped. */
function stripe(ctx, x, y, w, h, paper) {
  ctx.save();
  ctx.beginPath();
  ctx.rect(x, y, w, h);
  ctx.clip();
  ctx.strokeStyle = paper;
  ctx.lineWidth = 1.4;
  ctx.beginPath();
  for (let d = -h; d < w + h; d += 4) { ctx.moveTo(x + d, y + h); ctx.lineTo(x + d + h, y); }
  ctx.stroke();
  ctx.restore();
}

function open(ctx, x, y, ink) {
  ctx.beginPath();
  ctx.arc(x, y, 2, 0, 7);
  ctx.lineWidth = 1;
  ctx.strokeStyle = ink;
  ctx.stroke();
}

function paintGrip(ctx, x, floor, look) {
  ctx.fillStyle = look.main;
  ctx.fillRect(x - 1, 0, 2, floor);
  ctx.beginPath();
  ctx.roundRect(x - 6, floor / 2 - 14, 12, 28, 5);
  ctx.fill();
  ctx.lineWidth = 1.5;
  ctx.strokeStyle = look.paper;
  ctx.stroke();
  ctx.beginPath();
  for (const dx of [-2, 2]) { ctx.moveTo(x + dx, floor / 2 - 6); ctx.lineTo(x + dx, floor / 2 + 6); }
  ctx.stroke();
}

/* Days, then months, then years, as close as their words allow. */
function paintAxis(v, ctx, floor, width, look) {
  ctx.font = "11px system-ui, sans-serif";
  ctx.textBaseline = "top";
  ctx.textAlign = "center";
  ctx.strokeStyle = ctx.fillStyle = look.ink;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(0, floor + 0.5);
  ctx.lineTo(width, floor + 0.5);
  let free = 0;
  for (const [offset, text] of ticks(v, width)) {
    const x = xOf(v, offset), half = ctx.measureText(text).width / 2, at = limit(x, half, width - half);
    if (at - half < free) continue;
    free = at + half + 12;
    ctx.moveTo(x + 0.5, floor);
    ctx.lineTo(x + 0.5, floor + 4);
    ctx.fillText(text, at, floor + 6);
  }
  ctx.stroke();
}

function ticks(v, width) {
  const { days } = v.data, perDay = width / days, found = [];
  if (perDay * 14 >= 56) {
    const step = [1, 2, 7, 14].find((n) => n * perDay >= 56);
    for (let d = 0; d < days; d += step) found.push([d, words(v, d, d === 0 || new Date(v.day0 + d * DAY).getUTCMonth() === 0 && new Date(v.day0 + d * DAY).getUTCDate() <= step ? FULL : DAY_MONTH)]);
    return found;
  }
  const step = [1, 2, 3, 6, 12].find((n) => n * 30 * perDay >= 64) || 24, begin = new Date(v.day0);
  for (let m = begin.getUTCMonth() + (begin.getUTCDate() > 1 ? 1 : 0); ; m++) {
    const day = Date.UTC(begin.getUTCFullYear(), m, 1), offset = Math.round((day - v.day0) / DAY);
    if (offset >= days) return found;
    if (new Date(day).getUTCMonth() % step === 0) found.push([offset, words(v, offset, step >= 12 ? YEAR : MONTH)]);
  }
}
