// Items that were renamed, merged, split, moved, retired.

import assert from "node:assert/strict";
import { test } from "node:test";
import { type PublishedLevel, readLevel } from "../src/lists";
import { isSilent, newsOf, seenOf } from "../src/news";
import type { Records } from "../src/merge";
import { State } from "../src/state";

function level(topics: string[], more: Partial<PublishedLevel> = {}, second: string[] = []) {
  return readLevel({
    id: "l",
    digest: "",
    stages: [
      { id: "one", title: "", url: "", topics },
      { id: "two", title: "", url: "", topics: second },
    ],
    ...more,
  });
}

function ticked(...ids: string[]): Records {
  return new Map(ids.map((id, n) => [`c:item:${id}`, { stamp: `m0000000${n}000aaaaaa`, value: "done" }]));
}

test("a tick under a former id counts at the present one, until a newer one says otherwise", () => {
  const records = ticked("old");
  const state = new State("c", records);
  state.learn(level(["new h"], { aliases: { old: "new" } }));
  assert.equal(state.statusOf("new"), "done");
  records.set("c:item:new", { stamp: "m00000009000aaaaaa", value: "todo" });
  assert.equal(state.statusOf("new"), "todo");
});

test("merged items are done only if all parts were", () => {
  const of = (...ids: string[]): string => {
    const state = new State("c", ticked(...ids));
    state.learn(level(["n h", "kept h"], { merged: { n: ["a", "b"], kept: ["kept", "b"] } }));
    return `${state.statusOf("n")} ${state.statusOf("kept")}`;
  };
  assert.equal(of("a"), "todo todo");
  assert.equal(of("a", "b"), "done todo");
  assert.equal(of("kept"), "todo done");
});

test("news: new, reworded, moved, retired; corrections of spelling are silent", () => {
  const before = seenOf(level(["a 1", "b 1", "c 1", "d 1"]));
  const news = newsOf(level(["a 1", "b 2", "new 1"], {}, ["c 1"]), before, () => false, () => "todo");
  assert.deepEqual([news.fresh, news.reworded, news.moved, news.retired], [["new"], ["b"], ["c"], ["d"]]);
  assert.ok(isSilent(newsOf(level(["b 1", "a 1", "c 1", "d 1"]), before, () => false, () => "todo")));
});

test("an item renamed by an alias is neither new nor retired", () => {
  const news = newsOf(level(["new 1"], { aliases: { old: "new" } }), { old: "1 one" }, () => false, () => "todo");
  assert.ok(isSilent(news));
});

test("an item that came from another level has moved", () => {
  const news = newsOf(level(["a 1"]), {}, (id) => id === "a", () => "todo");
  assert.deepEqual([news.fresh, news.moved], [[], ["a"]]);
});

test("a split is asked about only where the whole was done and the part is new", () => {
  const now = level(["whole 1", "part 1"], { split: { part: "whole" } });
  const news = newsOf(now, { whole: "1 one" }, () => false, () => "done");
  assert.deepEqual([...news.split], [["whole", ["part"]]]);
  assert.equal(newsOf(now, { whole: "1 one" }, () => false, () => "todo").split.size, 0);
  assert.equal(newsOf(now, { whole: "1 one", part: "1 one" }, () => false, () => "done").split.size, 0);
});
