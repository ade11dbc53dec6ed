// The script of every page.
//
// Responsibility: brings the parts together, and gives the progress page's own script what it needs.

import { makeClock, tabName } from "./clock";
import { hubKeeper } from "./keep/hub-link";
import { localKeeper } from "./keep/local";
import { startCards } from "./page/cards";
import { startCopying } from "./page/copying";
import { startDrawer } from "./page/drawer";
import { Figures } from "./page/figures";
import { KeptFile } from "./page/kept";
import { startOffline } from "./page/offline";
import { startFollowing } from "./page/following";
import { loadNear } from "./page/near";
import { Notices } from "./page/notices";
import { startPrinting } from "./page/printing";
import { startOpener } from "./page/opener";
import { startSaying } from "./page/said";
import { startScheme } from "./page/scheme";
import { startSince } from "./page/since";
import type { Site } from "./page/site";
import { Supply } from "./page/supply";
import { startTicking } from "./page/ticking";
import { startWhole } from "./page/whole";
import { State } from "./state";
import { Store } from "./store";
import { speaker } from "./words";

declare global {
  interface Window {
    roadbook?: { site: Site; figures: Figures; search?: () => void };
  }
}

const { curriculum, root = "", bundle } = document.documentElement.dataset;

if (curriculum && !window.roadbook) start(curriculum);

function start(curriculum: string): void {
  const supply = new Supply(root);
  const say = speaker(supply.language, supply.messages);
  const keeper =
    // The file that holds the whole site is one file wherever it lies: its own storage suffices.
    location.protocol === "file:" && !bundle ? hubKeeper(curriculum, `${root}hub.html`) : localKeeper(curriculum);
  const store = new Store(curriculum, keeper, makeClock(Date.now, tabName()), Date.now);
  const state = new State(curriculum, store.records);
  const site: Site = { curriculum, root, store, state, supply, notices: new Notices(say), say };
  for (const level of supply.levels.values()) state.learn(level);
  store.start();
  startTicking(site);
  const figures = new Figures(site);
  startWhole(site, figures);
  const compare = startSince(site, figures);
  supply.onLevel = (level) => {
    state.learn(level);
    figures.plan();
    compare();
  };
  startSaying(site);
  store.onChange((_, origin) => origin === "start" && startOffline(site));
  site.kept = new KeptFile(site);
  startScheme(site);
  startDrawer();
  startPrinting(site);
  // Each in a task of its own: nothing of it is needed to read or to tick.
  for (const start of [startFollowing, () => startCopying(say), () => startCards(site, figures)]) setTimeout(start);
  startOpener(site);
  window.roadbook = { site, figures };
  loadNear(".road", root, "map");
  loadNear(".index-group.projects", root, "catalogue");
}
