// Files: out, back in, previewed, refused.

import assert from "node:assert/strict";
import { test } from "node:test";
import { activityOf, weeksInARow } from "../src/activity";
import { makeClock } from "../src/clock";
import { exportJson } from "../src/export-json";
import { mergeInto, type Records } from "../src/merge";
import { keyOf } from "../src/record";
import { csv, type Line, markdown, preview, readCopy } from "../src/taking";
import { forAll } from "./generate";

test("by file, two devices hold the same in either order", () => {
  forAll(200, (random) => {
    const sets = ["aaaaaa", "bbbbbb"].map((tab): Records => {
      let now = 1.75e12 + random.below(1e6);
      const clock = makeClock(() => (now += random.below(100)), tab);
      const records: Records = new Map();
      for (let n = random.below(30); n > 0; n--) {
        const kind = random.pick(["item", "note", "session", "plan", "here"]);
        records.set(keyOf("c", kind, `i${random.below(9)}`), { stamp: clock.next(), value: random.pick(["done", "todo", "с «кавычками»\n", null]) });
      }
      return records;
    });
    const [a, b] = sets as [Records, Records];
    const carry = (from: Records, to: Records): Records => {
      const copy = readCopy(exportJson("c", from, "now"), "c");
      assert.ok(typeof copy === "object" && copy.damaged === 0);
      const merged = new Map(to);
      mergeInto(merged, copy.records);
      return merged;
    };
    assert.equal(exportJson("c", carry(a, b), ""), exportJson("c", carry(b, a), ""));
  });
});

test("a preview counts and changes nothing", () => {
  const record = (stamp: string) => ({ stamp: `m0000000${stamp}000aaaaaa`, value: "done" });
  const own: Records = new Map([["c:item:a", record("5")], ["c:item:b", record("1")], ["c:item:own", record("1")], ["c:here:x", record("1")]]);
  const arriving: Records = new Map([["c:item:a", record("1")], ["c:item:b", record("5")], ["c:item:new", record("1")], ["c:item:strange", record("1")]]);
  const found = preview(own, arriving, (id) => id !== "strange");
  assert.deepEqual(found, { newerHere: 2, newerThere: 3, same: 0, unknown: 1 });
  assert.equal(own.size, 4);
});

test("a newer file and one that is none are refused; damaged entries cost themselves alone", () => {
  assert.equal(readCopy('{"kind":"roadbook-progress","format":2,"records":{}}', "c"), "newer");
  for (const text of ["", "[]", "null", '{"format":1}', '{"kind":"roadbook-progress","format":1}']) assert.equal(readCopy(text, "c"), "damaged");
  const copy = readCopy('{"kind":"roadbook-progress","format":1,"records":{"item:a":[1,"m00000000000aaaaaa","done"],"item:b":[1,"x"],"no key":1,"here:x":[1,"m00000000000aaaaaa",1]}}', "c");
  assert.ok(typeof copy === "object");
  assert.deepEqual([copy.records.size, copy.damaged], [1, 3]);
});

test("Markdown and CSV", () => {
  const line: Line = { id: "a", kind: "topic", stage: "1.1 Linux", text: "=1+1, «тема»", status: "done", day: "2026-11-22", note: 'my "note"' };
  const words = { todo: "todo", doing: "doing", done: "done", skipped: "skipped" };
  assert.equal(markdown("T", [line], words), '# T\n\n## 1.1 Linux\n\n- [x] =1+1, «тема» — 2026-11-22\n  > my "note"\n');
  assert.ok(csv([line]).includes('"\'=1+1, «тема»"'));
  assert.ok(csv([line]).includes('"my ""note"""'));
});

test("activity: started again still counts; weeks in a row survive a week that has just begun", () => {
  const at = (day: string): number => new Date(`${day}T12:00:00`).getTime();
  const stamp = (day: string): string => `${at(day).toString(36).padStart(9, "0")}000aaaaaa`;
  const records: Records = new Map([
    ["c:item:a", { stamp: stamp("2026-11-18"), value: "done" }],
    ["c:item:b", { stamp: stamp("2026-11-18"), value: "todo" }],
    ["c:past:stage-s@Tabc", { stamp: stamp("2026-11-20"), value: [["b", "done", at("2026-11-11")]] }],
    ["c:session:s", { stamp: stamp("2026-11-20"), value: { day: "2026-11-20", minutes: 90 } }],
  ]);
  const activity = activityOf(records);
  assert.deepEqual([...activity.days].sort(), [["2026-11-11", 1], ["2026-11-18", 1]]);
  assert.equal(activity.minutes.get("2026-W47"), 90);
  assert.equal(weeksInARow(activity.weeks, new Date("2026-11-24T12:00:00")), 2);
  assert.equal(weeksInARow(activity.weeks, new Date("2026-12-08T12:00:00")), 0);
});
