// Cards of links: what a page is about and how far the reader is, what a term means.
//
// Input: a pointer that rests on a link within the text, or a focus. Output: a card beside it.
// Responsibility: it waits, stays while the pointer is on it, goes at Escape, never covers the link
// itself; a tap on a term opens its card, since a finger cannot rest.

import { type About, isTerm, keyOf, place } from "../about";
import { percent } from "../count";
import { make, setText } from "./dom";
import type { Figures } from "./figures";
import type { Site } from "./site";

const PATIENCE = 300;
const GRACE = 250;
const GAP = 8;
/** Links that are cards or signposts themselves. */
const PLAIN = ".pager, .breadcrumbs, .jump, .outline-inline, .project-card, .cards, .catalogue, .rb-left, svg";

export function startCards(site: Site, figures: Figures): void {
  const main = document.querySelector("main");
  if (!main || !site.supply.totals.about) return;
  const root = new URL(site.root || "./", location.href).href;
  const here = keyOf(location.href.split("#")[0]!, root);
  const card = make("div", { class: "rb-card", id: "rb-card", role: "tooltip", hidden: true });
  document.body.append(card);
  let shown: HTMLAnchorElement | undefined;
  let wanted: HTMLAnchorElement | undefined;
  let waiting = 0;
  let finger = false;

  const keyFor = (target: EventTarget | null): [HTMLAnchorElement, string] | undefined => {
    const link = target instanceof Element ? target.closest<HTMLAnchorElement>("a[href]") : null;
    if (!link || !main.contains(link) || link.closest(PLAIN)) return undefined;
    const key = keyOf(link.href, root);
    return key === undefined || key === here ? undefined : [link, key];
  };

  const hide = (): void => {
    clearTimeout(waiting);
    wanted = undefined;
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = undefined;
    card.hidden = true;
  };
  const soon = (act: () => void, time: number): void => {
    clearTimeout(waiting);
    waiting = window.setTimeout(act, time);
  };
  const show = async (link: HTMLAnchorElement, key: string): Promise<void> => {
    wanted = link;
    const about = await find(site, key);
    if (wanted !== link || !about) return;
    shown = link;
    fill(card, about);
    if (finger) card.append(make("a", { href: link.href }, site.say("term-open")));
    link.setAttribute("aria-describedby", card.id);
    card.hidden = false;
    settle(card, link);
    if (about.scope && about.level) {
      const figure = card.appendChild(make("p", { class: "rb-card-figure" }));
      await site.supply.load(`level-${about.level}`).catch(() => undefined);
      const count = figures.count(about.scope);
      if (shown !== link) return;
      if (!count?.total) return figure.remove();
      figure.append(
        make("progress", { max: count.total, value: count.points / 1000, "aria-hidden": "true" }),
        site.say("count", { done: count.done, total: count.total, percent: percent(count) }),
      );
      settle(card, link);
    }
  };
  const consider = (target: EventTarget | null): void => {
    if (target instanceof Node && card.contains(target)) return clearTimeout(waiting);
    const found = keyFor(target);
    if (!found) {
      wanted = undefined;
      return soon(hide, GRACE);
    }
    if (found[0] === shown) return clearTimeout(waiting);
    soon(() => {
      hide();
      void show(...found);
    }, PATIENCE);
  };

  addEventListener("pointerdown", (event) => {
    finger = event.pointerType === "touch";
    if (shown && !card.contains(event.target as Node) && keyFor(event.target)?.[0] !== shown) hide();
  });
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType !== "touch") consider(event.target);
  });
  document.addEventListener("focusin", (event) => {
    if (!finger) consider(event.target);
  });
  document.addEventListener("keydown", (event) => {
    finger = false;
    if (event.key === "Escape") hide();
  });
  document.addEventListener("click", (event) => {
    const found = keyFor(event.target);
    if (!finger || !found || !isTerm(found[1]) || found[0] === shown) return;
    event.preventDefault();
    hide();
    void show(...found);
  });
}

async function find(site: Site, key: string): Promise<About | undefined> {
  const script = place(key, site.supply.totals.about ?? 1);
  await site.supply.load(`about-${script}`).catch(() => undefined);
  return site.supply.about.get(key);
}

function fill(card: HTMLElement, about: About): void {
  setText(card, "");
  if (about.above) card.append(make("p", { class: "rb-card-above" }, about.above));
  card.append(make("p", { class: "rb-card-title" }, about.title));
  if (about.text) card.append(make("p", {}, about.text));
}

/** Below the link, or above where there is no room. */
function settle(card: HTMLElement, link: HTMLElement): void {
  // A link that is broken over two lines begins where its first line begins.
  const box = link.getClientRects()[0] ?? link.getBoundingClientRect();
  const under = link.getBoundingClientRect().bottom;
  const room = document.documentElement.clientWidth - card.offsetWidth - GAP;
  const left = Math.max(GAP, Math.min(box.left, room));
  const above = under + GAP + card.offsetHeight > innerHeight && box.top > card.offsetHeight + GAP;
  const top = above ? box.top - card.offsetHeight - GAP : under + GAP;
  card.style.left = `${left + scrollX}px`;
  card.style.top = `${top + scrollY}px`;
}
