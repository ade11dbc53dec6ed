// The learner's records as a file.
//
// Input: records. Output: JSON that every later version reads. Responsibility: everything the
// learner made goes in; what belongs to this device alone (what was said, seen, set) stays.

import type { Records } from "./merge";
import { FORMAT, readKey, writeRecord } from "./record";

/** The kind of records that never leave the device. */
export const HERE = "here";

export function exportJson(curriculum: string, records: Records, moment: string): string {
  const lines: string[] = [];
  for (const key of [...records.keys()].sort()) {
    const parts = readKey(key);
    if (!parts || parts.curriculum !== curriculum || parts.kind === HERE) continue;
    const name = key.slice(curriculum.length + 1);
    lines.push(`    ${JSON.stringify(name)}: ${writeRecord(records.get(key)!)}`);
  }
  const head = { kind: "roadbook-progress", format: FORMAT, curriculum, saved: moment };
  return `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "records": {\n${lines.join(",\n")}\n  }\n}\n`;
}
