// What a learner asked, as words of the index.
//
// Input: what was typed. Output: clauses, each with the words that would answer it. Responsibility:
// stop-words, unfinished words, the wrong keyboard layout, slips, other names of the same thing.

import { otherLayout } from "./layout";
import type { Shelf, Word } from "./shelf";
import { bitCount, forgiven, lettersOf, slips } from "./typo";
import { chunks as pieces, words } from "./token";

/** A word of the index that may stand for one that was asked for. */
export interface Variant {
  word: Word;
  /** 1 for the word itself, less for a guess. */
  worth: number;
}

export interface Clause {
  /** As it was understood. */
  asked: string;
  /** How much it counts among the others. */
  share: number;
  variants: Variant[];
}

/** Words that are together another name of what some clauses ask for. */
export interface OtherName {
  clauses: number[];
  words: Word[];
}

export interface Question {
  clauses: Clause[];
  others: OtherName[];
  /** What was understood, where it is not what was typed. */
  understood: string | undefined;
}

/** More endings of an unfinished word are a guess at anything. */
const MOST_ENDINGS = 8;
const MOST_SLIPS = 4;
const UNFINISHED = 0.75;
const PART = 0.35;

export async function ask(shelf: Shelf, typed: string): Promise<Question> {
  await shelf.open();
  const chunks = typed.split(/\s+/).filter(Boolean);
  const unfinished = /\S$/.test(typed);
  const understood: string[] = [];
  const clauses: Clause[] = [];
  let changed = false;
  for (const [at, chunk] of chunks.entries()) {
    const read = await readChunk(shelf, chunk, unfinished && at === chunks.length - 1);
    clauses.push(...read.clauses);
    understood.push(read.understood);
    changed ||= read.understood !== chunk;
  }
  const telling = clauses.filter((clause) => !shelf.stop.has(clause.asked));
  const kept = telling.length ? telling : clauses;
  return { clauses: kept, others: await otherNames(shelf, kept), understood: changed ? understood.join(" ") : undefined };
}

interface Read {
  clauses: Clause[];
  understood: string;
}

/** What stands between two blanks. */
async function readChunk(shelf: Shelf, chunk: string, unfinished: boolean): Promise<Read> {
  const plain = await clausesOf(shelf, chunk, unfinished);
  if (isUnderstood(shelf, plain)) return { clauses: plain, understood: chunk };
  const other = otherLayout(chunk);
  if (other !== undefined) {
    const swapped = await clausesOf(shelf, other, unfinished);
    if (swapped.length && isUnderstood(shelf, swapped)) return { clauses: swapped, understood: other };
  }
  const guessed = await guessAll(shelf, plain, chunk, unfinished);
  if (guessed.clauses.some((clause) => clause.variants.length) || other === undefined) return guessed;
  const both = await guessAll(shelf, await clausesOf(shelf, other, unfinished), other, unfinished);
  return isUnderstood(shelf, both.clauses) ? both : guessed;
}

function isUnderstood(shelf: Shelf, clauses: Clause[]): boolean {
  return clauses.every((clause) => clause.variants.length || clause.share < 1 || shelf.stop.has(clause.asked));
}

async function clausesOf(shelf: Shelf, chunk: string, unfinished: boolean): Promise<Clause[]> {
  const all = pieces(chunk);
  return (await Promise.all(all.map((piece, at) => clausesOfPiece(shelf, piece, unfinished && at === all.length - 1)))).flat();
}

async function clausesOfPiece(shelf: Shelf, piece: string, unfinished: boolean): Promise<Clause[]> {
  const found = words(piece);
  const [first, ...parts] = found;
  if (first === undefined) return [];
  if (!parts.length) return [await clauseOf(shelf, first, unfinished, 1)];
  const joined = await clauseOf(shelf, first, unfinished, 1);
  const simple = parts.filter((part) => /^[\p{Alphabetic}\p{N}.]+$/u.test(part));
  const share = joined.variants.length ? PART : 1;
  const clauses = await Promise.all(
    simple.map((part, at) => clauseOf(shelf, part, unfinished && at === simple.length - 1, share)),
  );
  return joined.variants.length ? [joined, ...clauses] : clauses;
}

