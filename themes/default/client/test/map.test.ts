// What a stage on the map is to the learner.

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Count } from "../src/count";
import { statesOf, type Stop } from "../src/map";

const road: Stop[] = [
  { id: "linux", needs: [] },
  { id: "python", needs: ["linux"] },
  { id: "web", needs: ["python"] },
  { id: "draft", needs: [] },
  { id: "after-draft", needs: ["draft"] },
];

function states(counts: Record<string, Partial<Count>>): Record<string, string> {
  const countOf = (id: string): Count | undefined => ({ done: 0, total: 4, points: 0, ...counts[id] });
  return Object.fromEntries(statesOf(road, countOf));
}

test("at first what needs nothing is open", () => {
  assert.deepEqual(states({}), {
    linux: "open", python: "later", web: "later", draft: "open", "after-draft": "later",
  });
});

test("what is finished opens what needs it", () => {
  const found = states({ linux: { done: 4, points: 4000 } });
  assert.equal(found["linux"], "done");
  assert.equal(found["python"], "open");
  assert.equal(found["web"], "later");
});

test("what was begun out of turn is in work, not locked", () => {
  assert.equal(states({ web: { points: 500 } })["web"], "doing");
});

test("a stage with nothing left to do bars no way", () => {
  assert.equal(states({ draft: { total: 0 } })["after-draft"], "open");
});

test("a stage whose count is not known has no state, nor what hangs on it", () => {
  const countOf = (id: string): Count | undefined => (id === "linux" ? undefined : { done: 0, total: 1, points: 0 });
  const found = statesOf(road, countOf);
  assert.equal(found.has("linux"), false);
  assert.equal(found.has("python"), false);
  assert.equal(found.get("web"), "later");
});
