// Ticking.
//
// Input: the page's tick boxes and the records. Output: changed records, boxes that show them.
// Responsibility: one press ticks; the state is said in words; every open tab shows the same.

import { readKey, type Status } from "../record";
import { all, make, setText } from "./dom";
import { toggleMore } from "./more";
import { here, periodAt, type Site } from "./site";

export function startTicking(site: Site): void {
  const boxes = all<HTMLInputElement>("input[data-item]");
  const places = new Map<string, HTMLInputElement[]>();
  for (const box of boxes) {
    const id = box.dataset["item"]!;
    places.set(id, [...(places.get(id) ?? []), box]);
    box.addEventListener("change", () => tick(site, box));
    prepare(site, box);
  }
  document.addEventListener("keydown", (event) => useKey(site, boxes, event));
  site.store.onChange((changed, origin) => {
    if (origin === "start" || changed.size > boxes.length) return showAll(site, boxes);
    for (const key of changed.keys()) {
      const { kind, id } = readKey(key)!;
      if (kind !== "item" && kind !== "note") continue;
      const here = places.get(id);
      // An unknown id may be the former one of an item of this page.
      if (!here) return showAll(site, boxes);
      for (const box of here) show(site, box);
    }
  });
  // A week or a month may have begun since the page was opened.
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden && site.store.ready) showAll(site, boxes);
  });
}

export function setStatus(site: Site, box: HTMLInputElement, status: Status): void {
  site.store.change([
    { kind: "item", id: box.dataset["item"]!, period: periodAt(box), value: status },
  ]);
}

function tick(site: Site, box: HTMLInputElement): void {
  setStatus(site, box, box.checked ? "done" : "todo");
}

function showAll(site: Site, boxes: HTMLInputElement[]): void {
  for (const box of boxes) show(site, box);
}

function show(site: Site, box: HTMLInputElement): void {
  const id = box.dataset["item"]!;
  const period = periodAt(box);
  const status = site.state.statusOf(id, period);
  const word = status === "doing" || status === "skipped" ? site.say(`status-${status}`) : "";
  const note = site.state.recordOf(id, "note")?.value;
  box.disabled = false;
  box.checked = status === "done";
  if (word) box.dataset["status"] = status;
  else delete box.dataset["status"];
  const place = box.closest<HTMLElement>(".item");
  const state = place?.querySelector(`:scope > .rb-state`);
  if (state) setText(state, word);
  place?.classList.toggle("rb-noted", typeof note === "string" && note !== "");
}

/** The word of the state and the button "more", in room that the style sheet keeps free. */
function prepare(site: Site, box: HTMLInputElement): void {
  const place = box.closest<HTMLElement>(".item");
  if (!place || place.querySelector(":scope > .rb-more")) return;
  const id = box.dataset["item"]!;
  const state = make("span", { class: "rb-state", id: `rb-state-${id}` });
  const described = box.getAttribute("aria-describedby");
  box.setAttribute("aria-describedby", described ? `${state.id} ${described}` : state.id);
  const label = place.querySelector(":scope > label")?.textContent ?? "";
  const more = make(
    "button",
    {
      type: "button",
      class: "rb-more",
      "aria-expanded": "false",
      "aria-label": site.say("more", { item: label.trim() }),
      onclick: () => toggleMore(site, place, box, more),
    },
    "⋯",
  );
  place.append(state, more);
}

/** Single keys, only while a tick box has the focus, so that they never get in the way of typing. */
function useKey(site: Site, boxes: HTMLInputElement[], event: KeyboardEvent): void {
  const box = event.target as HTMLInputElement;
  if (!box.dataset?.["item"] || event.ctrlKey || event.metaKey || event.altKey) return;
  if (box.type !== "checkbox" || here(site, "keys") === "off") return;
  const at = boxes.indexOf(box);
  // By place on the keyboard, so that a Russian layout works as well.
  const key = event.code;
  const to = key === "KeyJ" ? boxes[at + 1] : key === "KeyK" ? boxes[at - 1] : undefined;
  if (to) to.focus();
  else if (key === "KeyP") toggleStatus(site, box, "doing");
  else if (key === "KeyS") toggleStatus(site, box, "skipped");
  else if (key === "KeyM") box.closest(".item")?.querySelector<HTMLElement>(":scope > .rb-more")?.click();
  else return;
  event.preventDefault();
}

function toggleStatus(site: Site, box: HTMLInputElement, status: Status): void {
  const present = site.state.statusOf(box.dataset["item"]!, periodAt(box));
  const next = present === status ? "todo" : status;
  setStatus(site, box, next);
  site.notices.speak(site.say(`status-${next}`));
}
