// A document for paper: the button that prints it, and the reader's notes in it if wanted.
//
// Input: `.print-tools` and the records. Output: a button and a choice; notes below their items.
// Responsibility: notes are private, so they are on paper only when asked for.

import { all, button, make } from "./dom";
import type { Site } from "./site";

export function startPrinting(site: Site): void {
  const place = document.querySelector(".print-tools");
  if (!place) return;
  const wish = make("input", { type: "checkbox", id: "rb-print-notes" });
  wish.addEventListener("change", () => {
    for (const note of all(".rb-printed-note")) note.remove();
    if (wish.checked) write(site);
  });
  place.append(
    button(site.say("print"), () => print()),
    make("label", { for: wish.id, class: "rb-wish" }, wish, ` ${site.say("print-notes")}`),
  );
}

function write(site: Site): void {
  for (const box of all<HTMLInputElement>("input[data-item]")) {
    const note = site.state.recordOf(box.dataset["item"]!, "note")?.value;
    if (typeof note !== "string" || note === "") continue;
    box.closest(".item")?.append(make("p", { class: "rb-printed-note" }, note));
  }
}
