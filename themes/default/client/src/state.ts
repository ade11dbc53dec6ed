// What the learner's records say about an item of today's list.
//
// Input: the records and the published lists. Output: an item's status. Responsibility: a tick
// made under a former id, or on the parts of what has been merged since, still counts.

import type { LevelList } from "./lists";
import { isNewer, type Records } from "./merge";
import { keyOf, type Rec, type Status, statusIn } from "./record";

export class State {
  private readonly former = new Map<string, string[]>();
  private readonly merged = new Map<string, string[]>();

  constructor(
    private readonly curriculum: string,
    private readonly records: Records,
  ) {}

  /** Learns a level's aliases and merges. */
  learn(level: LevelList): void {
    for (const [old, present] of level.aliases) {
      this.former.set(present, [...(this.former.get(present) ?? []), old]);
    }
    for (const [present, parts] of level.merged) this.merged.set(present, parts);
  }

  /** The newest record of the item under its present id or a former one. */
  recordOf(id: string, kind = "item", period = ""): Rec | undefined {
    let newest = this.records.get(keyOf(this.curriculum, kind, id, period));
    for (const old of this.former.get(id) ?? []) {
      const record = this.records.get(keyOf(this.curriculum, kind, old, period));
      if (record && isNewer(record, newest)) newest = record;
    }
    return newest;
  }

  statusOf = (id: string, period = ""): Status => {
    const record = this.recordOf(id, "item", period);
    if (record || period) return statusIn(record);
    // Merged items are done only if all their parts were, until the learner says otherwise.
    const parts = this.merged.get(id);
    const done = parts?.every((part) => part !== id && statusIn(this.recordOf(part)) === "done");
    return done && parts!.length > 0 ? "done" : "todo";
  };
}
