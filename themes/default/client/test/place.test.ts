import assert from "node:assert/strict";
import { test } from "node:test";
import { readPlace } from "../src/place";

test("a fragment names a page, an anchor, or both", () => {
  const cases: [string, string, string][] = [
    ["", "", ""],
    ["#stages/linux/index.html", "stages/linux/index.html", ""],
    ["#stages/linux/index.html%23недели-1-2", "stages/linux/index.html", "недели-1-2"],
    ["#stages/linux/index.html#%D0%BD", "stages/linux/index.html", "н"],
    ["#a1b2c3d4", "", "a1b2c3d4"],
    ["#100%", "", "100%"],
  ];
  for (const [fragment, path, anchor] of cases) assert.deepEqual(readPlace(fragment), { path, anchor }, fragment);
});
