// The stem of an English word, after the published Snowball algorithm (its second form, as of
// Snowball 3).
//
// Input: a lower-case word. Output: its stem. Responsibility: the same stems as the index; a test
// compares both over large lists of words.

const WHOLE: Record<string, string> = {
  skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli",
  singly: "singl", sky: "sky", news: "news", howe: "howe", atlas: "atlas", cosmos: "cosmos", bias: "bias",
  andes: "andes",
};

const BEGINNINGS = ["arsen", "commun", "emerg", "gener", "inter", "later", "organ", "past", "univers"];

/** Endings of the second step and what replaces them. */
const SECOND = table(
  "tional:tion enci:ence anci:ance abli:able entli:ent izer:ize ization:ize ational:ate ation:ate ator:ate " +
    "alism:al aliti:al alli:al fulness:ful ousli:ous ousness:ous iveness:ive iviti:ive biliti:ble bli:ble " +
    "ogist:og ogi:og fulli:ful lessli:less li:",
);
const THIRD = table("tional:tion ational:ate alize:al icate:ic iciti:ic ical:ic ful: ness: ative:");
const FOURTH = table(
  "al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: ism: ate: iti: ous: ive: ize: ion:",
);

function table(text: string): Map<string, string> {
  return new Map(text.split(" ").map((pair) => pair.split(":") as [string, string]));
}

function longest(word: string, endings: Iterable<string>): string | undefined {
  let found: string | undefined;
  for (const ending of endings) {
    if (word.endsWith(ending) && (found === undefined || ending.length > found.length)) found = ending;
  }
  return found;
}

const isVowel = (c: string | undefined): boolean => c !== undefined && c !== "" && "aeiouy".includes(c);
const hasVowel = (text: string): boolean => /[aeiouy]/.test(text);

/** Whether a part ends in a short syllable. */
function isShort(part: string): boolean {
  const [third, second, last] = [part[part.length - 3], part[part.length - 2], part[part.length - 1]];
  if (third !== undefined && last !== undefined && !isVowel(last) && !"wxY".includes(last) && isVowel(second) && !isVowel(third)) {
    return true;
  }
  if (part.length === 2 && isVowel(second) && !isVowel(last)) return true;
  return part.endsWith("past");
}

export function english(word: string): string {
  const known = WHOLE[word];
  if (known !== undefined && Object.prototype.hasOwnProperty.call(WHOLE, word)) return known;
  if (word.length < 3) return word;
  word = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const [r1, r2] = regions(word);
  word = first(word, r1);
  word = second(word, r1);
  word = third(word, r1, r2);
  word = fourth(word, r2);
  word = fifth(word, r1, r2);
  return word.replace(/Y/g, "y");
}

/** Where the first and the second region begin: behind the first consonant that follows a vowel. */
function regions(word: string): [number, number] {
  const behind = (from: number): number => {
    let at = from;
    while (at < word.length && !isVowel(word[at])) at++;
    while (at < word.length && isVowel(word[at])) at++;
    return at < word.length ? at + 1 : word.length;
  };
  const beginning = BEGINNINGS.find((one) => word.startsWith(one));
  const r1 = beginning ? beginning.length : behind(0);
  return [r1, behind(r1)];
}

/** Plurals, `-ed`, `-ing`, and `-y`. */
function first(word: string, r1: number): string {
  if (word.endsWith("sses")) word = word.slice(0, -2);
  else if (word.endsWith("ied") || word.endsWith("ies")) word = word.slice(0, word.length > 4 ? -2 : -1);
  else if (word.endsWith("s") && !word.endsWith("ss") && !word.endsWith("us") && hasVowel(word.slice(0, -2))) {
    word = word.slice(0, -1);
  }
  word = past(word, r1);
  if (/[yY]$/.test(word) && word.length > 2 && !isVowel(word[word.length - 2])) word = word.slice(0, -1) + "i";
  return word;
}

function past(word: string, r1: number): string {
  const ending = longest(word, ["ed", "eed", "ing", "edly", "eedly", "ingly"]);
  if (ending === undefined) return word;
  const part = word.slice(0, -ending.length);
  if (ending.startsWith("ee")) {
    return part.length >= r1 && !["succ", "proc", "exc"].includes(part) ? part + "ee" : word;
  }
  if (ending === "ing") {
    if (/^[^aeiouy]y$/.test(part)) return part.slice(0, -1) + "ie";
    if (["even", "cann", "inn", "earr", "herr", "out"].includes(part)) return word;
  }
  if (!hasVowel(part)) return word;
  if (/(at|bl|iz)$/.test(part)) return part + "e";
  if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(part)) return /^[aeo]..$/.test(part) ? part : part.slice(0, -1);
  return part.length === r1 && isShort(part) ? part + "e" : part;
}

function second(word: string, r1: number): string {
  const ending = longest(word, SECOND.keys());
  if (ending === undefined) return word;
  const part = word.slice(0, -ending.length);
  if (part.length < r1) return word;
  if (ending === "ogi" && !part.endsWith("l")) return word;
  if (ending === "li" && !/[cdeghkmnrt]$/.test(part)) return word;
  return part + SECOND.get(ending);
}

function third(word: string, r1: number, r2: number): string {
  const ending = longest(word, THIRD.keys());
  if (ending === undefined) return word;
  const part = word.slice(0, -ending.length);
  return part.length < (ending === "ative" ? Math.max(r1, r2) : r1) ? word : part + THIRD.get(ending);
}

function fourth(word: string, r2: number): string {
  const ending = longest(word, FOURTH.keys());
  if (ending === undefined) return word;
  const part = word.slice(0, -ending.length);
  if (part.length < r2 || (ending === "ion" && !/[st]$/.test(part))) return word;
  return part;
}

function fifth(word: string, r1: number, r2: number): string {
  const part = word.slice(0, -1);
  if (word.endsWith("e")) return part.length >= r2 || (part.length >= r1 && !isShort(part)) ? part : word;
  return word.endsWith("ll") && part.length >= r2 ? part : word;
}
