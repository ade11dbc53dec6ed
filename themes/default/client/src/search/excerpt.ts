// The place of a text that answers a question, with its words marked.
//
// Input: a text and stems. Output: pieces, each marked or not. Responsibility: which words to mark,
// and where to cut.

import type { Shelf } from "./shelf";
import { words } from "./token";

export interface Piece {
  text: string;
  marked: boolean;
}

const BEFORE = 60;

/** About `most` characters around the first place where most of the words stand. */
export function excerpt(shelf: Shelf, text: string, stems: Set<string>, most: number): Piece[] {
  const found = placesOf(shelf, text, stems);
  if (text.length <= most) return pieces(text, found, 0, text.length);
  let best = 0;
  let bestCount = 0;
  for (const [from] of found) {
    const near = new Set(found.filter(([at, to]) => at >= from && to <= from + most - BEFORE).map(([, , stem]) => stem));
    if (near.size > bestCount) {
      bestCount = near.size;
      best = from;
    }
  }
  let from = Math.max(0, Math.min(best - BEFORE, text.length - most));
  if (from > 0) from = text.indexOf(" ", from) + 1 || from;
  let to = Math.min(text.length, from + most);
  if (to < text.length) to = Math.max(text.lastIndexOf(" ", to), from + 1);
  const cut = pieces(text, found, from, to);
  if (from > 0) cut.unshift({ text: "…", marked: false });
  if (to < text.length) cut.push({ text: "…", marked: false });
  return cut;
}

/** Where words with these stems stand. */
function placesOf(shelf: Shelf, text: string, stems: Set<string>): [number, number, string][] {
  const found: [number, number, string][] = [];
  for (const { index, 0: chunk } of text.matchAll(/[\p{Alphabetic}\p{N}\-/._+#\u00ad\u0300-\u036f]+/gu)) {
    const whole = words(chunk)[0];
    const stem = whole === undefined ? undefined : shelf.stems.stem(whole);
    if (stem !== undefined && stems.has(stem)) {
      found.push([index ?? 0, (index ?? 0) + chunk.length, stem]);
      continue;
    }
    for (const part of chunk.matchAll(/[\p{Alphabetic}\p{N}\u00ad\u0300-\u036f]+/gu)) {
      const word = words(part[0])[0];
      const own = word === undefined ? undefined : shelf.stems.stem(word) ?? word;
      const at = (index ?? 0) + (part.index ?? 0);
      if (own !== undefined && stems.has(own)) found.push([at, at + part[0].length, own]);
    }
  }
  return found;
}

function pieces(text: string, found: [number, number, string][], from: number, to: number): Piece[] {
  const cut: Piece[] = [];
  let at = from;
  for (const [start, end] of found) {
    if (start < at || end > to) continue;
    if (start > at) cut.push({ text: text.slice(at, start), marked: false });
    cut.push({ text: text.slice(start, end), marked: true });
    at = end;
  }
  if (at < to) cut.push({ text: text.slice(at, to), marked: false });
  return cut;
}
