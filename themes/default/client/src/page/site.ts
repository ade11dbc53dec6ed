// What every part of the page's script works with.
//
// Responsibility: the one object handed to ticking, figures and notices, and to the progress page's
// own script, which is a file of its own.

import { dayOf, periodOf } from "../period";
import type { Rec, Value } from "../record";
import { keyOf } from "../record";
import type { State } from "../state";
import type { Change, Store } from "../store";
import type { Say } from "../words";
import { download } from "./dom";
import type { KeptFile } from "./kept";
import type { Notices } from "./notices";
import type { Supply } from "./supply";
import { exportJson } from "../export-json";

export interface Site {
  curriculum: string;
  root: string;
  store: Store;
  state: State;
  supply: Supply;
  notices: Notices;
  say: Say;
  /** The file that is kept up to date, where the browser has such files. */
  kept?: KeptFile;
}

/** A value that stays on this device: what was said, seen, set. */
export function here(site: Site, id: string): Value | undefined {
  return site.store.get("here", id)?.value;
}

export function setHere(site: Site, id: string, value: Value): void {
  site.store.change([{ kind: "here", id, value }]);
}

/** The records as they are before changes, for undoing them. */
export function before(site: Site, changes: Change[]): Map<string, Rec | undefined> {
  return new Map(
    changes.map(({ kind, id, period }) => {
      const key = keyOf(site.curriculum, kind, id, period);
      return [key, site.store.records.get(key)];
    }),
  );
}

/** Makes changes and offers to take them back. */
export function changeWithUndo(site: Site, changes: Change[], text: string): void {
  const was = before(site, changes);
  site.store.change(changes);
  site.notices.show("undo", text, [
    { text: site.say("undo"), press: () => site.store.undo(was, changes) },
  ]);
}

/** Hands over a copy of everything as a file. */
export function takeCopy(site: Site): void {
  const day = dayOf(new Date());
  const text = exportJson(site.curriculum, site.store.records, new Date().toISOString());
  download(`${site.curriculum}-${day}.json`, "application/json", text);
  setHere(site, "copy", Date.now());
}

export function progressPage(site: Site): string {
  return `${site.root}progress/index.html`;
}

export function helpPage(site: Site): string {
  return `${site.root}help/index.html`;
}

/** The period that an element's list is in now. */
export function periodAt(element: Element): string {
  return periodOf(element.closest<HTMLElement>("[data-cadence]")?.dataset["cadence"], new Date());
}
