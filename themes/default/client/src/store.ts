// The learner's records on this device.
//
// Input: changes made on this page, and what the keeper brings from elsewhere. Output: all records,
// and word of every change. Responsibility: one logical time for all; memory works whatever the
// storage does.

import type { Clock } from "./clock";
import type { Keeper, Trouble } from "./keep/keeper";
import { mergeInto, type Records } from "./merge";
import { keyOf, type Rec, type Value } from "./record";

/** A change to make: what kind of record, whose, its new value. */
export interface Change {
  kind: string;
  id: string;
  period?: string;
  value: Value;
}

/** On `start` all records are handed over; later what changed on this page or in another. */
export type Origin = "start" | "here" | "elsewhere";

export class Store {
  readonly records: Records = new Map();
  readonly troubles = new Set<Trouble>();
  /** Whether the records of earlier visits are here. */
  ready = false;
  private readonly listeners: ((changed: Records, origin: Origin) => void)[] = [];
  private readonly worried: ((what: Trouble) => void)[] = [];

  constructor(
    readonly curriculum: string,
    private readonly keeper: Keeper,
    private readonly clock: Clock,
    private readonly now: () => number,
  ) {}

  start(): void {
    this.keeper.start({
      arrived: (records) => this.take(records, !this.ready),
      trouble: (what) => {
        if (this.troubles.has(what)) return;
        this.troubles.add(what);
        for (const listener of this.worried) listener(what);
      },
    });
  }

  /** Calls back after every change, wherever it was made, and once when ready. */
  onChange(listener: (changed: Records, origin: Origin) => void): void {
    this.listeners.push(listener);
    if (this.ready) listener(this.records, "start");
  }

  onTrouble(listener: (what: Trouble) => void): void {
    this.worried.push(listener);
    for (const what of this.troubles) listener(what);
  }

  get(kind: string, id: string, period = ""): Rec | undefined {
    return this.records.get(keyOf(this.curriculum, kind, id, period));
  }

  /** Makes changes, in memory at once and in the storage with them. */
  change(changes: Change[]): void {
    const written: Records = new Map();
    for (const { kind, id, period, value } of changes) {
      const stamp = this.clock.next();
      const wall = this.now();
      // Only a clock that was far off is worth the room.
      const astray = Math.abs(parseInt(stamp.slice(0, 9), 36) - wall) > 60_000;
      written.set(
        keyOf(this.curriculum, kind, id, period),
        astray ? { stamp, value, wall } : { stamp, value },
      );
    }
    mergeInto(this.records, written);
    this.keeper.write(written);
    this.tell(written, "here");
  }

  /** Merges records made elsewhere, by their own times. Returns what changed. */
  merge(arriving: Records): Records {
    for (const record of arriving.values()) this.clock.observe(record.stamp);
    const changed = mergeInto(this.records, arriving);
    this.keeper.write(changed);
    if (changed.size) this.tell(changed, "here");
    return changed;
  }

  /** Puts back what stood there before, as new changes: the newest wins everywhere. */
  undo(before: Map<string, Rec | undefined>, changes: Change[]): void {
    this.change(
      changes.map((change) => ({
        ...change,
        value:
          before.get(keyOf(this.curriculum, change.kind, change.id, change.period))?.value ??
          (change.kind === "item" ? "todo" : null),
      })),
    );
  }

  settled(): Promise<void> {
    return this.keeper.settled();
  }

  private take(records: Records, first: boolean): void {
    for (const record of records.values()) this.clock.observe(record.stamp);
    const changed = mergeInto(this.records, records);
    this.ready = true;
    if (first) this.tell(this.records, "start");
    else if (changed.size) this.tell(changed, "elsewhere");
  }

  private tell(changed: Records, origin: Origin): void {
    for (const listener of this.listeners) listener(changed, origin);
  }
}
