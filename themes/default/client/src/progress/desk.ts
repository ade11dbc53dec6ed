// What the parts of the progress page work with.
//
// Responsibility: the whole curriculum's lists, texts and figures, loaded once.

import { type Count, percent } from "../count";
import { entriesOf, type StageList } from "../lists";
import { make } from "../page/dom";
import type { Figures } from "../page/figures";
import type { Site } from "../page/site";
import { dayOf } from "../period";
import { timeOf } from "../record";
import type { Line } from "../taking";

export interface Desk {
  site: Site;
  figures: Figures;
  /** In the order of the road. */
  stages: StageList[];
  /** Every id that the site has now. */
  known: Set<string>;
  /** Ids that a hand-over link carries: all of the road and the one-off lists. */
  carried: string[];
  say(id: string, values?: Record<string, string | number>): string;
}

export async function openDesk(site: Site, figures: Figures): Promise<Desk> {
  const levels = site.supply.totals.levels;
  const quiet = (name: string): Promise<void> => site.supply.load(name).catch(() => undefined);
  await Promise.all([
    ...levels.flatMap((level) => [quiet(`level-${level.id}`), quiet(`level-${level.id}-texts`)]),
    quiet("tracking"),
    quiet("retired"),
  ]);
  const stages = levels.flatMap((level) => site.supply.levels.get(level.id)?.stages ?? []);
  const road = stages.flatMap((stage) => entriesOf(stage).map((entry) => entry.id));
  const once = site.supply.tracking.filter((list) => list.cadence === "once");
  const tracked = site.supply.tracking.flatMap((list) => list.items.map((item) => item.id));
  return {
    site,
    figures,
    stages,
    known: new Set([...road, ...tracked]),
    carried: [...road, ...once.flatMap((list) => list.items.map((item) => item.id))],
    say: (id, values) => site.say(`progress-${id}`, values),
  };
}

export function textOf(desk: Desk, id: string): string {
  return desk.site.supply.texts.get(id) ?? desk.site.supply.retired.get(id)?.text ?? id;
}

export function detailsOf(desk: Desk, id: string): Pick<Line, "status" | "day" | "note"> {
  const record = desk.site.state.recordOf(id);
  const note = desk.site.state.recordOf(id, "note")?.value;
  return {
    status: desk.site.state.statusOf(id),
    day: record ? dayOf(new Date(timeOf(record))) : "",
    note: typeof note === "string" ? note : "",
  };
}

/** A section of the page with its heading. */
export function section(desk: Desk, name: string, ...content: (Node | string | undefined | false)[]): HTMLElement {
  const heading = make("h2", { id: `rb-${name}` }, desk.say(name));
  return make("section", { "aria-labelledby": heading.id, class: "rb-section" }, heading, ...content);
}

export function bar(count: Count, label: string): HTMLElement {
  return make("progress", { max: Math.max(count.total, 1), value: count.points / 1000, "aria-label": label });
}

export function countText(desk: Desk, count: Count): string {
  return desk.site.say("count", { done: count.done, total: count.total, percent: percent(count) });
}
