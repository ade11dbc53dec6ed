// One record of the learner's progress and its key.
//
// Input: what stands in storage or in a file, as text. Output: a `Rec`, or the reason why not.
// Responsibility: the stored format. A change of it raises FORMAT; every earlier one stays readable.

/** The version of the stored format, of exported files and of the marker in storage. */
export const FORMAT = 1;

export type Status = "todo" | "doing" | "done" | "skipped";

export type Value = null | boolean | number | string | Value[] | { [name: string]: Value };

/** A value and its time under the logical clock; `wall` only where the learner's clock said otherwise. */
export interface Rec {
  stamp: string;
  value: Value;
  wall?: number;
}

/** `curriculum:kind:id[@period]`, taken apart. */
export interface Key {
  curriculum: string;
  kind: string;
  id: string;
  period: string;
}

// The first character stops at `y`, so that counting up can never outgrow the nine places.
const STAMP = /^[0-9a-y][0-9a-z]{17}$/;
const KEY = /^([^:@/\s]{1,100}):([a-z]{1,20}):([^:@/\s]{1,100})(?:@([0-9A-Za-z-]{1,20}))?$/;

/** The key's text. */
export function keyOf(curriculum: string, kind: string, id: string, period = ""): string {
  return `${curriculum}:${kind}:${id}${period ? `@${period}` : ""}`;
}

/** The parts of a key, or none where it is not one. */
export function readKey(text: string): Key | undefined {
  const parts = KEY.exec(text);
  return parts
    ? { curriculum: parts[1]!, kind: parts[2]!, id: parts[3]!, period: parts[4] ?? "" }
    : undefined;
}

/** The record as stored: `[format, stamp, value]`, with the wall clock as a fourth where it differs. */
export function writeRecord(record: Rec): string {
  const parts: Value[] = [FORMAT, record.stamp, record.value];
  if (record.wall !== undefined) parts.push(record.wall);
  return JSON.stringify(parts);
}

/** Reads a stored record. */
export function readRecord(raw: unknown): Rec | "damaged" | "newer" {
  if (typeof raw !== "string") return "damaged";
  try {
    return recordOf(JSON.parse(raw));
  } catch {
    return "damaged";
  }
}

/** The same from parsed JSON, as files carry it. */
export function recordOf(parts: unknown): Rec | "damaged" | "newer" {
  if (!Array.isArray(parts) || typeof parts[0] !== "number") return "damaged";
  if (parts[0] > FORMAT) return "newer";
  const [, stamp, value, wall] = parts as Value[];
  if (parts[0] !== FORMAT || typeof stamp !== "string" || !STAMP.test(stamp) || value === undefined) {
    return "damaged";
  }
  if (wall === undefined) return { stamp, value };
  return typeof wall === "number" && wall > 0 && wall < 1e14 ? { stamp, value, wall } : "damaged";
}

/** The status that a record of kind `item` holds; an unknown one counts as to-do. */
export function statusIn(record: Rec | undefined): Status {
  const value = record?.value;
  return value === "done" || value === "doing" || value === "skipped" ? value : "todo";
}

/** When the learner did it, in milliseconds. */
export function timeOf(record: Rec): number {
  return record.wall ?? parseInt(record.stamp.slice(0, 9), 36);
}
