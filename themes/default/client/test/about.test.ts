import { test } from "node:test";
import assert from "node:assert/strict";
import { isTerm, keyOf, place } from "../src/about";
import { reached } from "../src/reached";

test("the place of a key is the generator's", () => {
  // The same values stand in the test of `src/site/about.rs`.
  assert.equal(place("stages/linux/index.html", 1000), 907);
  assert.equal(place("glossary/index.html#миграция", 1000), 845);
});

test("a key is the path from the root, and for terms the anchor with it", () => {
  const root = "https://a.example/road/";
  assert.equal(keyOf(`${root}stages/linux/index.html#%D0%B0`, root), "stages/linux/index.html");
  assert.equal(keyOf(`${root}glossary/index.html#%D0%B0-1`, root), "glossary/index.html#а-1");
  assert.equal(keyOf(`${root}glossary/index.html`, root), "glossary/index.html");
  assert.equal(keyOf("https://b.example/", root), undefined);
  assert.equal(keyOf(`${root}%E0%A4%A`, root), undefined);
  assert.equal(isTerm("glossary/index.html#а-1"), true);
  assert.equal(isTerm("glossary/index.html"), false);
});

test("the last heading above the line is reached", () => {
  assert.equal(reached([200, 400], 140, false), -1);
  assert.equal(reached([-300, 100, 900], 140, false), 1);
  assert.equal(reached([-300, 100, 900], 140, true), 2);
  assert.equal(reached([-300, Infinity], 140, true), 0);
});
