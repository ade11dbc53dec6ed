// One file that holds the whole site.
//
// Input: the pages of the document (`.rb-page`) and the address's fragment. Output: one page shown,
// its title, its navigation. Responsibility: within the file, following links, going back and
// coming again feel as on the site. It runs in the head, before the pages are read, so that they
// never all show at once.

import { isLink } from "./handover";
import { loadScript } from "./page/load";
import { readPlace } from "./place";

const root = document.documentElement;
root.dataset["single"] = "";

/** How far the reader had read, by entry of the history. */
const read = new Map<number, number>();
let entry = 0;
let shown: HTMLElement | undefined;

addEventListener("DOMContentLoaded", () => {
  remember();
  if (!follow(false) && !shown) show(page("index.html")!, false);
});
addEventListener("hashchange", () => {
  const place = (history.state as { place?: number } | null)?.place;
  if (place !== undefined) entry = place;
  else remember();
  const scrolled = place === undefined ? undefined : read.get(place);
  if (follow(true) && scrolled !== undefined) jump(scrolled);
});
addEventListener("scroll", () => read.set(entry, scrollY), { passive: true });

function page(path: string): HTMLElement | undefined {
  const found = document.getElementById(path);
  return found?.classList.contains("rb-page") ? found : undefined;
}

/** Gives the present entry of the history a number; the browser's own memory knows one page only. */
function remember(): void {
  entry = Date.now();
  try {
    history.scrollRestoration = "manual";
    history.replaceState({ place: entry }, "");
  } catch {
    // Some browsers refuse where the address is a file; then going back leads to the top.
  }
}

/** Shows what the address names; whether that was a page. */
function follow(moved: boolean): boolean {
  const { path, anchor } = readPlace(location.hash);
  // The file as it was opened shows home, also when one comes back to it.
  const named = page(location.hash.length > 1 ? path : "index.html");
  const place = find(path, anchor);
  const target = named ?? place?.closest<HTMLElement>(".rb-page") ?? undefined;
  // The rest are places of the frame, and progress that is handed over.
  if (!target) {
    if (isLink(location.hash)) show(page("progress/index.html") ?? page("index.html")!, moved);
    return false;
  }
  show(target, moved);
  if (place) place.scrollIntoView({ behavior: "instant" });
  else if (anchor && named) waitFor(named, path, anchor);
  else jump(0);
  return true;
}

/** Without the theme's smoothness: another page is not further down the same one. */
function jump(top: number): void {
  scrollTo({ top, behavior: "instant" });
}

function find(path: string, anchor: string): HTMLElement | null {
  if (!anchor) return null;
  return document.getElementById(`${path}#${anchor}`) ?? document.getElementById(anchor);
}

/** A script of the page may make the place only now. */
function waitFor(inside: HTMLElement, path: string, anchor: string): void {
  const observer = new MutationObserver(() => {
    const place = find(path, anchor);
    if (!place) return;
    observer.disconnect();
    place.scrollIntoView();
  });
  observer.observe(inside, { childList: true, subtree: true });
  setTimeout(() => observer.disconnect(), 5000);
}

function show(next: HTMLElement, moved: boolean): void {
  if (next === shown) return;
  shown?.classList.remove("rb-here");
  next.classList.add("rb-here");
  shown = next;
  const { title = "", kind = "", id = "", nav = "", scripts = "" } = next.dataset;
  document.title = title;
  root.dataset["pageKind"] = kind;
  root.dataset["pageId"] = id;
  document.body.className = next.className.replace(/\brb-\S+/g, "").trim();
  swapNavigation(nav);
  swapOutline(next);
  markCurrent(next.id);
  void scripts.split(" ").filter(Boolean).reduce((before, path) => before.then(() => loadScript(`#${path}`)), Promise.resolve());
  if (!moved) return;
  const heading = next.querySelector<HTMLElement>("h1");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function swapNavigation(number: string): void {
  const place = document.getElementById("rb-nav");
  const template = document.querySelector<HTMLTemplateElement>(`template[data-nav="${number}"]`);
  if (!place || !template || place.dataset["nav"] === number) return;
  place.dataset["nav"] = number;
  place.replaceChildren(template.content.cloneNode(true));
}

function swapOutline(next: HTMLElement): void {
  const place = document.querySelector("aside.outline");
  const template = next.querySelector<HTMLTemplateElement>(":scope > template.rb-outline");
  if (place && template) place.replaceChildren(template.content.cloneNode(true));
}

function markCurrent(path: string): void {
  const links = document.querySelectorAll<HTMLAnchorElement>("a[href^='#']");
  for (const link of Array.from(links)) {
    if (link.closest(".rb-page, aside.outline")) continue;
    if (readPlace(link.hash).path === path) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}
