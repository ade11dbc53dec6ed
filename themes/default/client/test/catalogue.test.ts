// Which projects are shown, and the choice in an address.
import assert from "node:assert/strict";
import test from "node:test";

import { fromFragment, isShown, toFragment } from "../src/catalogue";

const project = { level: "2", difficulty: 3, hours: 18, skills: ["redis", "docker"] };

test("each filter narrows, and what says nothing of itself passes the bounds", () => {
  assert.ok(isShown(project, {}));
  assert.ok(isShown(project, { level: "2", difficulty: "3", hours: "20", skill: "redis" }));
  for (const choice of [{ level: "1" }, { difficulty: "2" }, { hours: "10" }, { skill: "git" }]) {
    assert.ok(!isShown(project, choice), JSON.stringify(choice));
  }
  assert.ok(isShown({ ...project, difficulty: 0, hours: 0 }, { difficulty: "1", hours: "5" }));
});

test("a choice goes into an address and comes back", () => {
  const choice = { level: "2", skill: "c++ & идемпотентность" };
  assert.deepEqual(fromFragment(`#${toFragment(choice)}`), choice);
  assert.equal(toFragment({}), "");
  assert.deepEqual(fromFragment("#linux"), {});
  assert.deepEqual(fromFragment("#level=&other=1"), {});
});
