// Exports: Markdown and CSV to read, and the file of records read back.
//
// Input: lists, texts, records; a file's text. Output: files; records with what merging them would
// do. Responsibility: nothing is merged here, and a file of a newer version is refused, not guessed.

import type { StageList } from "./lists";
import { isNewer, type Records } from "./merge";
import { FORMAT, keyOf, readKey, recordOf, type Status, statusIn } from "./record";
import { HERE } from "./export-json";

export interface Copy {
  curriculum: string;
  saved: string;
  records: Records;
  damaged: number;
}

/** Reads an exported file into records of this curriculum, whichever the file is of. */
export function readCopy(text: string, curriculum: string): Copy | "damaged" | "newer" {
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return "damaged";
  }
  if (typeof content !== "object" || content === null) return "damaged";
  const file = content as Record<string, unknown>;
  if (file["kind"] !== "roadbook-progress" || typeof file["format"] !== "number") return "damaged";
  if (file["format"] > FORMAT) return "newer";
  if (typeof file["records"] !== "object" || file["records"] === null) return "damaged";
  const copy: Copy = { curriculum: String(file["curriculum"]), saved: String(file["saved"] ?? ""), records: new Map(), damaged: 0 };
  for (const [name, parts] of Object.entries(file["records"])) {
    const key = readKey(`${curriculum}:${name}`);
    const record = recordOf(parts);
    if (!key || key.kind === HERE || typeof record !== "object") copy.damaged++;
    else copy.records.set(keyOf(curriculum, key.kind, key.id, key.period), record);
  }
  return copy;
}

export interface Preview {
  newerHere: number;
  newerThere: number;
  same: number;
  unknown: number;
}

/** What merging would do; `knows` says whether the site has or had an item of the id. */
export function preview(own: Records, arriving: Records, knows: (id: string) => boolean): Preview {
  const found: Preview = { newerHere: 0, newerThere: 0, same: 0, unknown: 0 };
  for (const [key, record] of arriving) {
    const parts = readKey(key)!;
    const present = own.get(key);
    if (present && !isNewer(record, present) && !isNewer(present, record)) found.same++;
    else if (isNewer(record, present)) found.newerThere++;
    else found.newerHere++;
    if ((parts.kind === "item" || parts.kind === "note") && !knows(parts.id)) found.unknown++;
  }
  for (const key of own.keys()) {
    if (!arriving.has(key) && readKey(key)?.kind !== HERE) found.newerHere++;
  }
  return found;
}

export interface Line {
  id: string;
  kind: "topic" | "project" | "step";
  stage: string;
  text: string;
  status: Status;
  day: string;
  note: string;
}

export function linesOf(stages: StageList[], text: (id: string) => string, of: (id: string) => Pick<Line, "status" | "day" | "note">): Line[] {
  return stages.flatMap((stage) => {
    const line = (kind: Line["kind"]) => ({ id }: { id: string }): Line => ({ id, kind, stage: `${stage.number} ${stage.title}`.trim(), text: text(id), ...of(id) });
    return [
      ...stage.topics.map(line("topic")),
      ...stage.projects.flatMap((project) => [line("project")(project), ...project.steps.map(line("step"))]),
    ];
  });
}

export function markdown(title: string, lines: Line[], words: Record<Status, string>): string {
  let text = `# ${title}\n`;
  let stage = "";
  for (const line of lines) {
    if (line.stage !== stage) text += `\n## ${(stage = line.stage)}\n\n`;
    const indent = line.kind === "step" ? "  " : "";
    const state = line.status === "doing" || line.status === "skipped" ? ` (${words[line.status]})` : "";
    const day = line.day && line.status === "done" ? ` — ${line.day}` : "";
    text += `${indent}- [${line.status === "done" ? "x" : " "}] ${line.text.replace(/\s+/g, " ")}${state}${day}\n`;
    if (line.note) text += `${line.note.split("\n").map((one) => `${indent}  > ${one}`).join("\n")}\n`;
  }
  return text;
}

/** For a spreadsheet: quoted, and no cell that it would take for a formula. */
export function csv(lines: Line[]): string {
  const cell = (value: string): string => `"${(/^[=+\-@\t\r]/.test(value) ? `'${value}` : value).replace(/"/g, '""')}"`;
  const rows = lines.map((line) => [line.id, line.kind, line.stage, line.text, line.status, line.day, line.note].map(cell).join(","));
  return `\uFEFFid,kind,stage,text,status,day,note\r\n${rows.join("\r\n")}\r\n`;
}

/** The status of each item in a copy, for the table of a group. */
export function statusesIn(copy: Copy, curriculum: string): (id: string) => Status {
  return (id) => statusIn(copy.records.get(keyOf(curriculum, "item", id)));
}
