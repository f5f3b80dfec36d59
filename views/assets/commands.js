/* What reaches the layer from outside, and what it tells the page. A command is idempotent and may come before the data. */
(function (s) {
  "use strict";

  const PATIENCE = [300, 1000, 3000, 9000]; // ms before each further try: a busy server may drop a request

  s.fetchJson = async (url) => (await s.fetchAnswer(url)).json();

  s.fetchAnswer = async function (url) {
    for (let tries = 0; ; tries++) {
      try {
        const answer = await fetch(url);
        if (answer.ok) return answer;
        throw new Error(url + ": " + answer.status);
      } catch (error) {
        if (tries === PATIENCE.length) throw error;
        await new Promise((done) => setTimeout(done, PATIENCE[tries]));
      }
    }
  };

  s.stylesLoaded = function () {
    const links = [...document.querySelectorAll("link[rel=stylesheet]")].filter((link) => !link.sheet);
    return Promise.all(links.map((link) => new Promise((done) => { link.onload = link.onerror = done; })));
  };

  /* Commands are events of the page's document, which reach the map at once: a message between two frames would come a
   * frame later, and the map would trail behind the hand. */
  s.listen = function (layer) {
    const page = window.parent.document, { channel } = layer.settings, hear = ({ detail }) => s.apply(layer, detail);
    page.addEventListener(channel, hear);
    window.addEventListener("pagehide", () => page.removeEventListener(channel, hear));
    page.dispatchEvent(new CustomEvent(channel + "-hello"));
    if (layer.settings.permalink) layer._map.on("moveend", () => moved(layer));
  };

  function moved(layer) {
    if (layer.starting) return;
    layer.moved = true;
    rememberView(layer._map);
  }

  /* Columns of another revision take the place of the present ones; the map stays. */
  s.load = async function (layer, stem) {
    if (layer.loading === stem) return;
    layer.loading = stem;
    const data = await s.fetchJson(layer.settings.base.events + stem + ".json");
    if (layer.loading !== stem) return; // a later command was faster
    layer.columns = new s.Columns(data);
    layer.maskName = null;
    layer.stem = stem;
    layer.ids = null;
    settle(layer);
    if (layer.settings.around && !layer.scene) s.startView(layer);
  };

  /* Mask and focus are row numbers, so they hold only for the columns they were made for. */
  function settle(layer) {
    const last = layer.last;
    const own = last && last.url === layer.stem;
    if (own && /\.mask$/.test(last.mask)) fetchMask(layer, last.mask);
    else setMask(layer, own ? last.mask : null, null);
    layer.focus = own && Number.isInteger(last.focus) ? last.focus : null;
    layer.later();
  }

  function setMask(layer, text, name) {
    layer.columns.setMask(text);
    layer.maskName = name;
  }

  /* A long mask is a file. Until it is there the map shows what it showed. */
  async function fetchMask(layer, name) {
    if (layer.maskName === name) return;
    const { stem } = layer, answer = await s.fetchAnswer(layer.settings.base.events + name);
    const bits = new Uint8Array(await answer.arrayBuffer());
    if (layer.stem !== stem || layer.last.mask !== name) return;
    setMask(layer, bits, name);
    layer.later();
  }

  s.apply = function (layer, command) {
    if (command.range) layer.range = command.range;
    if (!("url" in command)) { if (layer.columns) layer.later(); return layer; } // the brush moves: days alone
    const before = layer.last;
    layer.last = command;
    layer.wantUrl = command.url;
    layer.wantArcs = command.arcs;
    layer.wantLinks = command.links;
    layer.notes = command.notes || {};
    if (command.theme !== layer.theme) layer.setTheme(command.theme);
    if (layer.moved) rememberView(layer._map); // a step back in the history brings the address of an earlier view
    if (layer.columns && layer.stem === command.url) {
      settle(layer);
      if (layer.focus !== null && (!before || before.focus !== command.focus)) bringIntoView(layer);
    } else if (layer.loading) s.load(layer, command.url);
    return layer;
  };

  /* A row chosen in the table may lie outside the view: go there, at the same zoom. */
  function bringIntoView(layer) {
    const spot = s.toLatLng(layer.columns.x[layer.focus], layer.columns.y[layer.focus]);
    if (!layer._map.getBounds().pad(-0.05).contains(spot)) layer._map.panTo(spot, { animate: false });
  }

  /* The chosen event goes to the page as the component's value; ids are fetched with the first click. */
  s.select = async function (layer, row) {
    layer.focus = row;
    layer.later();
    if (row !== null && !layer.ids) {
      const stem = layer.stem;
      const ids = await s.fetchJson(layer.settings.base.events + stem + "-ids.json");
      if (stem !== layer.stem) return;
      layer.ids = ids;
    }
    layer.turn++;
    layer.chosen = row === null ? null : layer.ids[row];
    if (window.Streamlit) window.Streamlit.setComponentValue({ event: layer.chosen, turn: layer.turn });
  };

  s.savePicture = function (layer, ratio) {
    const canvas = s.picture(layer, ratio), link = document.createElement("a");
    canvas.toBlob((blob) => {
      link.href = URL.createObjectURL(blob);
      link.download = "strikeline-map" + (ratio > 1 ? "-" + ratio + "x" : "") + ".png";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }, "image/png");
  };

  /* The view in the address of the page, so that a copied link shows the same map. No rerun. */
  function rememberView(map) {
    const at = map.getCenter(), url = new URL(window.parent.location.href);
    url.searchParams.set("map", [map.getZoom(), at.lat.toFixed(3), at.lng.toFixed(3)].join("/"));
    window.parent.history.replaceState(window.parent.history.state, "", url.toString().replace(/%2F/g, "/"));
  }
})(window.strikeline);