async function clauseOf(shelf: Shelf, asked: string, unfinished: boolean, share: number): Promise<Clause> {
  const variants: Variant[] = [];
  if (!shelf.stop.has(asked)) {
    const stem = shelf.stems.stem(asked);
    const exact = stem === undefined ? await ofForm(shelf, asked) : await shelf.word(stem);
    if (exact) variants.push({ word: exact, worth: 1 });
  }
  if (unfinished && [...asked].length > 1) {
    const endings = (await shelf.beginning(asked)).filter((word) => word !== variants[0]?.word);
    endings.sort((a, b) => b.count - a.count || a.term - b.term);
    for (const word of endings.slice(0, MOST_ENDINGS)) {
      // The closer it is to what is typed already, the likelier it is meant.
      const rest = Math.max(0, Math.min(...word.forms.filter((form) => form.startsWith(asked)).map((form) => form.length)) - asked.length);
      const worth = (variants.length && variants[0]?.worth === 1 ? 0.4 : 1) * UNFINISHED * (0.7 + 0.3 / (1 + rest / 4));
      variants.push({ word, worth });
    }
  }
  return { asked, share, variants };
}

/** The word with this form, where the browser cannot stem its language. */
async function ofForm(shelf: Shelf, form: string): Promise<Word | undefined> {
  return (await shelf.beginning(form)).find((word) => word.forms.includes(form));
}

/** For each clause without an answer the words that are a slip or two away. */
async function guessAll(shelf: Shelf, clauses: Clause[], chunk: string, unfinished: boolean): Promise<Read> {
  let understood = chunk;
  const guessed: Clause[] = [];
  for (const clause of clauses) {
    if (clause.variants.length || shelf.stop.has(clause.asked)) {
      guessed.push(clause);
      continue;
    }
    const { variants, form } = await guess(shelf, clause.asked, unfinished);
    if (form !== undefined) understood = clauses.length === 1 ? form : understood.replace(clause.asked, form);
    guessed.push({ ...clause, variants });
  }
  return { clauses: guessed, understood };
}

async function guess(shelf: Shelf, asked: string, unfinished: boolean): Promise<{ variants: Variant[]; form?: string }> {
  const most = forgiven(asked.length);
  if (!most) return { variants: [] };
  const letters = lettersOf(asked);
  const found: { word: Word; form: string; far: number }[] = [];
  for (const word of await shelf.vocabulary()) {
    let best: { form: string; far: number } | undefined;
    for (const form of word.forms) {
      if (bitCount(lettersOf(form) ^ letters) <= 2 * most) {
        const far = slips(asked, form, most);
        if (far <= most && (!best || far < best.far)) best = { form, far };
      }
      // A word that is still being typed may have its slip already.
      if (unfinished && asked.length > 4 && form.length > asked.length) {
        const begun = Math.min(slips(asked, form.slice(0, asked.length), 1), slips(asked, form.slice(0, asked.length + 1), 1)) + 0.75;
        if (begun < 2 && (!best || begun < best.far)) best = { form, far: begun };
      }
    }
    if (best) found.push({ word, ...best });
  }
  found.sort((a, b) => a.far - b.far || Number(b.form[0] === asked[0]) - Number(a.form[0] === asked[0]) || b.word.count - a.word.count || a.word.term - b.word.term);
  const least = found[0]?.far ?? 0;
  const near = found.filter((one) => one.far < least + 0.9).slice(0, MOST_SLIPS);
  const variants = near.map(({ word, far }, at) => ({ word, worth: (far < 2 ? 0.8 : 0.6) * (at ? 0.7 : 1) }));
  return near[0] ? { variants, form: near[0].form } : { variants };
}

/** Names of the same thing: of the glossary, and from the settings. */
async function otherNames(shelf: Shelf, clauses: Clause[]): Promise<OtherName[]> {
  const asked = new Map<string, number>();
  for (const [at, clause] of clauses.entries()) {
    for (const { word, worth } of clause.variants) if (worth > 0.5) asked.set(word.stem, at);
  }
  const found: OtherName[] = [];
  for (const names of shelf.core.names) {
    const stems = names.map((name) => stemsOf(shelf, name));
    const matched = stems.filter((name) => name.length && name.every((stem) => asked.has(stem)));
    if (!matched.length) continue;
    const longest = matched.reduce((a, b) => (b.length > a.length ? b : a));
    for (const name of stems) {
      if (!name.length || name.every((stem) => asked.has(stem))) continue;
      const known = await Promise.all(name.map((stem) => shelf.word(stem)));
      if (known.every((word): word is Word => word !== undefined)) {
        found.push({ clauses: [...new Set(longest.map((stem) => asked.get(stem) ?? 0))], words: known });
      }
    }
  }
  return found.slice(0, 24);
}

const namesOf = new WeakMap<Shelf, Map<string, string[]>>();

function stemsOf(shelf: Shelf, name: string): string[] {
  const seen = namesOf.get(shelf) ?? new Map<string, string[]>();
  namesOf.set(shelf, seen);
  let stems = seen.get(name);
  if (!stems) {
    const simple = words(name).filter((word) => !shelf.stop.has(word));
    stems = [...new Set(simple.map((word) => shelf.stems.stem(word) ?? word))];
    seen.set(name, stems);
  }
  return stems;
}
