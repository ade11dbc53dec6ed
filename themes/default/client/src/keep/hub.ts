// The agreement between a page opened from disk and `hub.html`.
//
// Responsibility: the shape of their messages, checked on both sides, since every local file has
// the same origin, "null".

import type { Records } from "../merge";
import { readKey, readRecord, writeRecord } from "../record";
import type { Trouble } from "./keeper";

export type Ask =
  | { roadbook: 1; ask: "read" }
  | { roadbook: 1; ask: "write"; records: [string, string][] };

export type Answer =
  | { roadbook: 1; answer: "here" }
  | { roadbook: 1; answer: "records"; records: [string, string][] }
  | { roadbook: 1; answer: "kept"; records: [string, string][] }
  | { roadbook: 1; answer: "trouble"; trouble: Trouble };

/** Records of one curriculum out of a message; whatever is not one is left out. */
export function unpack(records: unknown, curriculum: string): Records {
  const unpacked: Records = new Map();
  if (!Array.isArray(records)) return unpacked;
  for (const pair of records as unknown[]) {
    if (!Array.isArray(pair) || typeof pair[0] !== "string") continue;
    const record = readRecord(pair[1]);
    if (typeof record === "object" && readKey(pair[0])?.curriculum === curriculum) {
      unpacked.set(pair[0], record);
    }
  }
  return unpacked;
}

export function pack(records: Records): [string, string][] {
  return [...records].map(([key, record]) => [key, writeRecord(record)]);
}

/** Whether a message's content belongs to this agreement at all. */
export function isMessage(content: unknown): content is { roadbook: 1 } & Record<string, unknown> {
  return typeof content === "object" && content !== null && (content as { roadbook?: unknown }).roadbook === 1;
}
