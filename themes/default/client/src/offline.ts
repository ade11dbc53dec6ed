// What the service worker keeps, and where a request leads.
//
// Input: the release that `sw.js` was made for, an address. Output: the file that answers it.
// Responsibility: the agreement between the generator, the worker and the pages, without a browser.

/** One release of the site, as the generator writes it into `sw.js`. */
export interface Release {
  /** The curriculum's id. */
  curriculum: string;
  /** A hash of all that follows. */
  release: string;
  /** Path from the site's root → the first places of its SHA-256 in base64url. */
  files: Record<string, string>;
  /** What is kept at once where the whole is too large; absent where all is kept. */
  shell?: string[];
  /** Bytes of all files. */
  bytes: number;
}

/** How much of the release is on this device. */
export interface Kept {
  files: number;
  all: number;
  bytes: number;
}

/** What pages ask of the worker. `take` fetches some more files and answers as `state` does. */
export type Request = "state" | "take" | "switch";

/** Tells of this curriculum below this path alone: several sites may share an origin. */
export function cachePrefix(curriculum: string, scope: string): string {
  return `roadbook-offline:${curriculum}:${scope}:`;
}

export type Found = { file: string } | { moved: string } | undefined;

/** What answers the path of an address below the scope. */
export function find(release: Release, scope: string, path: string): Found {
  if (!path.startsWith(scope)) return undefined;
  let name: string;
  try {
    name = decodeURIComponent(path.slice(scope.length));
  } catch {
    return undefined;
  }
  const has = (file: string): boolean => Object.prototype.hasOwnProperty.call(release.files, file);
  if (has(name)) return { file: name };
  if ((name === "" || name.endsWith("/")) && has(`${name}index.html`)) return { file: `${name}index.html` };
  // With a slash at the end, or the page's relative links would lead elsewhere.
  if (has(`${name}/index.html`)) return { moved: `${path}/` };
  return undefined;
}

/** The address of a file. */
export function addressOf(scope: string, file: string): string {
  return scope + file.split("/").map(encodeURIComponent).join("/");
}

/** Does the work for each, a few at a time; the first failure ends it. */
export async function each<Thing>(things: Thing[], few: number, work: (thing: Thing) => Promise<void>): Promise<void> {
  let at = 0;
  const lane = async (): Promise<void> => {
    while (at < things.length) await work(things[at++]!);
  };
  try {
    await Promise.all(Array.from({ length: few }, lane));
  } finally {
    // The other lanes stop as well.
    at = things.length;
  }
}
