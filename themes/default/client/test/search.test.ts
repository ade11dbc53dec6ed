// The words and stems of the browser are those of the index; what learners type finds its page.
// Input: the folder of a built site in SITE; without it only what needs none.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import vm from "node:vm";

import { english } from "../src/search/english";
import { otherLayout } from "../src/search/layout";
import { ask } from "../src/search/query";
import { type Hit, rank } from "../src/search/rank";
import { russian } from "../src/search/russian";
import { Shelf } from "../src/search/shelf";
import { words } from "../src/search/token";
import { slips } from "../src/search/typo";

const site = process.env["SITE"];

/** A shelf that reads the files of a built site as a browser does, and counts them. */
function shelfOf(folder: string): { shelf: Shelf; loaded: Set<string> } {
  const loaded = new Set<string>();
  const scope: { roadbookSupply: { push(parcel: [string, unknown]): void } } = {
    roadbookSupply: { push: ([kind, value]) => shelf.take(kind, value) },
  };
  const context = vm.createContext({ self: scope });
  const shelf = new Shelf(async (name) => {
    loaded.add(name);
    vm.runInContext(readFileSync(join(folder, "data", `${name}.js`), "utf8"), context);
  });
  return { shelf, loaded };
}

async function find(shelf: Shelf, typed: string): Promise<Hit[]> {
  return rank(shelf, await ask(shelf, typed));
}

test("terms keep their signs", () => {
  const cases: [string, string][] = [
    ["Пишем на C++, C# и C.", "пишем на c++ c c# c и c"],
    ["CI/CD-шаблоны", "ci/cd-шаблоны ci/cd ci cd шаблоны"],
    ["HTTP/1.1, HTTP/2", "http/1.1 http 1.1 http/2 http 2"],
    ["Файл `.env.example`.", "файл .env.example env.example env example"],
    ["N+1 и 50+", "n+1 n 1 и 50"],
    ["10.0.1.2 ... - / #1", "10.0.1.2 1"],
  ];
  for (const [text, expected] of cases) assert.equal(words(text).join(" "), expected);
});

test("stems, layouts and slips", () => {
  assert.equal(russian("сетями"), "сет");
  assert.equal(russian("безопасностью"), "безопасн");
  assert.equal(english("migrations"), "migrat");
  assert.equal(english("constructor"), "constructor");
  assert.equal(otherLayout("ыудусе"), "select");
  assert.equal(otherLayout("r'ibhjdfybt"), "кэширование");
  assert.equal(slips("gatway", "gateway", 1), 1);
  assert.equal(slips("gaetway", "gateway", 1), 1);
  assert.equal(slips("getawya", "gateway", 1), 2);
});

test("every form of the site's vocabulary has the stem that the index gave it", { skip: !site }, async () => {
  const { shelf } = shelfOf(site!);
  await shelf.open();
  let forms = 0;
  const wrong: string[] = [];
  for (const word of await shelf.vocabulary()) {
    for (const form of word.forms) {
      forms++;
      if (shelf.stems.stem(form) !== word.stem) wrong.push(`${form}: ${shelf.stems.stem(form)}, not ${word.stem}`);
      if (words(form)[0] !== form) wrong.push(`${form} is read as ${words(form).join(" ")}`);
    }
  }
  assert.deepEqual(wrong.slice(0, 20), []);
  assert.ok(forms > 1000, `${forms} forms`);
});

// The first list was written before the ranking, the second after it.
for (const [list, least] of [
  ["queries.tsv", 0.95],
  ["unseen.tsv", 0.85],
] as const) {
  const file = join(process.cwd(), "../../../tests/search", list);
  test(`what learners type finds its page: ${list}`, { skip: !site || !existsSync(file) }, async (context) => {
    const { shelf } = shelfOf(site!);
    const lines = readFileSync(file, "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
    const missed: string[] = [];
    let first = 0;
    for (const line of lines) {
      const [kind, typed = "", pages = ""] = line.split("\t");
      const wanted = pages.split(" ").map((page) => (page === "home" ? "index.html" : `${page}/index.html`));
      const found = [...new Set((await find(shelf, typed)).map((hit) => hit.entry.url))];
      const at = found.findIndex((url) => wanted.includes(url));
      if (at === 0) first++;
      if (at < 0 || at > 2) missed.push(`${kind}: ${typed}: ${wanted.join(" ")} is ${at + 1}, behind ${found.slice(0, 3).join(" ")}`);
    }
    const share = 1 - missed.length / lines.length;
    context.diagnostic(`${lines.length} queries, ${first} first, ${lines.length - missed.length} among the first three`);
    for (const line of missed) context.diagnostic(line);
    assert.ok(share >= least, missed.join("\n"));
  });
}

test("a query fetches little, and a missing word empties nothing", { skip: !site }, async () => {
  const { shelf, loaded } = shelfOf(site!);
  assert.ok((await find(shelf, "redis кластер")).length > 0);
  const fetched = [...loaded].filter((name) => name.startsWith("search-words"));
  assert.ok(fetched.length <= 6, fetched.join(" "));
  assert.ok((await find(shelf, "redis абырвалгус")).length > 0);
  assert.equal(readdirSync(join(site!, "data")).filter((name) => name === "search.js").length, 1);
});
