// The periods of recurring lists and of the figures of activity.
//
// Input: a moment in the learner's own time zone. Output: `2026-11-22`, `2026-W47`, `2026-11`,
// `2026-Q4`. Responsibility: weeks are ISO weeks, so the last days of a year may belong to the next.

export type Cadence = "weekly" | "monthly" | "quarterly" | "once";

const DAY = 86_400_000;

export function dayOf(moment: Date): string {
  return `${monthOf(moment)}-${two(moment.getDate())}`;
}

export function monthOf(moment: Date): string {
  return `${four(moment.getFullYear())}-${two(moment.getMonth() + 1)}`;
}

export function quarterOf(moment: Date): string {
  return `${four(moment.getFullYear())}-Q${Math.floor(moment.getMonth() / 3) + 1}`;
}

/** The ISO week: the one that holds the Thursday decides the year. */
export function weekOf(moment: Date): string {
  // Reckoned in UTC from the local calendar day, so that a change to summer time costs no hour.
  const day = Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
  const thursday = new Date(day + (3 - weekday(day)) * DAY);
  const year = thursday.getUTCFullYear();
  const first = Date.UTC(year, 0, 4);
  const monday = first - weekday(first) * DAY;
  return `${four(year)}-W${two(Math.floor((thursday.getTime() - monday) / (7 * DAY)) + 1)}`;
}

/** The period of a recurring list at this moment; empty for lists that never start afresh. */
export function periodOf(cadence: string | undefined, moment: Date): string {
  if (cadence === "weekly") return weekOf(moment);
  if (cadence === "monthly") return monthOf(moment);
  if (cadence === "quarterly") return quarterOf(moment);
  return "";
}

/** The moment so many days earlier, at noon. */
export function daysBefore(moment: Date, days: number): Date {
  return new Date(moment.getFullYear(), moment.getMonth(), moment.getDate() - days, 12);
}

/** Monday is 0. */
export function weekday(utc: number): number {
  return (new Date(utc).getUTCDay() + 6) % 7;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}

function four(value: number): string {
  return String(value).padStart(4, "0");
}
