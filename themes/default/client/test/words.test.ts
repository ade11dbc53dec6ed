// The words: complete in every language, plural forms, nothing asked for that is not there.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Pattern, speaker } from "../src/words";
// @ts-expect-error The compiler is plain JavaScript, so that tests of the site can use it too.
import { compileFluent } from "../scripts/words.mjs";

const folder = process.cwd();
const locales = [join(folder, "locales"), join(folder, "../locales")];

function messages(language: string): Record<string, Pattern> {
  for (const place of locales) {
    try {
      return compileFluent(readFileSync(join(place, `client.${language}.ftl`), "utf8")) as Record<string, Pattern>;
    } catch (error) {
      if ((error as { code?: string }).code !== "ENOENT") throw error;
    }
  }
  throw new Error(`no client.${language}.ftl`);
}

test("Russian and English have the same messages with the same variables", () => {
  const variables = (pattern: Pattern): string =>
    [...new Set([...JSON.stringify(pattern).matchAll(/\{\$([\w-]+)\}|"sel":"([\w-]+)"/g)].map((found) => found[1] ?? found[2]))].sort().join();
  const ru = messages("ru");
  const en = messages("en");
  assert.deepEqual(Object.keys(ru).sort(), Object.keys(en).sort());
  for (const [id, pattern] of Object.entries(ru)) assert.equal(variables(pattern), variables(en[id]!), id);
});

test("every message that the script asks for exists", () => {
  const known = messages("ru");
  const asked = new Set<string>();
  const walk = (place: string): void => {
    for (const name of readdirSync(place)) {
      const path = join(place, name);
      if (statSync(path).isDirectory()) walk(path);
      else {
        const text = readFileSync(path, "utf8");
        for (const found of text.matchAll(/(desk\.)?\bsay\(\s*["`]([\w-]+)["`]/g)) asked.add((found[1] ? "progress-" : "") + found[2]!);
        for (const found of text.matchAll(/\bsection\(\s*desk,\s*"([\w-]+)"/g)) asked.add(`progress-${found[1]!}`);
      }
    }
  };
  walk(join(folder, "src"));
  assert.ok(asked.size > 20);
  assert.deepEqual([...asked].filter((id) => !(id in known)), []);
});

test("plural forms and literals", () => {
  const say = speaker("ru", messages("ru"));
  assert.equal(say("left-count", { n: 1 }), "осталась 1 позиция");
  assert.equal(say("left-count", { n: 23 }), "осталось 23 позиции");
  assert.equal(say("left-count", { n: 11 }), "осталось 11 позиций");
  assert.equal(say("left-count", { n: 0 }), "всё сделано");
  const since = { level: "Основы", fresh: 4, reworded: 2, moved: 0, retired: 1, done: 12, total: 23 };
  assert.equal(
    say("since", since),
    "С вашего прошлого прихода («Основы»): 4 новые позиции, изменён текст: 2, убрано: 1, теперь сделано 12 из 23.",
  );
  assert.equal(say("no-such-message"), "no-such-message");
});
