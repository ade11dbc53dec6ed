// One count everywhere.

import assert from "node:assert/strict";
import { test } from "node:test";
import { add, countOwn, countProject, countStage, countStages, NOTHING, percent } from "../src/count";
import { readLevel, type StageList } from "../src/lists";
import type { Status } from "../src/record";
import { forAll, type Random } from "./generate";

const stage: StageList = readLevel({
  id: "l",
  digest: "",
  stages: [
    {
      id: "s",
      title: "S",
      url: "",
      topics: ["t1 h", "t2 h", "t3 h"],
      projects: [{ id: "p", item: "p1", title: "P", url: "", steps: ["x1", "x2", "x3", "x4"] }],
    },
  ],
}).stages[0]!;

const with_ = (status: Record<string, Status>) => (id: string): Status => status[id] ?? "todo";

test("topics and projects count 1 each", () => {
  assert.deepEqual(countStage(stage, with_({ t1: "done", p1: "done" })), { done: 2, total: 4, points: 2000 });
});

test("an unfinished project counts its ticked share of steps, at most 0.9", () => {
  const project = stage.projects[0]!;
  assert.equal(countProject(project, with_({ x1: "done" })).points, 225);
  assert.equal(countProject(project, with_({ x1: "done", x2: "done", x3: "done", x4: "done" })).points, 900);
  assert.equal(countProject(project, with_({ x1: "done", x2: "skipped", x3: "skipped", x4: "skipped" })).points, 900);
  assert.equal(countProject(project, with_({ x1: "skipped", x2: "skipped", x3: "skipped", x4: "skipped" })).points, 0);
  assert.equal(countProject(project, with_({ p1: "done" })).points, 1000);
  assert.equal(percent(countOwn(project, with_({ x1: "done", x2: "done" }))), 45);
});

test("skipped leaves the denominator", () => {
  assert.deepEqual(countStage(stage, with_({ t1: "skipped", p1: "skipped", t2: "done" })), { done: 1, total: 2, points: 1000 });
});

test("100 per cent only where all is done; order of adding does not matter", () => {
  forAll(300, (random) => {
    const stages = Array.from({ length: 1 + random.below(5) }, (_, n) => someStage(random, n));
    const status = new Map<string, Status>();
    const statusOf = (id: string): Status => {
      if (!status.has(id)) status.set(id, random.pick(["todo", "doing", "done", "done", "skipped"] as const));
      return status.get(id)!;
    };
    const whole = countStages(stages, statusOf);
    const backwards = [...stages].reverse().reduce((sum, one) => add(countStage(one, statusOf), sum), NOTHING);
    assert.deepEqual(whole, backwards);
    assert.ok(whole.points <= whole.total * 1000);
    assert.equal(percent(whole) === 100, whole.total > 0 && whole.done === whole.total);
  });
});

function someStage(random: Random, n: number): StageList {
  return {
    ...stage,
    topics: Array.from({ length: random.below(6) }, (_, t) => ({ id: `t${n}-${t}`, hash: "" })),
    projects: Array.from({ length: random.below(4) }, (_, p) => ({
      ...stage.projects[0]!,
      id: `p${n}-${p}`,
      steps: Array.from({ length: random.below(7) }, (_, s) => ({ id: `x${n}-${p}-${s}`, hash: "" })),
    })),
  };
}
