// Which places answer a question best.
//
// Input: a question and the index. Output: hits, the best first. Responsibility: first all entries by
// the weights of their words, then the best of them by what stands in one place of them.

import type { Question } from "./query";
import type { Entry, Part, Shelf } from "./shelf";
import { words } from "./token";

export interface Hit {
  entry: Entry;
  /** The place of the page where it lands; the page itself where that says as much. */
  part: Part | undefined;
  /** Stems that answer the question, for marking. */
  stems: Set<string>;
  score: number;
}

/** So many of the best are looked at closely. */
const CLOSELY = 14;
const OTHER_NAME = 0.6;
/** What kind of page a learner is after, other things being equal. */
const KINDS: Record<string, number> = { stage: 1.12, project: 1, level: 0.95, page: 1, source: 0.9, tracking: 1, term: 0.85 };

export async function rank(shelf: Shelf, question: Question, kind = "", most = CLOSELY): Promise<Hit[]> {
  const { scores, rarity } = await scoreAll(shelf, question);
  const order: number[] = [];
  for (let no = 0; no < scores.length; no++) {
    if ((scores[no] ?? 0) > 0 && (!kind || shelf.kindOf(no) === kind)) order.push(no);
  }
  order.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  const entries = await Promise.all(order.slice(0, most).map((no) => shelf.entry(no)));
  const hits = entries.map((entry) => lookClosely(shelf, question, rarity, entry, scores[entry.no] ?? 0));
  return hits.sort((a, b) => b.score - a.score || a.entry.no - b.entry.no);
}

async function scoreAll(shelf: Shelf, question: Question): Promise<{ scores: Float64Array; rarity: number[] }> {
  const size = shelf.size;
  const rare = (count: number): number => Math.log(1 + (size - count + 0.5) / (count + 0.5));
  const { clauses, others } = question;
  const needed = [...clauses.flatMap((clause) => clause.variants.map((variant) => variant.word)), ...others.flatMap((other) => other.words)];
  const postings = new Map(await Promise.all([...new Set(needed)].map(async (word) => [word, await shelf.posting(word.term)] as const)));
  const perClause = clauses.map((clause) => {
    const scores = new Float64Array(size);
    for (const { word, worth } of clause.variants) {
      const { entries, weights } = postings.get(word)!;
      const factor = worth * rare(word.count);
      entries.forEach((entry, at) => {
        const score = (factor * (weights[at] ?? 0)) / 31;
        if (score > (scores[entry] ?? 0)) scores[entry] = score;
      });
    }
    return scores;
  });
  const rarity = clauses.map((clause) => clause.share * Math.max(1, ...clause.variants.map(({ word, worth }) => worth * rare(word.count))));
  const all = rarity.reduce((sum, one) => sum + one, 0);
  // Another name of the same thing answers what it stands for, a little less well.
  for (const { clauses: covered, words: name } of others) {
    const counts = new Map<number, [number, number]>();
    for (const word of name) {
      const { entries, weights } = postings.get(word)!;
      entries.forEach((entry, at) => {
        const [matched, sum] = counts.get(entry) ?? [0, 0];
        counts.set(entry, [matched + 1, sum + (rare(word.count) * (weights[at] ?? 0)) / 31]);
      });
    }
    for (const [entry, [matched, sum]] of counts) {
      if (matched < name.length) continue;
      const score = (OTHER_NAME * sum) / name.length;
      for (const at of covered) {
        const scores = perClause[at];
        if (scores && score > (scores[entry] ?? 0)) scores[entry] = score;
      }
    }
  }
  const scores = new Float64Array(size);
  for (let no = 0; no < size; no++) {
    let sum = 0;
    let answered = 0;
    clauses.forEach((clause, at) => {
      const score = perClause[at]?.[no] ?? 0;
      sum += clause.share * score;
      if (score > 0) answered += rarity[at] ?? 0;
    });
    if (sum > 0) scores[no] = sum * (0.25 + 0.75 * (answered / all) ** 2) * (KINDS[shelf.kindOf(no)] ?? 1);
  }
  return { scores, rarity };
}

/** The best place of an entry, and what it adds. */
function lookClosely(shelf: Shelf, question: Question, rarity: number[], entry: Entry, score: number): Hit {
  const answers = new Map<string, { clause: number; worth: number }[]>();
  const add = (stem: string, clause: number, worth: number): void => {
    answers.set(stem, [...(answers.get(stem) ?? []), { clause, worth }]);
  };
  question.clauses.forEach((clause, at) => clause.variants.forEach(({ word, worth }) => add(word.stem, at, worth)));
  for (const { clauses, words: name } of question.others) {
    for (const word of name) for (const at of clauses) add(word.stem, at, OTHER_NAME / name.length);
  }
  const all = rarity.reduce((sum, one) => sum + one, 0) || 1;
  /** How much of the question the texts answer, and how much of them is an answer. */
  const covered = (texts: string[]): { asked: number; told: number; together: number } => {
    const best = new Array<number>(rarity.length).fill(0);
    let told = 0;
    let length = 0;
    let together = 0;
    for (const text of texts) {
      let before: number | undefined;
      for (const stem of stemsIn(shelf, text)) {
        length++;
        const found = answers.get(stem);
        if (found) told++;
        let exact: number | undefined;
        for (const { clause, worth } of found ?? []) {
          best[clause] = Math.max(best[clause] ?? 0, worth);
          if (worth > 0.7) exact = clause;
        }
        if (exact !== undefined && before === exact - 1) together = 1;
        before = exact;
      }
    }
    return { together, asked: best.reduce((sum, worth, at) => sum + worth * (rarity[at] ?? 0), 0) / all, told: length ? told / length : 0 };
  };
  const title = covered([entry.title, entry.number]);
  const names = covered([entry.title, entry.summary, entry.names]);
  let part: Part | undefined;
  let bestPart = 0;
  for (const one of entry.parts) {
    const label = covered([one.label]);
    const whole = covered([one.label, one.text]);
    const worth = whole.asked + 0.15 * label.asked * (0.5 + label.told) + 0.15 * whole.together + (one.kind === "item" ? 0.02 : 0);
    if (worth > bestPart) {
      bestPart = worth;
      part = one;
    }
  }
  // Where the page's name says it all, the page itself is the answer.
  const lands = part && part.kind !== "page" && bestPart > names.asked + 0.05 ? part : entry.kind === "term" ? entry.parts[0] : undefined;
  // A word of a longer name says nothing without the others.
  const single = question.others.filter(({ words: name }) => name.length === 1).flatMap(({ words: name }) => name);
  const marked = new Set([...question.clauses.flatMap((clause) => clause.variants.map(({ word }) => word)), ...single].map((word) => word.stem));
  const close = 1.0 * bestPart ** 2 + 0.5 * names.asked ** 2 + 1.0 * title.asked ** 2 * title.told;
  return { entry, part: lands, stems: marked, score: score * (1 + close) };
}

const stemmed = new Map<string, string[]>();

/** The stems of a text, without the words that say nothing. */
function stemsIn(shelf: Shelf, text: string): string[] {
  let stems = stemmed.get(text);
  if (!stems) {
    stems = words(text)
      .filter((word) => !shelf.stop.has(word))
      .map((word) => shelf.stems.stem(word) ?? word);
    stemmed.set(text, stems);
  }
  return stems;
}
