// The progress page's own part.
//
// Input: what `roadbook.js` has prepared. Output: the page. Responsibility: the order of its parts,
// and drawing again what changed.

import { activityOf } from "./activity";
import { make } from "./page/dom";
import { helpPage, here, setHere } from "./page/site";
import { type Desk, openDesk, section } from "./progress/desk";
import { group } from "./progress/group";
import { hours, lists, rhythm } from "./progress/rhythm";
import { remember, road, since, tray } from "./progress/road";
import { bring, others, take } from "./progress/taking";
import { readKey } from "./record";

const host = document.getElementById("rb-progress");
const given = window.roadbook;

if (host && given) void openDesk(given.site, given.figures).then((desk) => show(desk, host));

async function show(desk: Desk, host: HTMLElement): Promise<void> {
  const { store } = desk.site;
  await new Promise<void>((resolve) => store.onChange(() => resolve()));
  // Taken once: answering must not make the question vanish.
  const last = activityOf(store.records).last;
  const moving = make("div", {});
  const draw = (): void => {
    const focus = document.activeElement?.id;
    const today = new Date();
    const activity = activityOf(store.records);
    moving.replaceChildren(...present(road(desk), rhythm(desk, activity, today), lists(desk, today), hours(desk, activity, today), tray(desk)));
    if (focus) document.getElementById(focus)?.focus();
  };
  draw();
  let planned = false;
  store.onChange((changed, origin) => {
    if (planned || (origin !== "start" && [...changed.keys()].every((key) => ["here", "review", "asked"].includes(readKey(key)!.kind)))) return;
    planned = true;
    setTimeout(() => {
      planned = false;
      draw();
    });
  });
  host.replaceChildren(
    ...present(await since(desk), remember(desk, last, Date.now()), moving, take(desk), bring(desk), others(desk), group(desk), settings(desk), help(desk)),
  );
  // The place that a link asked for exists only now.
  const target = location.hash.startsWith("#rb-") ? document.getElementById(location.hash.slice(1)) : null;
  target?.scrollIntoView();
}

function present(...parts: (HTMLElement | undefined)[]): HTMLElement[] {
  return parts.filter((part): part is HTMLElement => part !== undefined);
}

function settings(desk: Desk): HTMLElement {
  const box = make("input", { type: "checkbox", id: "rb-keys" });
  box.checked = here(desk.site, "keys") !== "off";
  box.addEventListener("change", () => setHere(desk.site, "keys", box.checked ? "on" : "off"));
  return section(desk, "settings", make("p", {}, box, " ", make("label", { for: box.id }, desk.say("keys"))), make("p", { class: "rb-hint" }, desk.say("keys-text")));
}

function help(desk: Desk): HTMLElement {
  const { site } = desk;
  return section(desk, "help", make("p", {}, desk.say("help-text"), " ", make("a", { href: helpPage(site) }, desk.say("help"))));
}
