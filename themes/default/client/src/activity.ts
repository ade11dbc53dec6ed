// When the learner did things.
//
// Input: records. Output: how much was done on a day, in a week; weeks in a row; hours practised.
// Responsibility: what was started again still counts for the day on which it was done.

import type { Records } from "./merge";
import { daysBefore, dayOf, weekOf } from "./period";
import { readKey, timeOf } from "./record";

export interface Activity {
  /** Day → how many items were ticked on it. */
  days: Map<string, number>;
  weeks: Map<string, number>;
  /** Week → minutes of practice. */
  minutes: Map<string, number>;
  /** The latest change of all, in milliseconds; 0 where there is none. */
  last: number;
}

export function activityOf(records: Records): Activity {
  const activity: Activity = { days: new Map(), weeks: new Map(), minutes: new Map(), last: 0 };
  const more = (counts: Map<string, number>, name: string, by: number): void => {
    counts.set(name, (counts.get(name) ?? 0) + by);
  };
  const did = (time: number): void => {
    const moment = new Date(time);
    more(activity.days, dayOf(moment), 1);
    more(activity.weeks, weekOf(moment), 1);
  };
  for (const [key, record] of records) {
    const kind = readKey(key)?.kind;
    if (kind === "item") {
      activity.last = Math.max(activity.last, timeOf(record));
      if (record.value === "done") did(timeOf(record));
    } else if (kind === "past" && Array.isArray(record.value)) {
      for (const entry of record.value) {
        if (Array.isArray(entry) && entry[1] === "done" && typeof entry[2] === "number" && entry[2]) did(entry[2]);
      }
    } else if (kind === "session") {
      const session = record.value as { day?: unknown; minutes?: unknown } | null;
      const minutes = Number(session?.minutes);
      if (typeof session?.day === "string" && minutes > 0) {
        more(activity.minutes, weekOf(new Date(`${session.day}T12:00:00`)), minutes);
      }
    }
  }
  return activity;
}

/** Weeks in a row with something done. The week that has just begun cannot break the row. */
export function weeksInARow(weeks: Map<string, number>, today: Date): number {
  let row = 0;
  for (let back = weeks.has(weekOf(today)) ? 0 : 1; weeks.has(weekOf(daysBefore(today, back * 7))); back++) row++;
  return row;
}
