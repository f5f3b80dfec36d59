/* Web Mercator, and a canvas that follows a Leaflet map. The world is the square 0..1, x to the east, y to the south. */
window.strikeline = window.strikeline || {};
(function (s) {
  "use strict";

  s.mercatorX = (lon) => lon / 360 + 0.5;
  s.mercatorY = (lat) => {
    const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
    return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  };
  s.toLatLng = (x, y) =>
    L.latLng((Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) * 2 - Math.PI / 2) * (180 / Math.PI), (x - 0.5) * 360);

  /* What a painter needs to know: pixel = world * scale - origin; `pad` pixels lie outside the view on each side. */
  s.frameOf = function (map, padX, padY) {
    const size = map.getSize(), corner = map.getPixelBounds().min, zoom = map.getZoom();
    return {
      width: size.x + 2 * padX, height: size.y + 2 * padY, padX, padY, zoom,
      scale: 256 * Math.pow(2, zoom), x0: corner.x - padX, y0: corner.y - padY,
    };
  };

  /* Kilometres in pixels at a latitude given as Mercator y. */
  s.kmToPixels = function (km, y, scale) {
    const lat = s.toLatLng(0.5, y).lat * (Math.PI / 180);
    return ((km / 40075) * scale) / Math.cos(lat);
  };

  /* A canvas a little larger than the view, repainted when the map comes to rest. Subclasses give paint(ctx, frame). */
  s.CanvasLayer = L.Layer.extend({
    margin: 0.2,

    onAdd(map) {
      const canvas = (this.canvas = L.DomUtil.create("canvas", "strikeline-canvas leaflet-zoom-animated"));
      canvas.setAttribute("aria-hidden", "true");
      this.ctx = canvas.getContext("2d");
      map.getPane(this.paneName).appendChild(canvas);
      map.on("moveend zoomend resize viewreset", this.reset, this);
      map.on("zoomanim", this.animate, this);
      this.reset();
    },

    onRemove(map) {
      this.canvas.remove();
      map.off("moveend zoomend resize viewreset", this.reset, this);
      map.off("zoomanim", this.animate, this);
    },

    animate(event) {
      const map = this._map, ratio = map.getZoomScale(event.zoom, this.frame.zoom);
      const corner = map._latLngBoundsToNewLayerBounds(map.getBounds(), event.zoom, event.center).min;
      L.DomUtil.setTransform(this.canvas, corner.subtract([this.frame.padX * ratio, this.frame.padY * ratio]), ratio);
    },

    reset() {
      const map = this._map, size = map.getSize(), canvas = this.canvas;
      const padX = Math.round(size.x * this.margin), padY = Math.round(size.y * this.margin);
      this.frame = s.frameOf(map, padX, padY);
      this.ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([-padX, -padY]));
      const width = Math.round(this.frame.width * this.ratio), height = Math.round(this.frame.height * this.ratio);
      if (canvas.width !== width || canvas.height !== height) {
        canvas.width = width;
        canvas.height = height;
        canvas.style.width = this.frame.width + "px";
        canvas.style.height = this.frame.height + "px";
      }
      this.redraw();
    },

    /* Many changes in one burst, one repaint. */
    later() {
      if (!this._waiting) this._waiting = requestAnimationFrame(() => { this._waiting = 0; if (this._map) this.redraw(); });
    },

    redraw() {
      const ctx = this.ctx;
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      ctx.clearRect(0, 0, this.canvas.width, this.canvas.height);
      ctx.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
      this.paint(ctx, this.frame);
    },
  });
})(window.strikeline);
