// What the page has to say to the learner.
//
// Responsibility: a strip at the window's lower edge, outside the page's flow so that nothing
// jumps; announced politely, closed by a button or Escape, never covering the focus for good.

import type { Say } from "../words";
import { button, make } from "./dom";

export interface Action {
  text: string;
  /** A press closes the notice unless it returns "stay". */
  press?: () => void | "stay";
  link?: string;
}

export class Notices {
  private readonly strip: HTMLElement;
  private readonly spoken = make("p", { class: "rb-spoken", role: "status" });
  private readonly shown = new Map<string, HTMLElement>();

  constructor(private readonly say: Say) {
    this.strip = make("section", { class: "rb-notices", role: "status", "aria-label": say("notices") });
    this.strip.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const notice = (event.target as Element).closest<HTMLElement>(".rb-notice");
      notice?.querySelector<HTMLElement>(".rb-close")?.click();
    });
    document.body.append(this.strip, this.spoken);
  }

  /** Says to a screen reader what others see. */
  speak(text: string): void {
    this.spoken.textContent = text;
  }

  /** Shows a notice in the place of one of the same name. */
  show(name: string, text: string, actions: Action[] = [], closed: () => void = () => {}): HTMLElement {
    this.close(name);
    const row = make("div", { class: "rb-notice-actions" });
    const close = (): void => {
      this.close(name);
      closed();
    };
    for (const action of actions) {
      row.append(
        action.link !== undefined
          ? make("a", { class: "rb-button", href: action.link }, action.text)
          : button(action.text, () => {
              if (action.press?.() !== "stay") close();
            }),
      );
    }
    row.append(button(this.say("close"), close, { class: "rb-button rb-close" }));
    const notice = make("div", { class: "rb-notice", "data-notice": name }, make("p", {}, text), row);
    this.shown.set(name, notice);
    this.strip.append(notice);
    this.makeRoom();
    return notice;
  }

  close(name: string): void {
    this.shown.get(name)?.remove();
    this.shown.delete(name);
    this.makeRoom();
  }

  /** The page's end and what gets the focus must not stay behind the strip. */
  private makeRoom(): void {
    document.documentElement.classList.toggle("rb-noticed", this.shown.size > 0);
  }
}
