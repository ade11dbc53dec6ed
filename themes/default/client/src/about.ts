// Where a link leads, and which of the site's scripts can say more of it.
//
// Input: a link's address. Output: the key of its entry, the number of the script that holds it.
// Responsibility: the same dealing out as the generator's, so that one script is loaded, not all.

/** What is said of a page or a term. */
export interface About {
  /** What it is: "Stage 1.1". */
  above?: string;
  title: string;
  text?: string;
  /** The level whose list its figure needs, and the figure's scope. */
  level?: string;
  scope?: string;
}

/** The key of what the address leads to, as seen from the site's root; none outside the site. */
export function keyOf(address: string, root: string): string | undefined {
  if (!address.startsWith(root)) return undefined;
  const [path = "", anchor = ""] = address.slice(root.length).split("#");
  try {
    const page = decodeURIComponent(path);
    return isGlossary(page) && anchor ? `${page}#${decodeURIComponent(anchor)}` : page;
  } catch {
    return undefined;
  }
}

export function isTerm(key: string): boolean {
  return isGlossary(key.split("#")[0]!) && key.includes("#");
}

function isGlossary(page: string): boolean {
  return page === "glossary/index.html";
}

/** Which of so many scripts knows the key: FNV-1a of 32 bits over its UTF-8. */
export function place(key: string, count: number): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash % count;
}
