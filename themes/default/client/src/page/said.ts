// Said in time.
//
// Responsibility: where ticks live, when a copy is due, what is wrong with the storage: each in one
// line, once, at the moment it matters.

import { readKey, statusIn } from "../record";
import { afterFrame } from "./frame";
import { helpPage, here, progressPage, setHere, type Site, takeCopy } from "./site";

const COPY_AFTER = 10;

export function startSaying(site: Site): void {
  const { store, notices, say } = site;
  store.onTrouble((what) => {
    notices.show(`trouble-${what}`, say(`trouble-${what}`), [
      { text: say("take-copy"), press: () => (takeCopy(site), "stay") },
    ]);
  });
  store.onChange((changed, origin) => {
    if (origin === "start") greet(site);
    // Only a tick made here and now is the first, not the records of earlier visits.
    if (origin !== "here") return;
    const ticked = [...changed].some(
      ([key, record]) => readKey(key)?.kind === "item" && statusIn(record) === "done",
    );
    // A notice moves the room at the page's end, which costs a slow phone more than the tick itself.
    if (ticked) afterFrame(() => sayOf(site));
  });
  addEventListener("beforeinstallprompt", () => {
    // The browser offers it on every page; once is enough.
    if (doneCount(site) === 0 || here(site, "install") !== undefined) return;
    setHere(site, "install", Date.now());
    notices.show("install", say("before-install"), [{ text: say("carry"), link: `${progressPage(site)}#rb-take` }]);
  });
}

/** What is due after a tick. */
function sayOf(site: Site): void {
  const { store, notices, say } = site;
  if (store.troubles.size) return;
  askToStay(site);
  if (here(site, "first-tick") === undefined) {
    setHere(site, "first-tick", Date.now());
    notices.show("first-tick", say("first-tick"), [{ text: say("more-about"), link: `${helpPage(site)}#ticks` }]);
  } else if (forgetsSoon() && here(site, "copy") === undefined && doneCount(site) >= COPY_AFTER) {
    setHere(site, "copy", 0);
    notices.show("copy", say("copy-safari"), [{ text: say("take-copy"), press: () => takeCopy(site) }]);
  }
}

/** An installed app and an in-app browser begin with a storage of their own. */
function greet(site: Site): void {
  if (site.store.records.size || !(isInstalled() || isInApp())) return;
  site.notices.show("empty", site.say(isInstalled() ? "empty-app" : "empty-in-app"), [
    { text: site.say("carry-here"), link: `${progressPage(site)}#rb-bring` },
  ]);
}

function doneCount(site: Site): number {
  let count = 0;
  for (const [key, record] of site.store.records) {
    if (readKey(key)?.kind === "item" && statusIn(record) === "done") count++;
  }
  return count;
}

/** Chromium decides by itself, without a question, whether it spares a site when it clears up. */
function askToStay(site: Site): void {
  if (!("userAgentData" in navigator) || location.protocol === "file:" || doneCount(site) !== COPY_AFTER) return;
  void navigator.storage?.persist?.().catch(() => undefined);
}

/** Safari, and on iOS every browser, clears a site's storage after a week without a visit. */
function forgetsSoon(): boolean {
  return /^Apple/.test(navigator.vendor) && !isInstalled();
}

function isInstalled(): boolean {
  return matchMedia("(display-mode: standalone)").matches;
}

function isInApp(): boolean {
  return /FBAN|FBAV|Instagram|Line\/|VKAndroidApp|VKClient|Telegram|; wv\)/.test(navigator.userAgent);
}
