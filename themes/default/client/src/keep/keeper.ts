// What keeps records between visits.
//
// Responsibility: the agreement between the store and the places that can hold its records: this
// origin's own storage, or on disk the hub page that speaks for it.

import type { Records } from "../merge";

/**
 * What the learner has to know: `half` of the storage is withheld, storage is `blocked` or `full`
 * (`lost`: full, and the second storage is too), some records are `damaged`, or a `newer` version
 * of the site has written here; `hub`: on disk, the page that keeps the records does not answer.
 */
export type Trouble = "half" | "blocked" | "full" | "lost" | "damaged" | "newer" | "hub";

export interface Listener {
  /** Records found on start, or written by another tab. The first call means: ready. */
  arrived(records: Records): void;
  trouble(what: Trouble): void;
}

export interface Keeper {
  start(listener: Listener): void;
  write(records: Records): void;
  /** Resolves when all written so far is as safe as it can be. */
  settled(): Promise<void>;
}
