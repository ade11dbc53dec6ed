// The ways to the search.
//
// Input: the header's link, `/`, Ctrl-K. Output: the search, open. Responsibility: a page that nobody
// searches pays for no more than this; without it the link leads to the list of topics.

import { all } from "./dom";
import { loadScript } from "./load";
import { here, type Site } from "./site";

export function startOpener(site: Site): void {
  const open = (): void => {
    const search = window.roadbook?.search;
    if (search) search();
    // Where it does not come, the next try asks for it again.
    else loadScript(`${site.root}assets/search.js`).catch(() => undefined);
  };
  for (const link of all<HTMLElement>("[data-search]")) {
    link.setAttribute("role", "button");
    link.setAttribute("aria-haspopup", "dialog");
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open();
    });
    link.addEventListener("keydown", (event) => {
      if (event.key !== " ") return;
      event.preventDefault();
      open();
    });
  }
  document.addEventListener("keydown", (event) => {
    const { target } = event;
    const typing = target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) && !/^(checkbox|button)$/.test((target as HTMLInputElement).type));
    // `.` and `/` share a key in the Russian layout, so the place of the key counts for letters.
    const ctrlK = (event.ctrlKey || event.metaKey) && !event.altKey && (event.key === "k" || event.code === "KeyK");
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !typing && here(site, "keys") !== "off";
    if (!ctrlK && !slash) return;
    event.preventDefault();
    open();
  });
}
