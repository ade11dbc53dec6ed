// The navigation as a drawer, where the window is too narrow for it beside the text.
//
// Input: the link to the navigation. Output: an open or a closed drawer. Responsibility: the focus
// goes in, stays in while it is open, and comes back; without this script the link works too.

import { make } from "./dom";

export function startDrawer(): void {
  const opener = document.querySelector<HTMLAnchorElement>(".menu-link");
  const drawer = document.getElementById("rb-nav");
  const closer = drawer?.querySelector<HTMLElement>(".menu-close");
  if (!opener || !drawer || !closer) return;
  const veil = make("div", { class: "drawer-veil", onclick: () => toggle(false) });
  document.body.append(veil);
  for (const control of [opener, closer]) {
    control.setAttribute("role", "button");
    control.addEventListener("click", (event) => {
      event.preventDefault();
      toggle(control === opener);
    });
    // A link answers to Enter; a button answers to the space bar too.
    control.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      control.click();
    });
  }
  opener.setAttribute("aria-expanded", "false");
  opener.setAttribute("aria-controls", "rb-nav");

  const isOpen = (): boolean => drawer.classList.contains("open");

  function toggle(open: boolean): void {
    if (open === isOpen()) return;
    drawer!.classList.toggle("open", open);
    document.documentElement.classList.toggle("drawn", open);
    opener!.setAttribute("aria-expanded", String(open));
    if (open) {
      drawer!.setAttribute("role", "dialog");
      drawer!.setAttribute("aria-modal", "true");
      drawer!.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
      closer!.focus();
    } else {
      drawer!.removeAttribute("role");
      drawer!.removeAttribute("aria-modal");
      opener!.focus();
    }
  }

  drawer.addEventListener("keydown", (event) => {
    if (!isOpen()) return;
    if (event.key === "Escape") toggle(false);
    if (event.key !== "Tab") return;
    const stops = Array.from(drawer.querySelectorAll<HTMLElement>("a[href], input:checked"));
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
  });
  drawer.addEventListener("click", (event) => {
    // A link to a place on this very page would leave the drawer in front of it.
    if ((event.target as Element).closest("a[href]:not(.menu-close)")) toggle(false);
  });
  matchMedia("(min-width: 64em)").addEventListener("change", () => toggle(false));
}
