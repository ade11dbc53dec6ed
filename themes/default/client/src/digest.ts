// A short fingerprint of text.
//
// Input: text. Output: ten characters. Responsibility: telling lists of items apart and noticing a
// link that was cut short. It guards against mistakes, not against forgery; `crypto.subtle` is
// missing on plain HTTP and would make every caller wait.

export function digest(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ (unit + at), 0x85ebca6b);
    b ^= b >>> 13;
  }
  a = Math.imul(a ^ (a >>> 16), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 15), 0x27d4eb2f);
  const whole = ((a ^ (a >>> 13)) >>> 0) * 0x100000 + (((b ^ (b >>> 16)) >>> 0) & 0xfffff);
  return whole.toString(36).padStart(11, "0").slice(-10);
}
