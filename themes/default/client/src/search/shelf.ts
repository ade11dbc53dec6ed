// The index as its files bring it.
//
// Input: parcels `search`, `search-words`, `search-postings`, `search-texts` (CONTRACT.md). Output:
// words, places and texts. Responsibility: fetching only what a question needs, each file once; what
// is in the page already is not fetched.

import { Stems } from "./stem";

export interface Core {
  format: number;
  language: string;
  stems: [string, string];
  kinds: [string, number][];
  stop: string;
  names: string[][];
  words: string[];
  terms: number[];
  postings: number[];
  texts: number[];
}

export interface Word {
  term: number;
  stem: string;
  /** In how many entries it stands. */
  count: number;
  forms: string[];
}

export interface Posting {
  entries: number[];
  weights: number[];
}

export interface Part {
  kind: "page" | "section" | "item";
  anchor: string;
  label: string;
  text: string;
}

export interface Entry {
  no: number;
  kind: string;
  title: string;
  number: string;
  url: string;
  stage: number;
  level: string;
  summary: string;
  names: string;
  parts: Part[];
}

type RawPart = [number, string, string, string];
type RawEntry = [string, string, string, number, string, string, string, RawPart[]];

const PARTS = ["page", "section", "item"] as const;
const SIGNS = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
const VALUES = new Map([...SIGNS].map((sign, value) => [sign, value]));

export class Shelf {
  core!: Core;
  stems!: Stems;
  stop = new Set<string>();
  /** The first entry of each kind. */
  private firsts: number[] = [];
  private readonly words: Word[][] = [];
  private readonly postings: string[][] = [];
  private readonly texts: RawEntry[][] = [];
  private readonly raw: string[] = [];
  private readonly decoded = new Map<number, Posting>();
  private readonly entries = new Map<number, Entry>();

  /** `load` brings `data/NAME.js`. */
  constructor(private readonly load: (name: string) => Promise<void>) {}

  /** What a file hands over. */
  take(kind: string, value: unknown): void {
    if (kind === "search") {
      this.core = value as Core;
      this.firsts = this.core.kinds.map(([, first]) => first);
      this.stems = new Stems(...this.core.stems);
      this.stop = new Set(this.core.stop.split(" "));
    }
    if (!kind.startsWith("search-")) return;
    const [no, content] = value as [number, unknown];
    if (kind === "search-words") this.raw[no] = content as string;
    if (kind === "search-postings") this.postings[no] = (content as string).split("\n");
    if (kind === "search-texts") this.texts[no] = content as RawEntry[];
  }

  async open(): Promise<void> {
    if (!this.core) await this.load("search");
  }

  get size(): number {
    return this.core.kinds[this.core.kinds.length - 1]?.[1] ?? 0;
  }

  kindOf(entry: number): string {
    return this.core.kinds[lastAtMost(this.firsts, entry)]?.[0] ?? "";
  }

  /** The word with this stem. */
  async word(stem: string): Promise<Word | undefined> {
    const range = lastAtMost(this.core.words, stem);
    if (range < 0) return undefined;
    const words = await this.range(range);
    const at = lastAtMost(words.map((word) => word.stem), stem);
    return words[at]?.stem === stem ? words[at] : undefined;
  }

  /** Words with a form that begins so. A stem may be shorter than what was typed. */
  async beginning(typed: string): Promise<Word[]> {
    const from = Math.max(0, lastAtMost(this.core.words, typed.slice(0, 3)));
    const to = lastAtMost(this.core.words, `${typed}\uffff`);
    const numbers = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
    const found = await Promise.all(numbers.map((no) => this.range(no)));
    return found.flatMap((words) => words.filter((word) => word.forms.some((form) => form.startsWith(typed))));
  }

  /** The whole vocabulary. */
  async vocabulary(): Promise<Word[]> {
    return (await Promise.all(this.core.words.map((_, no) => this.range(no)))).flat();
  }

  async posting(term: number): Promise<Posting> {
    const known = this.decoded.get(term);
    if (known) return known;
    const no = lastAtMost(this.core.postings, term);
    if (!this.postings[no]) await this.load(`search-postings-${no}`);
    const posting = decode(this.postings[no]?.[term - (this.core.postings[no] ?? 0)] ?? "");
    this.decoded.set(term, posting);
    return posting;
  }

  async entry(number: number): Promise<Entry> {
    const known = this.entries.get(number);
    if (known) return known;
    const no = lastAtMost(this.core.texts, number);
    if (!this.texts[no]) await this.load(`search-texts-${no}`);
    const raw = this.texts[no]?.[number - (this.core.texts[no] ?? 0)];
    if (!raw) throw new Error(`no entry ${number}`);
    const [title, position, url, stage, level, summary, names, parts] = raw;
    const entry: Entry = {
      no: number,
      kind: this.kindOf(number),
      title,
      number: position,
      url,
      stage,
      level,
      summary,
      names,
      parts: parts.map(([kind, anchor, label, text]) => ({ kind: PARTS[kind] ?? "page", anchor, label, text })),
    };
    this.entries.set(number, entry);
    return entry;
  }

  private async range(no: number): Promise<Word[]> {
    const known = this.words[no];
    if (known) return known;
    if (this.raw[no] === undefined) await this.load(`search-words-${no}`);
    const first = this.core.terms[no] ?? 0;
    const words = (this.raw[no] ?? "").split("\n").map((line, at) => readWord(line, first + at));
    this.words[no] = words;
    return words;
  }
}

function readWord(line: string, term: number): Word {
  const [stem = "", count = "0", forms = ""] = line.split(" ");
  return { term, stem, count: Number(count), forms: forms.split(",").map((form) => formOf(stem, form)) };
}

function formOf(stem: string, form: string): string {
  let lost = 0;
  while (form[lost] === "~") lost++;
  // Letters beyond the first plane are two places of a text each.
  return lost ? [...stem].slice(0, -lost).join("") + form.slice(lost) : stem + form;
}

function decode(line: string): Posting {
  const [distances = "", signs = ""] = line.split(" ");
  const entries: number[] = [];
  let value = 0;
  let scale = 1;
  let entry = -1;
  for (const sign of distances) {
    const digit = VALUES.get(sign) ?? 0;
    value += (digit % 32) * scale;
    if (digit >= 32) {
      scale *= 32;
      continue;
    }
    entry += value + 1;
    entries.push(entry);
    value = 0;
    scale = 1;
  }
  return { entries, weights: [...signs].map((sign) => VALUES.get(sign) ?? 0) };
}

/** The last place in an ordered list that is not greater; −1 where all are. */
function lastAtMost<Value extends string | number>(list: readonly Value[], value: Value): number {
  let from = 0;
  let to = list.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((list[middle] as Value) <= value) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
