// Progress in a link.
//
// Input: the ids of the site's items and their status. Output: a short text for a link's fragment,
// and back. Responsibility: positions in a list mean nothing in another list, so the list's digest
// goes along and another list is refused; so is a link that was cut short.

import { digest } from "./digest";
import type { Status } from "./record";

const VERSION = "1";
const STATUSES: Status[] = ["todo", "done", "doing", "skipped"];
const NAME = "take=";

export type Carried = Map<string, Status>;

/** The fragment (without `#`). The order of ids does not matter: a move is no other list. */
export function encodeLink(ids: string[], statusOf: (id: string) => Status): string {
  const sorted = inOrder(ids);
  const codes = sorted.map((id) => STATUSES.indexOf(statusOf(id)));
  const ways = [pairs(codes), runs(codes)];
  if (codes.every((code) => code < 2)) ways.push(bits(codes));
  const body = base64(ways.reduce((best, way) => (way.length < best.length ? way : best)));
  return `${NAME}${VERSION}.${digest(sorted.join("\n"))}.${body}.${digest(body).slice(-4)}`;
}

export function decodeLink(fragment: string, ids: string[]): Carried | "damaged" | "newer" | "another-list" {
  const text = fragment.replace(/^#/, "").trim();
  if (!text.startsWith(NAME)) return "damaged";
  const [version, list, body, check, ...rest] = text.slice(NAME.length).split(".");
  if (version !== VERSION) return Number(version) > Number(VERSION) ? "newer" : "damaged";
  if (!list || body === undefined || rest.length || digest(body).slice(-4) !== check) return "damaged";
  const sorted = inOrder(ids);
  if (digest(sorted.join("\n")) !== list) return "another-list";
  const codes = unpack(body, sorted.length);
  if (!codes) return "damaged";
  return new Map(sorted.map((id, at): [string, Status] => [id, STATUSES[codes[at] ?? 0]!]));
}

/** Whether a fragment is a hand-over at all. */
export function isLink(fragment: string): boolean {
  return fragment.replace(/^#/, "").startsWith(NAME);
}

/** What a link would change here: it never turns done into to-do, and never takes anything back. */
export function gains(carried: Carried, statusOf: (id: string) => Status): Carried {
  const changes: Carried = new Map();
  for (const [id, status] of carried) {
    const present = statusOf(id);
    if (status === "todo" || status === present || present === "done") continue;
    if (status === "done" || present === "todo") changes.set(id, status);
  }
  return changes;
}

function inOrder(ids: string[]): string[] {
  return [...new Set(ids)].sort();
}

// The first byte names the way: 0 a bit each, 1 two bits each, 2 the gaps between what is not to-do.

function bits(codes: number[]): number[] {
  return packed(0, codes, 1);
}

function pairs(codes: number[]): number[] {
  return packed(1, codes, 2);
}

function packed(way: number, codes: number[], width: number): number[] {
  const bytes = [way];
  const each = 8 / width;
  codes.forEach((code, at) => {
    const place = 1 + Math.floor(at / each);
    bytes[place] = (bytes[place] ?? 0) | (code << ((at % each) * width));
  });
  while (bytes.length > 1 && bytes[bytes.length - 1] === 0) bytes.pop();
  return bytes;
}

function runs(codes: number[]): number[] {
  const bytes = [2];
  let gap = 0;
  for (const code of codes) {
    if (code === 0) {
      gap++;
      continue;
    }
    let value = gap * 3 + code - 1;
    for (; value > 127; value >>= 7) bytes.push((value & 127) | 128);
    bytes.push(value);
    gap = 0;
  }
  return bytes;
}

function unpack(body: string, length: number): number[] | undefined {
  const bytes = fromBase64(body);
  if (!bytes?.length) return undefined;
  const [way, ...rest] = bytes;
  const codes = new Array<number>(length).fill(0);
  if (way === 0 || way === 1) {
    const width = way + 1;
    const each = 8 / width;
    if (rest.length > Math.ceil(length / each)) return undefined;
    for (let at = 0; at < length; at++) {
      codes[at] = ((rest[Math.floor(at / each)] ?? 0) >> ((at % each) * width)) & (2 ** width - 1);
    }
    return codes;
  }
  if (way !== 2) return undefined;
  let at = 0;
  let value = 0;
  let shift = 0;
  for (const byte of rest) {
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte & 128) {
      if (shift > 21) return undefined;
      continue;
    }
    at += Math.floor(value / 3);
    if (at >= length) return undefined;
    codes[at++] = (value % 3) + 1;
    value = shift = 0;
  }
  return shift ? undefined : codes;
}

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

function base64(bytes: number[]): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const letters = Math.min(4, bytes.length - at + 1);
    for (let n = 0; n < letters; n++) text += LETTERS[(group >> (18 - 6 * n)) & 63];
  }
  return text;
}

function fromBase64(text: string): number[] | undefined {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 4) {
    const letters = [...text.slice(at, at + 4)].map((letter) => LETTERS.indexOf(letter));
    if (letters.includes(-1) || letters.length === 1) return undefined;
    const group = letters.reduce((sum, letter, n) => sum | (letter << (18 - 6 * n)), 0);
    for (let n = 0; n < letters.length - 1; n++) bytes.push((group >> (16 - 8 * n)) & 255);
  }
  return bytes;
}
