// What changed in the list of items since the learner last looked.
//
// Input: the list seen last and today's. Output: the ids that are new, reworded, moved or retired,
// and the questions about items that were split. Responsibility: corrections of spelling, which do
// not change an entry's hash, are not announced.

import { entriesOf, type LevelList } from "./lists";
import type { Status } from "./record";

/** Id → `"hash stage"`, as it is stored. */
export type Seen = Record<string, string>;

export interface News {
  fresh: string[];
  reworded: string[];
  moved: string[];
  retired: string[];
  /** Id that was ticked as a whole → the parts split off since. */
  split: Map<string, string[]>;
}

export function seenOf(level: LevelList): Seen {
  const seen: Seen = {};
  for (const stage of level.stages) {
    for (const { id, hash } of entriesOf(stage)) seen[id] = `${hash} ${stage.id}`;
  }
  return seen;
}

/**
 * Compares a level with what was seen of it. `elsewhere` says whether another level showed the id
 * before or shows it now, so that a move between levels is not one new and one retired item.
 */
export function newsOf(
  level: LevelList,
  before: Seen,
  elsewhere: (id: string) => boolean,
  statusOf: (id: string) => Status,
): News {
  const news: News = { fresh: [], reworded: [], moved: [], retired: [], split: new Map() };
  const now = seenOf(level);
  const former = new Map<string, string>();
  for (const [old, present] of level.aliases) if (before[old]) former.set(present, old);
  const renamed = new Set(former.values());
  for (const id of Object.keys(now)) {
    const was = before[id] ?? before[former.get(id) ?? ""];
    if (was === undefined) {
      (elsewhere(id) ? news.moved : news.fresh).push(id);
      const whole = level.split.get(id);
      if (whole !== undefined && before[whole] !== undefined && statusOf(whole) === "done") {
        news.split.set(whole, [...(news.split.get(whole) ?? []), id]);
      }
      continue;
    }
    const [hash, stage] = parts(was);
    const [hashNow, stageNow] = parts(now[id]!);
    if (stage !== stageNow) news.moved.push(id);
    if (hash !== hashNow) news.reworded.push(id);
  }
  for (const id of Object.keys(before)) {
    if (now[id] === undefined && !renamed.has(id)) {
      if (!elsewhere(id)) news.retired.push(id);
    }
  }
  return news;
}

export function isSilent(news: News): boolean {
  return !(news.fresh.length + news.reworded.length + news.moved.length + news.retired.length);
}

function parts(text: string): [string, string] {
  const blank = text.indexOf(" ");
  return [text.slice(0, blank), text.slice(blank + 1)];
}
