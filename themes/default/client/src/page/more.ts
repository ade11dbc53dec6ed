// The panel behind "more": in progress, skipped, back to to-do, a private note.
//
// Responsibility: everything a beginner does not need to see, one press away.

import type { Status } from "../record";
import { button, make, setText } from "./dom";
import { periodAt, type Site } from "./site";
import { setStatus } from "./ticking";

const STATUSES: Status[] = ["todo", "doing", "done", "skipped"];
const TYPING_PAUSE = 400;

export function toggleMore(site: Site, place: HTMLElement, box: HTMLInputElement, more: HTMLElement): void {
  const open = place.querySelector<HTMLElement>(":scope > .rb-panel");
  if (open) {
    open.dispatchEvent(new Event("rb-leave"));
    open.remove();
    more.setAttribute("aria-expanded", "false");
    more.focus();
    return;
  }
  const panel = openPanel(site, box, () => toggleMore(site, place, box, more));
  more.setAttribute("aria-expanded", "true");
  more.after(panel);
  panel.querySelector<HTMLElement>("button")?.focus();
}

function openPanel(site: Site, box: HTMLInputElement, close: () => void): HTMLElement {
  const id = box.dataset["item"]!;
  const choices = make("div", { role: "group", "aria-label": site.say("status"), class: "rb-choices" });
  const showChoice = (): void => {
    const present = site.state.statusOf(id, periodAt(box));
    for (const choice of Array.from(choices.children)) {
      choice.setAttribute("aria-pressed", String((choice as HTMLElement).dataset["choice"] === present));
    }
  };
  for (const status of STATUSES) {
    choices.append(
      button(
        site.say(`status-${status}`),
        () => {
          setStatus(site, box, status);
          showChoice();
        },
        { "data-choice": status },
      ),
    );
  }
  showChoice();
  const field = make("textarea", { id: `rb-note-${id}`, rows: 3, class: "rb-note" });
  const saved = make("span", { class: "rb-saved", role: "status" });
  const stored = (): string => {
    const value = site.state.recordOf(id, "note")?.value;
    return typeof value === "string" ? value : "";
  };
  field.value = stored();
  let waiting = 0;
  const save = (): void => {
    clearTimeout(waiting);
    if (field.value === stored()) return;
    site.store.change([{ kind: "note", id, value: field.value }]);
    setText(saved, site.say("note-saved"));
  };
  field.addEventListener("input", () => {
    setText(saved, "");
    clearTimeout(waiting);
    waiting = window.setTimeout(save, TYPING_PAUSE);
  });
  field.addEventListener("blur", save);
  addEventListener("pagehide", save);
  const panel = make(
    "div",
    {
      class: "rb-panel",
      onkeydown: (event) => {
        if ((event as KeyboardEvent).key !== "Escape") return;
        event.stopPropagation();
        close();
      },
    },
    choices,
    make("label", { for: field.id }, site.say("note")),
    field,
    make("p", { class: "rb-hint" }, site.say("note-private"), " ", saved),
  );
  panel.addEventListener("rb-leave", () => {
    save();
    removeEventListener("pagehide", save);
  });
  return panel;
}
