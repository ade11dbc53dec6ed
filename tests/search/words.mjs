// A curriculum of nothing but words, so that the browser's stems are compared with the index's over
// far more forms than any content has. Input: a folder to write to; the dictionaries of hunspell.
// Output: the curriculum. Every word of each language's sample is there as it is and with endings
// that the algorithms look for, right or wrong: a stem must be the same for any letters.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

const folder = process.argv[2];
const DICTIONARIES = "/usr/share/hunspell";
const EVERY = 6;
const WORDS_A_PAGE = 5000;

const RUSSIAN = ("а я у ю ы и о е ом ем ой ей ам ям ами ями ах ях ов ев ого его ому ему ый ий ая яя ое ее ые ие ую юю ым им ых их "
  + "ыми ими ть л ла ло ли ет ит ют ят ешь ишь ете ите вший вшись ившись ывши ющий емый нный ейший ость остью ся сь тся уя ив ыв ена ены").split(" ");
const ENGLISH = ("s es ed ing er ers ly ness ful less able ible ation ational ize ization ment ement ous ously ive ively al ally ism "
  + "ity iveness fulness ousness ogist ogy edly ingly eed eedly ied ies ical icate ance ence").split(" ");

function dictionary(name, letters) {
  const encoding = /^SET\s+(\S+)/m.exec(readFileSync(path.join(DICTIONARIES, `${name}.aff`), "latin1"))?.[1] ?? "utf-8";
  const text = new TextDecoder(encoding).decode(readFileSync(path.join(DICTIONARIES, `${name}.dic`)));
  const words = text.split("\n").slice(1).map((line) => line.split("/")[0].trim().toLowerCase().replace(/ё/g, "е"));
  return words.filter((word, at) => at % EVERY === 0 && letters.test(word));
}

const words = new Set();
function add(word, endings, from, count) {
  words.add(word);
  for (let no = 0; no < count; no++) words.add(word.slice(0, word.length - (no % 3)) + endings[(from + no * 7) % endings.length]);
}
dictionary("ru_RU", /^[а-я]{3,25}$/).forEach((word, at) => add(word, RUSSIAN, at, 4));
dictionary("en_US", /^[a-z]{3,25}$/).forEach((word, at) => add(word, ENGLISH, at, 8));

function write(name, text) {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
write("book.toml", '[curriculum]\nid = "words"\ntitle = "Words"\nlanguage = "ru"\n');
for (const name of ["README.md", "10-a/README.md", "10-a/10-b/README.md"]) write(`content/${name}`, "---\ntitle: Words\n---\n");
const all = [...words];
for (let from = 0; from < all.length; from += WORDS_A_PAGE) {
  const lines = [];
  for (let at = from; at < Math.min(from + WORDS_A_PAGE, all.length); at += 20) lines.push(all.slice(at, at + 20).join(" "));
  write(`content/pages/words-${from}.md`, `---\ntitle: Words ${from}\n---\n\n${lines.join("\n")}\n`);
}
console.log(`${all.length} words`);
