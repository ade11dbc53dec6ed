// Scripts that few readers need at once.
//
// Responsibility: a page's own script is loaded as what it serves comes near the window.

import { loadScript } from "./load";

/** Loads `assets/NAME.js` as the first element of a kind comes near. */
export function loadNear(selector: string, root: string, name: string): void {
  const place = document.querySelector(selector);
  if (!place) return;
  const observer = new IntersectionObserver(
    (entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      observer.disconnect();
      // Without it the page reads as it was written.
      loadScript(`${root}assets/${name}.js`).catch(() => undefined);
    },
    { rootMargin: "600px" },
  );
  observer.observe(place);
}
