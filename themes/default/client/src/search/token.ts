// Text to the words that can be searched for.
//
// Input: text. Output: normalised words. Responsibility: the same words as `src/search/token.rs`
// makes for the index; a test compares both over the whole vocabulary.

const LONGEST = 40;
const MOST_PARTS = 4;
/** What joins the parts of a word, the loosest first. */
const JOINERS = ["-", "/", ".", "_", "+"];

const alphabetic = /\p{Alphabetic}/u;

const CHUNK = /[\p{Alphabetic}\p{N}\-/._+#\u00ad\u0300-\u036f]+/gu;
const SIMPLE = /^[A-Za-z0-9А-Яа-яЁё]+$/;

/** What stands between signs that belong to no word. */
export function chunks(text: string): string[] {
  return text.match(CHUNK) ?? [];
}

/** The words of a text: a joined one first, its parts after it. */
export function words(text: string): string[] {
  const found: string[] = [];
  for (const chunk of chunks(text)) {
    // Most are plain; the rest is worth a closer look.
    if (SIMPLE.test(chunk) && chunk.length <= LONGEST) found.push(chunk.toLowerCase().replace(/ё/g, "е"));
    else joined(normal(chunk), found);
  }
  return found;
}

/** Letter by letter, as the index does: a word as a whole may have a form of its own. */
function normal(chunk: string): string {
  let out = "";
  for (const c of chunk) out += c.toLowerCase();
  return out.replace(/[\u00ad\u0300-\u036f]/g, "").replace(/ё/g, "е");
}

function joined(chunk: string, found: string[]): void {
  const word = trimmed(chunk);
  if (!word) return;
  if (word.startsWith(".")) {
    whole(word, found);
    joined(word.slice(1), found);
    return;
  }
  const inner = word.replace(/[+#]+$/, "");
  const joiner = JOINERS.find((one) => inner.includes(one));
  whole(word, found);
  if (joiner === undefined) {
    if (inner.length < word.length) whole(inner, found);
    return;
  }
  if (/^[0-9.]+$/.test(word)) return;
  for (const part of word.split(joiner)) if (part) joined(part, found);
}

function whole(word: string, found: string[]): void {
  const parts = word.split(/[-/._+]/).filter(Boolean).length;
  if (parts <= MOST_PARTS && [...word].length <= LONGEST) found.push(word);
}

/** Without the signs at its ends that are no part of it. */
function trimmed(chunk: string): string {
  const start = chunk.replace(/^[-/._+#]+/, "");
  if (!start) return start;
  const before = chunk.slice(0, chunk.length - start.length);
  const dotted = before.endsWith(".") && alphabetic.test(String.fromCodePoint(start.codePointAt(0) ?? 0));
  const bare = start.replace(/[-/._+#]+$/, "");
  const signs = start.slice(bare.length);
  const last = [...bare].pop() ?? "";
  const kept = !alphabetic.test(last) ? 0 : signs.startsWith("++") ? 2 : signs.startsWith("#") ? 1 : 0;
  return (dotted ? "." : "") + start.slice(0, bare.length + kept);
}
