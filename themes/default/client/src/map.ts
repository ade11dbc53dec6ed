// What a stage on the map is to the learner now.
//
// Input: stages with what they need, and their counts. Output: a state each. Responsibility: the
// map advises: what has been begun is in work, whatever it needs.

import type { Count } from "./count";

export type StageState = "done" | "doing" | "open" | "later";

export interface Stop {
  id: string;
  needs: string[];
}

/** The states of stages; a stage that is not counted yet has none, nor what depends on it. */
export function statesOf(stops: Stop[], countOf: (id: string) => Count | undefined): Map<string, StageState> {
  const states = new Map<string, StageState>();
  for (const { id, needs } of stops) {
    const count = countOf(id);
    if (!count) continue;
    if (isFinished(count) && count.total > 0) states.set(id, "done");
    else if (count.points > 0) states.set(id, "doing");
    else {
      const counts = needs.map(countOf);
      if (counts.every((need) => need && isFinished(need))) states.set(id, "open");
      else if (counts.every((need) => need)) states.set(id, "later");
    }
  }
  return states;
}

/** A stage of which nothing is left, since all was skipped or it holds nothing, bars no way. */
function isFinished({ done, total }: Count): boolean {
  return done === total;
}
