// What one wants to do with code: copy it, and wrap lines that are too long.
//
// Input: `.code`. Output: buttons in its upper right corner, outside the flow. Responsibility: they
// say what happened in words.

import type { Say } from "../words";
import { all, make } from "./dom";

const SHOWN = 2000;

export function startCopying(say: Say): void {
  const texts = all(".code > pre");
  // All are measured before anything changes, so that the browser lays the page out once.
  const wide = new Set(texts.filter((text) => text.scrollWidth > text.clientWidth));
  for (const text of texts) {
    const place = text.parentElement!;
    const copied = make("span", { role: "status" });
    const label = make("span", {}, say("copy"));
    const copy = make("button", { type: "button" }, label, copied);
    copy.addEventListener("click", () => {
      void write(text.textContent ?? "").then((done) => {
        label.hidden = true;
        copied.textContent = say(done ? "copied" : "copy-failed");
        setTimeout(() => {
          label.hidden = false;
          copied.textContent = "";
        }, SHOWN);
      });
    });
    const tools = make("div", { class: "code-tools" });
    if (wide.has(text)) {
      const wrap = make("button", { type: "button", "aria-pressed": "false" }, say("wrap"));
      wrap.addEventListener("click", () => {
        wrap.setAttribute("aria-pressed", String(place.classList.toggle("wrapped")));
      });
      tools.append(wrap);
    }
    tools.append(copy);
    place.append(tools);
  }
}

async function write(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Not every browser gives a page from disk the clipboard.
    const field = make("textarea", { class: "sr" });
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
