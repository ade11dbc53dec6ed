// Places in the file that holds the whole site.
//
// Input: a fragment such as `#stages/linux/index.html%23begin` or `#a1b2c3d4`. Output: the page's
// path and the anchor on it. Responsibility: both spellings of the inner `#`, and no failure on
// what nobody wrote.

export interface Place {
  path: string;
  anchor: string;
}

export function readPlace(fragment: string): Place {
  const text = decoded(fragment.replace(/^#/, ""));
  const at = text.indexOf("#");
  if (at >= 0) return { path: text.slice(0, at), anchor: text.slice(at + 1) };
  return /\.html$/.test(text) ? { path: text, anchor: "" } : { path: "", anchor: text };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
