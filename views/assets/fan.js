/* Events of one spot, which no zoom takes apart: spread around it, each with its own sign and a thin line to its place. */
(function (s) {
  "use strict";
  const MOST = (s.FAN_MOST = 24); // more than that are a list
  const GAP = 7, RING = 8, HUB = 5, INNER = 30; // pixels; up to RING events stand on one circle, more on a spiral
  const REACH = 14; // least radius of what a pointer or finger hits

  /* What is open: the rows, and what was shown when it was opened. */
  s.openFan = (tally, rows) => ({ rows, columns: tally.columns, mask: tally.mask, days: tally.days });

  /* A fan holds for the days and filter it was opened with: nothing stands open that is not shown. */
  const holds = (fan, tally) => fan.columns === tally.columns && fan.mask === tally.mask && fan.days.join() === tally.days.join();

  /* Signs of the rows, with the place each belongs to (px, py); the bubble they come from becomes a small hub. Null where
   * the fan does not hold, or where its bubble is another now and the hub would stand for other events too. */
  s.spreadFan = function (fan, tally, nodeOf, symbols) {
    const { columns: c, frame } = tally, hub = holds(fan, tally) ? nodeOf(fan.rows[0]) : null;
    if (!hub || hub.count !== fan.rows.length) return null;
    const signs = fan.rows.map((row) => ({
      ...s.rowSign(c, row, symbols), fanned: true,
      px: c.x[row] * frame.scale - frame.x0, py: c.y[row] * frame.scale - frame.y0,
    }));
    const x = mean(signs, "px"), y = mean(signs, "py"), offsets = s.fanOffsets(signs.map((sign) => sign.r));
    signs.forEach((sign, i) => Object.assign(sign, { x: x + offsets[i][0], y: y + offsets[i][1] }));
    const reach = Math.max(...signs.map((sign, i) => Math.hypot(...offsets[i]) + sign.r));
    Object.assign(hub, { hub: true, r: HUB, reach, x, y });
    return signs;
  };

  const mean = (signs, name) => signs.reduce((sum, sign) => sum + sign[name], 0) / signs.length;

  /* Where signs of these radii stand, from the spot: clockwise from the top, none on another. */
  s.fanOffsets = (radii) => (radii.length <= RING ? circle(radii) : spiral(radii));

  function circle(radii) {
    const n = radii.length, widest = Math.max(...radii) * 2 + 2 * GAP;
    const reach = Math.max(INNER + widest / 2, n > 1 ? widest / 2 / Math.sin(Math.PI / n) : 0);
    return radii.map((_, i) => [reach * Math.sin((2 * Math.PI * i) / n), -reach * Math.cos((2 * Math.PI * i) / n)]);
  }

  function spiral(radii) {
    const placed = [];
    let turn = 0;
    for (const r of radii) {
      const clear = ([x, y]) => placed.every(([ox, oy, or]) => Math.hypot(x - ox, y - oy) >= r + or + 2 * GAP);
      let at = pointOn(turn, r);
      while (!clear(at)) at = pointOn((turn += 0.05), r);
      placed.push([...at, r]);
    }
    return placed.map(([x, y]) => [x, y]);
  }

  function pointOn(turn, r) {
    const reach = INNER + r + 9 * turn;
    return [reach * Math.sin(turn), -reach * Math.cos(turn)];
  }

  /* By how much the map must move so that all signs are inside the box. */
  s.intoView = function (signs, [left, top, right, bottom]) {
    const edge = (side, of) => side(...signs.map(of));
    const move = (low, high, from, to) => (low < from ? low - from : high > to ? Math.min(high - to, low - from) : 0);
    const far = (sign) => sign.r + 2 * GAP;
    return [
      Math.round(move(edge(Math.min, (n) => n.x - far(n)), edge(Math.max, (n) => n.x + far(n)), left, right)),
      Math.round(move(edge(Math.min, (n) => n.y - far(n)), edge(Math.max, (n) => n.y + far(n)), top, bottom)),
    ];
  };

  s.drawFan = function (ctx, signs, chosen, colours, symbols) {
    for (const [colour, width] of [[colours.halo, 4], [colours.muted, 1.2]]) {
      ctx.beginPath();
      for (const sign of signs) { ctx.moveTo(sign.px, sign.py); ctx.lineTo(sign.x, sign.y); }
      ctx.lineWidth = width;
      ctx.strokeStyle = colour;
      ctx.stroke();
    }
    for (const [r, colour] of [[HUB + 1.5, colours.paper], [HUB - 1, colours.ink]]) {
      ctx.beginPath();
      for (const { px, py } of signs) { ctx.moveTo(px + r, py); ctx.arc(px, py, r, 0, 7); }
      ctx.fillStyle = colour;
      ctx.fill();
    }
    for (const sign of signs) s.bubble(ctx, sign, colours, symbols);
    const own = signs.find((sign) => sign.row === chosen);
    if (own) s.halo(ctx, own, colours);
  };

  /* Buttons over the signs, for the keyboard and for those who do not see the map; they carry no picture of their own. */
  s.FanButtons = class FanButtons {
    constructor(map, choose, hover) {
      const pane = map.createPane("fan");
      pane.style.zIndex = 640;
      Object.assign(this, { map, choose, hover, pane, fan: null });
    }

    /* Buttons of a fan, placed over its signs in a scene. */
    show(fan, { fan: signs, frame, chosen }, columns) {
      if (this.fan !== fan) this.build(fan, columns);
      const corner = this.map.containerPointToLayerPoint([-frame.padX, -frame.padY]);
      signs.forEach((sign, i) => {
        const button = this.buttons[i], r = Math.max(REACH, sign.r + 4);
        button.style.width = button.style.height = 2 * r + "px";
        button.setAttribute("aria-pressed", String(sign.row === chosen));
        L.DomUtil.setPosition(button, corner.add([sign.x - r, sign.y - r]));
      });
    }

    build(fan, columns) {
      const box = L.DomUtil.create("div", "strikeline-fan"), places = new Set(fan.rows.map((row) => columns.tables.place[columns.place[row]]));
      box.setAttribute("role", "group");
      box.setAttribute("aria-label", `${fan.rows.length} events at ${places.size === 1 ? [...places][0] : "one spot"}`);
      this.hide();
      this.buttons = fan.rows.map((row) => this.button(box, row, columns));
      this.pane.append(box);
      this.fan = fan;
      this.box = box;
      L.DomEvent.disableClickPropagation(box).on(box, "mousemove", L.DomEvent.stopPropagation);
    }

    button(box, row, columns) {
      const button = L.DomUtil.create("button", "", box), lines = s.rowLines(columns, row);
      button.type = "button";
      button.ariaLabel = lines.filter(Boolean).join(" · ");
      button.addEventListener("click", () => this.choose(row));
      for (const [name, shown] of [["mouseenter", lines], ["focus", lines], ["mouseleave", null], ["blur", null]]) {
        button.addEventListener(name, () => this.hover(this.middle(button), shown));
      }
      return button;
    }

    /* Middle of a button in pixels of the view. */
    middle(button) {
      const half = button.offsetWidth / 2;
      return this.map.layerPointToContainerPoint(L.DomUtil.getPosition(button)).add([half, half]);
    }

    focus() { if (this.fan) this.buttons[0].focus(); }

    hide() {
      if (!this.fan) return;
      this.box.remove();
      this.fan = null;
    }
  };
})(window.strikeline);
