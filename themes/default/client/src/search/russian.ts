// The stem of a Russian word, after the published Snowball algorithm.
//
// Input: a lower-case word with `е` for `ё`. Output: its stem. Responsibility: the same stems as the
// index; a test compares both over large lists of words.

/** Endings, and among them those that need an `а` or `я` before them. */
class Endings {
  private readonly free: Set<string>;
  private readonly bound: Set<string>;
  private readonly longest: number;

  constructor(free: string, bound = "") {
    this.free = new Set(free.split(" "));
    this.bound = new Set(bound ? bound.split(" ") : []);
    this.longest = Math.max(...[...this.free, ...this.bound].map((one) => one.length));
  }

  /** Where the longest ending of `word` begins, not before `from`; −1 where it may not go. */
  find(word: string, from: number): number {
    for (let at = Math.max(from, word.length - this.longest); at < word.length; at++) {
      const ending = word.slice(at);
      if (this.free.has(ending)) return at;
      if (this.bound.has(ending)) return at > from && (word[at - 1] === "а" || word[at - 1] === "я") ? at : -1;
    }
    return -1;
  }
}

const GERUND = new Endings("ив ивши ившись ыв ывши ывшись", "в вши вшись");
const ADJECTIVE = new Endings("ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею");
const PARTICIPLE = new Endings("ивш ывш ующ", "ем нн вш ющ щ");
const REFLEXIVE = new Endings("ся сь");
const VERB = new Endings(
  "ила ыла ена ейте уйте ите или ыли ей уй ил ыл им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю",
  "ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно",
);
const NOUN = new Endings(
  "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я",
);
const DERIVED = new Endings("ост ость");
const SUPERLATIVE = new Endings("ейш ейше");

const isVowel = (c: string | undefined): boolean => c !== undefined && "аеиоуыэюя".includes(c);

export function russian(word: string): string {
  let at = 0;
  const past = (vowel: boolean): boolean => {
    while (at < word.length && isVowel(word[at]) !== vowel) at++;
    if (at >= word.length) return false;
    at++;
    return true;
  };
  if (!past(true)) return word;
  const rv = at;
  const r2 = past(false) && past(true) && past(false) ? at : word.length;
  const cut = (endings: Endings): boolean => {
    const found = endings.find(word, rv);
    if (found < 0) return false;
    word = word.slice(0, found);
    return true;
  };
  if (!cut(GERUND)) {
    cut(REFLEXIVE);
    if (cut(ADJECTIVE)) cut(PARTICIPLE);
    else if (!cut(VERB)) cut(NOUN);
  }
  const ends = (ending: string): boolean => word.length - ending.length >= rv && word.endsWith(ending);
  if (ends("и")) word = word.slice(0, -1);
  const derived = DERIVED.find(word, rv);
  if (derived >= r2) word = word.slice(0, derived);
  if (cut(SUPERLATIVE)) {
    if (ends("нн")) word = word.slice(0, -1);
  } else if (ends("нн") || ends("ь")) word = word.slice(0, -1);
  return word;
}
