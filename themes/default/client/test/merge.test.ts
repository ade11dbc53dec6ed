// Two devices, random edits offline: merged in either order they hold the same.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Clock, makeClock } from "../src/clock";
import { exportJson } from "../src/export-json";
import { mergeInto, type Records } from "../src/merge";
import { keyOf, readKey, readRecord, type Status, writeRecord } from "../src/record";
import { forAll, type Random } from "./generate";

const STATUSES: Status[] = ["todo", "doing", "done", "skipped"];

interface Device {
  records: Records;
  clock: Clock;
}

function device(random: Random, name: string): Device {
  // Clocks go wrong: by years, backwards, not at all.
  let now = 1_700_000_000_000 + random.below(3) * 31_536_000_000;
  const clock = makeClock(() => (now += random.below(5000) - 1500), name);
  return { records: new Map(), clock };
}

function edit(random: Random, { records, clock }: Device): void {
  const key = keyOf("c", random.pick(["item", "note"]), `i${random.below(12)}`, random.pick(["", "2026-W47"]));
  const before = records.get(key);
  const record = { stamp: clock.next(), value: random.pick(STATUSES) };
  mergeInto(records, new Map([[key, record]]));
  assert.equal(records.get(key), record, `the edit of ${JSON.stringify(before)} did not win on its own device`);
}

function receive(to: Device, from: Records): void {
  for (const record of from.values()) to.clock.observe(record.stamp);
  mergeInto(to.records, from);
}

const text = (records: Records): string => exportJson("c", records, "");

test("merging is the same in either order, again and again", () => {
  forAll(400, (random) => {
    const devices = ["aaaaaa", "bbbbbb", "cccccc"].map((name) => device(random, name));
    for (let round = 0; round < 6; round++) {
      for (const one of devices) for (let n = random.below(8); n > 0; n--) edit(random, one);
      if (random.chance(0.5)) receive(random.pick(devices), new Map(random.pick(devices).records));
    }
    const [a, b, c] = devices.map((one) => one.records) as [Records, Records, Records];
    const merged = (...sets: Records[]): string => {
      const all: Records = new Map();
      for (const set of sets) mergeInto(all, set);
      return text(all);
    };
    assert.equal(merged(a, b, c), merged(c, b, a));
    assert.equal(merged(a, b, c), merged(b, a, c, a, b));
  });
});

test("equal stamps of a copied profile are settled by content", () => {
  const stamp = "m00000000000aaaaaa";
  const a: Records = new Map([["c:item:x", { stamp, value: "done" }]]);
  const b: Records = new Map([["c:item:x", { stamp, value: "todo" }]]);
  const one: Records = new Map(a);
  mergeInto(one, b);
  const other: Records = new Map(b);
  mergeInto(other, a);
  assert.equal(text(one), text(other));
});

test("a tick made after a merge wins even where the clock was set back", () => {
  const records: Records = new Map([["c:item:x", { stamp: "y00000000zzzaaaaaa", value: "done" }]]);
  const clock = makeClock(() => 1000, "bbbbbb");
  for (const record of records.values()) clock.observe(record.stamp);
  const later = { stamp: clock.next(), value: "todo" };
  assert.equal(mergeInto(records, new Map([["c:item:x", later]])).size, 1);
  assert.equal(readRecord(writeRecord(later)) !== "damaged", true);
});

test("a clock makes stamps in order", () => {
  forAll(50, (random) => {
    let now = 5000;
    const clock = makeClock(() => (now += random.below(3) - 1), "aaaaaa");
    let last = "";
    for (let n = 0; n < 2000; n++) {
      const stamp = clock.next();
      assert.ok(stamp > last);
      last = stamp;
    }
  });
});

test("records are read back as written; anything else is damaged, never a crash", () => {
  forAll(500, (random) => {
    const record = { stamp: makeClock(() => 1.7e12, "zz00zz").next(), value: random.pick([..."abc", "", null, 3, { a: [1] }] as const) as never };
    const raw = writeRecord(record);
    assert.deepEqual(readRecord(raw), record);
    const cut = raw.slice(0, random.below(raw.length));
    assert.equal(readRecord(cut), "damaged");
    const at = random.below(raw.length);
    const spoilt = readRecord(raw.slice(0, at) + random.pick([...'x"[]{},0']) + raw.slice(at + 1));
    assert.ok(typeof spoilt === "object" || spoilt === "damaged" || spoilt === "newer");
  });
  assert.equal(readRecord('[2,"anything at all"]'), "newer");
  assert.equal(readRecord(null), "damaged");
});

test("keys", () => {
  assert.deepEqual(readKey("backend:item:a1b2c3d4@2026-W47"), { curriculum: "backend", kind: "item", id: "a1b2c3d4", period: "2026-W47" });
  assert.equal(readKey("backend:item:"), undefined);
  assert.equal(readKey("backend/format"), undefined);
  assert.equal(readKey(keyOf("план", "note", "x"))?.curriculum, "план");
});
