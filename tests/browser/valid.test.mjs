// The HTML of all pages is valid. Input: the folder in SITE.
import test from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { FileSystemConfigLoader, HtmlValidate } from "html-validate";
import { files } from "./browser.mjs";

const require = createRequire(import.meta.url);
const site = path.resolve(process.env.SITE ?? "site");

test("the Nu HTML checker finds no error on any page", async () => {
  const jar = path.join(path.dirname(require.resolve("vnu-jar/package.json")), "build/dist/vnu.jar");
  const said = await promisify(execFile)("java", ["-jar", jar, "--errors-only", "--skip-non-html", "--format", "json", site],
    { maxBuffer: 1 << 28 }).catch((failed) => failed);
  assert.ok(said.stderr.startsWith("{"), said.stderr);
  const { messages } = JSON.parse(said.stderr);
  assert.deepEqual(messages.map(({ url, lastLine, message }) => `${url.split("/").slice(-3).join("/")}:${lastLine}: ${message}`), []);
});

test("html-validate finds no error on any page but the whole road on paper", async () => {
  const rules = new HtmlValidate(new FileSystemConfigLoader({
    root: true,
    extends: ["html-validate:standard", "html-validate:a11y"],
    rules: {
      // The generator writes attributes as it finds them shortest, and long lines.
      "no-trailing-whitespace": "off",
      "long-title": "off",
      // `rel="noopener"` and a role that older readers need are no errors.
      "no-redundant-role": "off",
      // A list may have a name: that is what tells it from the list beside it.
      "aria-label-misuse": ["error", { allowAnyNamable: true }],
    },
  }));
  const problems = [];
  // The whole road on paper is its levels' documents in a row, and too long for this checker.
  const pages = (await files(site)).filter((name) => name.endsWith(".html") && name !== "print/index.html");
  for (const file of pages) {
    const report = await rules.validateFile(path.join(site, file));
    for (const { messages } of report.results) {
      for (const { line, message, ruleId } of messages) problems.push(`${file}:${line}: ${message} (${ruleId})`);
    }
  }
  assert.deepEqual(problems.slice(0, 40), []);
});
