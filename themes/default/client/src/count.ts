// The one count that every figure of the site shows.
//
// Input: topics and projects with their status. Output: how many are done, of how many, and the
// per cent. Responsibility: DESIGN 4: a topic and a project count 1 each, an unfinished project its
// ticked share of steps, at most 0.9; what is skipped leaves the denominator.

import type { ProjectList, StageList } from "./lists";
import type { Status } from "./record";

/** Whole thousandths, so that the sum does not depend on the order of adding. */
export interface Count {
  done: number;
  total: number;
  points: number;
}

export type StatusOf = (id: string) => Status;

const WHOLE = 1000;
const UNFINISHED = 900;

export const NOTHING: Count = { done: 0, total: 0, points: 0 };

export function countTopics(ids: Iterable<string>, statusOf: StatusOf): Count {
  let sum = NOTHING;
  for (const id of ids) {
    const status = statusOf(id);
    if (status === "skipped") continue;
    const done = status === "done" ? 1 : 0;
    sum = add(sum, { done, total: 1, points: done * WHOLE });
  }
  return sum;
}

/** A project as its stage counts it: 1, and a share of it while it is unfinished. */
export function countProject(project: ProjectList, statusOf: StatusOf): Count {
  const status = statusOf(project.id);
  if (status === "skipped") return NOTHING;
  if (status === "done") return { done: 1, total: 1, points: WHOLE };
  const { done, total } = countSteps(project, statusOf);
  return { done: 0, total: 1, points: total ? Math.floor((UNFINISHED * done) / total) : 0 };
}

/** A project on its own page: how many of its steps are ticked. */
export function countSteps(project: ProjectList, statusOf: StatusOf): Count {
  return countTopics(
    project.steps.map((step) => step.id),
    statusOf,
  );
}

/** The project's own figure: steps in the count, the project's worth in the per cent. */
export function countOwn(project: ProjectList, statusOf: StatusOf): Count {
  const steps = countSteps(project, statusOf);
  const worth = countProject(project, statusOf);
  return { ...steps, points: worth.points * steps.total };
}

export function countStage(stage: StageList, statusOf: StatusOf): Count {
  return stage.projects.reduce(
    (sum, project) => add(sum, countProject(project, statusOf)),
    countTopics(
      stage.topics.map((topic) => topic.id),
      statusOf,
    ),
  );
}

export function countStages(stages: StageList[], statusOf: StatusOf): Count {
  return stages.reduce((sum, stage) => add(sum, countStage(stage, statusOf)), NOTHING);
}

export function add(a: Count, b: Count): Count {
  return { done: a.done + b.done, total: a.total + b.total, points: a.points + b.points };
}

/** Rounded down: 100 only where all is done. */
export function percent(count: Count): number {
  return count.total ? Math.floor(count.points / (count.total * (WHOLE / 100))) : 0;
}
