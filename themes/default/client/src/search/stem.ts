// Words to their stems.
//
// Input: a normalised word, and the names of the site's two algorithms. Output: its stem, or nothing
// where the browser does not know the algorithm; then the index is asked for the form itself.
// Responsibility: the same choice as `src/search/stem.rs`.

import { english } from "./english";
import { russian } from "./russian";

const KNOWN: Record<string, (word: string) => string> = { english, russian };

export class Stems {
  private readonly seen = new Map<string, string | undefined>();

  constructor(
    private readonly latin: string,
    private readonly cyrillic: string,
  ) {}

  /** Remembers what it has stemmed: excerpts are full of the same words. */
  stem(word: string): string | undefined {
    if (this.seen.has(word)) return this.seen.get(word);
    const stem = /^[\p{Alphabetic}\p{N}]+$/u.test(word) ? this.plain(word) : this.joined(word);
    this.seen.set(word, stem);
    return stem;
  }

  private plain(word: string): string | undefined {
    const name = /^[а-яіїєґ]+$/.test(word) ? this.cyrillic : /^[\p{Alphabetic}]+$/u.test(word) && !/[\u0250-\uffff]/.test(word) ? this.latin : "";
    return name ? KNOWN[name]?.(word) : word;
  }

  /** Of a joined word the stems of its parts, joined. */
  private joined(word: string): string | undefined {
    let known = true;
    const stem = word.replace(/[\p{Alphabetic}\p{N}]+/gu, (part) => {
      const one = this.plain(part);
      if (one === undefined) known = false;
      return one ?? part;
    });
    return known ? stem : undefined;
  }
}
