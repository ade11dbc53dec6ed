// Which projects a learner looks for.
//
// Input: what is chosen, and what a project's card says. Output: whether it is shown; the choice as a
// part of an address. Responsibility: the rule of each filter.

/** What a card says of its project; the numbers are 0 where it says nothing. */
export interface Project {
  level: string;
  difficulty: number;
  /** The least hours of work. */
  hours: number;
  skills: string[];
}

/** The names of the filters. */
export const FILTERS = ["level", "difficulty", "hours", "skill"] as const;
export type Filter = (typeof FILTERS)[number];
export type Choice = Partial<Record<Filter, string>>;

/** Whether a project is shown. Difficulty and hours are upper bounds, which what has none passes. */
export function isShown(project: Project, { level, difficulty, hours, skill }: Choice): boolean {
  return (
    (!level || project.level === level) &&
    (!difficulty || project.difficulty <= Number(difficulty)) &&
    (!hours || project.hours <= Number(hours)) &&
    (!skill || project.skills.includes(skill))
  );
}

/** The choice behind the `#` of an address; nothing where nothing is chosen. */
export function toFragment(choice: Choice): string {
  const chosen = FILTERS.filter((name) => choice[name]);
  return chosen.map((name) => `${name}=${encodeURIComponent(choice[name] ?? "")}`).join("&");
}

/** The choice of an address; a fragment that is a place of the page chooses nothing. */
export function fromFragment(fragment: string): Choice {
  const choice: Choice = {};
  for (const [name, value] of new URLSearchParams(fragment.replace(/^#/, ""))) {
    const filter = FILTERS.find((one) => one === name);
    if (filter && value) choice[filter] = value;
  }
  return choice;
}
