// Which heading the reader has reached.
//
// Input: how far each heading is below the window's upper edge. Output: its number, -1 before the
// first. Responsibility: plain numbers, so that it can be tested without a browser.

/** The last heading whose top is above the line; at the page's end the last that is in sight. */
export function reached(tops: number[], line: number, end: boolean): number {
  let found = -1;
  tops.forEach((top, at) => {
    if (top <= line || (end && top < Infinity)) found = at;
  });
  return found;
}
