// The words: complete in every language, plural forms, nothing asked for that is not there.

import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { type Pattern, speaker } from "../src/words";
// @ts-expect-error The compiler is plain JavaScript, so that tests of the site can use it too.
import { compileFluent } from "../scripts/words.mjs";

const folder = process.cwd();
const locales = [join(folder, "locales"), join(folder, "../locales")];

/** What the scripts can say: the messages of every word file of the language. */
function messages(language: string): Record<string, Pattern> {
  const place = locales.find((place) => existsSync(place));
  assert.ok(place, "there is a folder of words");
  const files = readdirSync(place).filter((name) => name === `${language}.ftl` || name.endsWith(`.${language}.ftl`));
  assert.ok(files.length > 0, `there are words for ${language}`);
  const compiled = files.map((name) => compileFluent(readFileSync(join(place, name), "utf8")) as Record<string, Pattern>);
  return Object.assign({}, ...compiled) as Record<string, Pattern>;
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
