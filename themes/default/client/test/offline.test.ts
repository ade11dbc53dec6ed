// Where a request leads without a network, and that a failure ends the work.

import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, cachePrefix, each, find, type Release } from "../src/offline";

const release: Release = {
  curriculum: "c",
  release: "r",
  files: { "index.html": "1", "stages/linux/index.html": "2", "assets/a b.css": "3", "data/level-основы.js": "4" },
  bytes: 4,
};

test("addresses find their file, folders with and without a slash", () => {
  const at = (path: string) => find(release, "/book/", path);
  assert.deepEqual(at("/book/"), { file: "index.html" });
  assert.deepEqual(at("/book/index.html"), { file: "index.html" });
  assert.deepEqual(at("/book/stages/linux/"), { file: "stages/linux/index.html" });
  assert.deepEqual(at("/book/stages/linux"), { moved: "/book/stages/linux/" });
  assert.deepEqual(at("/book/assets/a%20b.css"), { file: "assets/a b.css" });
  assert.deepEqual(at(`/book/data/level-${encodeURIComponent("основы")}.js`), { file: "data/level-основы.js" });
  for (const strange of ["/book/nowhere/", "/book", "/other/index.html", "/book/%E0%A4%A", "/book/constructor", "/book/__proto__"]) {
    assert.equal(at(strange), undefined, strange);
  }
});

test("an address leads back to its file", () => {
  for (const file of Object.keys(release.files)) {
    assert.deepEqual(find(release, "/a%20b/", addressOf("/a%20b/", file)), { file });
  }
});

test("two sites of one origin never share a cache", () => {
  const prefixes = [cachePrefix("c", "/a/"), cachePrefix("c", "/a/b/"), cachePrefix("d", "/a/"), cachePrefix("c", "/")];
  for (const one of prefixes) for (const two of prefixes) assert.equal(two.startsWith(one), one === two, `${one} ${two}`);
});

test("the first failure ends the work, and no lane goes on", async () => {
  const done: number[] = [];
  await assert.rejects(
    each([1, 2, 3, 4, 5, 6, 7, 8], 2, async (n) => {
      await new Promise((resolve) => setTimeout(resolve, n));
      if (n === 3) throw new Error("three");
      done.push(n);
    }),
    /three/,
  );
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.ok(!done.includes(7) && !done.includes(8), String(done));
});
