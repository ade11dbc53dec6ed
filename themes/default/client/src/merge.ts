// Newest wins.
//
// Input: two sets of records by key. Output: their union, the newer of each pair. Responsibility:
// the result is the same in whatever order and however often sets are merged.

import { type Rec, writeRecord } from "./record";

export type Records = Map<string, Rec>;

/** Whether `a` wins over `b`. Equal stamps (a copied profile) are told apart by their content. */
export function isNewer(a: Rec, b: Rec | undefined): boolean {
  if (!b) return true;
  if (a.stamp !== b.stamp) return a.stamp > b.stamp;
  return writeRecord(a) > writeRecord(b);
}

/** Merges `arriving` into `records` and returns what changed. */
export function mergeInto(records: Records, arriving: Records): Records {
  const changed: Records = new Map();
  for (const [key, record] of arriving) {
    if (isNewer(record, records.get(key))) {
      records.set(key, record);
      changed.set(key, record);
    }
  }
  return changed;
}
