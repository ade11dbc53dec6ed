// The outline that follows the scroll.
//
// Input: the page's headings and the window's place. Output: `aria-current` in the outline.
// Responsibility: says where the reader is, and keeps that entry in sight.

import { reached } from "../reached";
import { all } from "./dom";

/** How far below the window's upper edge a heading counts as reached. */
const REACHED = 140;

export function startFollowing(): void {
  const links = all<HTMLAnchorElement>(".outline .outline-list a");
  const places = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  if (links.length < 2) return;
  let present: HTMLAnchorElement | undefined;
  let waiting = false;
  const follow = (): void => {
    waiting = false;
    const tops = places.map((place) => place?.getBoundingClientRect().top ?? Infinity);
    const end = innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const next = links[reached(tops, REACHED, end)];
    if (next === present) return;
    present?.removeAttribute("aria-current");
    next?.setAttribute("aria-current", "true");
    present = next;
    const box = next?.closest<HTMLElement>(".outline");
    if (!next || !box || box.scrollHeight <= box.clientHeight) return;
    box.scrollTop = next.offsetTop - box.clientHeight / 2;
  };
  const later = (): void => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(follow);
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later, { passive: true });
  follow();
}
