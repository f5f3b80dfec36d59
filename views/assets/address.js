/* Writes the address of the page: filter and chosen event as Python says, the view of the map as the map wrote it.
 * Changes of one thing within two seconds are one step of the history: the arrow keys of a slider are not twenty. */
const ONE_STEP = 2000; // ms
let at = 0, what = "";

export function show({ data: { keys, said, map, obeyed } }) {
  const url = new URL(location.href), now = url.searchParams, before = new URLSearchParams(now), view = now.get("map") || map;
  for (const key of [...keys, "map"]) now.delete(key);
  for (const [key, value] of said) now.append(key, value);
  if (view) now.set("map", view);
  const changed = keys.filter((key) => `${now.getAll(key)}` !== `${before.getAll(key)}`).join();
  if (obeyed) what = ""; // the reader went back, or opened the page: whatever comes next is a step of its own
  if (!changed && now.has("map") === before.has("map")) return;
  const same = obeyed || !changed || (changed === what && performance.now() - at < ONE_STEP);
  if (!obeyed) [what, at] = [changed, performance.now()];
  history[same ? "replaceState" : "pushState"](history.state, "", url.href.replace(/%2F/g, "/"));
}
