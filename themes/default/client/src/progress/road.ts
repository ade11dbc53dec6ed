// The whole road, "continue where I stopped", and what needs a look again.

import type { StageList } from "../lists";
import { button, make } from "../page/dom";
import { newsHere, see } from "../page/since";
import type { News } from "../news";
import { isSilent } from "../news";
import { readKey, statusIn, timeOf } from "../record";
import { bar, countText, type Desk, detailsOf, section, textOf } from "./desk";

export function road(desk: Desk): HTMLElement {
  const { site, figures } = desk;
  const whole = figures.count("curriculum");
  const list = make("ol", { class: "rb-road" });
  for (const level of site.supply.totals.levels) {
    const count = figures.count(`level:${level.id}`);
    const stages = make("ul", {});
    for (const stage of site.supply.levels.get(level.id)?.stages ?? []) {
      const own = figures.count(`stage:${stage.id}`)!;
      stages.append(
        make("li", {}, make("a", { href: site.root + stage.url }, title(stage)), " ", bar(own, title(stage)), ` ${countText(desk, own)}`),
      );
    }
    const name = `${level.number} ${level.title}`.trim();
    const head = make("div", { class: "rb-level" }, make("a", { href: site.root + level.url }, name));
    if (count) head.append(" ", bar(count, name), ` ${countText(desk, count)}`);
    list.append(make("li", { class: hue(level.number) }, head, stages));
  }
  return section(
    desk,
    "road",
    whole && make("p", { class: "rb-figure" }, bar(whole, desk.say("road")), ` ${countText(desk, whole)}`),
    goOn(desk),
    list,
  );
}

/** A level's colour, as the templates choose it. */
function hue(number: string): string {
  return `hue-${Number(number) ? ((Number(number) - 1) % 7) + 1 : 0}`;
}

function title(stage: StageList): string {
  return `${stage.number} ${stage.title}`.trim();
}

/** The next thing to do in the stage that was touched last. */
function goOn(desk: Desk): HTMLElement | undefined {
  const { site, stages } = desk;
  let last = 0;
  let at = 0;
  stages.forEach((stage, n) => {
    for (const { id } of [...stage.topics, ...stage.projects, ...stage.projects.flatMap((project) => project.steps)]) {
      const record = site.state.recordOf(id);
      if (record && timeOf(record) > last) [last, at] = [timeOf(record), n];
    }
  });
  for (let n = 0; n < stages.length; n++) {
    const stage = stages[(at + n) % stages.length]!;
    const open = (id: string): boolean => ["todo", "doing"].includes(site.state.statusOf(id));
    const ids = [...stage.topics, ...stage.projects].map((entry) => entry.id);
    const next = ids.find((id) => site.state.statusOf(id) === "doing") ?? ids.find(open);
    if (next === undefined) continue;
    const project = stage.projects.find((one) => one.id === next);
    const href = site.root + (project?.url ?? `${stage.url}#${next}`);
    return make("p", { class: "rb-go-on" }, desk.say(last ? "go-on" : "begin"), " ", make("a", { href }, project?.title ?? textOf(desk, next)), ` (${title(stage)})`);
  }
  return make("p", {}, desk.say("all-done"));
}

/** What changed since the learner last looked, by name. */
export async function since(desk: Desk): Promise<HTMLElement | undefined> {
  const told = [...(await newsHere(desk.site))].filter(([, news]) => !isSilent(news));
  if (told.length === 0) return undefined;
  const kinds: (keyof Omit<News, "split">)[] = ["fresh", "reworded", "moved", "retired"];
  const parts = told.flatMap(([, news]) =>
    kinds.flatMap((kind) =>
      news[kind].length
        ? [make("h3", {}, desk.say(`since-${kind}`)), make("ul", {}, ...news[kind].map((id) => make("li", {}, textOf(desk, id))))]
        : [],
    ),
  );
  const box: HTMLElement = section(
    desk,
    "since",
    ...parts,
    button(desk.say("since-seen"), () => {
      see(desk.site, told.map(([level]) => level));
      box.remove();
    }),
  );
  return box;
}

const AWAY = 14 * 86_400_000;

/** After two weeks away: five topics that are done, to be recalled. No tick is lost by an answer. */
export function remember(desk: Desk, last: number, now: number): HTMLElement | undefined {
  if (!last || now - last < AWAY) return undefined;
  const { site } = desk;
  const topics = desk.stages.flatMap((stage) => stage.topics.map((topic) => topic.id));
  const reviewed = (id: string): number => {
    const record = site.store.get("review", id);
    return record ? timeOf(record) : 0;
  };
  const some = topics
    .filter((id) => site.state.statusOf(id) === "done" && now - reviewed(id) > AWAY)
    .sort((a, b) => reviewed(a) - reviewed(b))
    .slice(0, 5);
  if (some.length === 0) return undefined;
  const lines = some.map((id) => {
    const notes = [site.supply.notes.get(id) ?? "", detailsOf(desk, id).note].filter((note) => note !== "");
    const line = make("li", {}, make("p", {}, textOf(desk, id)), ...notes.map((note) => make("p", { class: "rb-hint" }, note)));
    const answer = (value: string) => (): void => {
      site.store.change([{ kind: "review", id, value }]);
      line.replaceChildren(textOf(desk, id), ` — ${desk.say(`remember-${value}`)}`);
    };
    line.append(button(desk.say("remember-yes"), answer("yes")), " ", button(desk.say("remember-no"), answer("no")));
    return line;
  });
  return section(desk, "remember", make("p", {}, desk.say("remember-text")), make("ul", {}, ...lines));
}

/** Ticks on items that are no longer on the road. */
export function tray(desk: Desk): HTMLElement | undefined {
  const { site } = desk;
  const former = new Set<string>();
  for (const level of site.supply.levels.values()) for (const old of level.aliases.keys()) former.add(old);
  const lines: HTMLElement[] = [];
  for (const [key, record] of site.store.records) {
    const parts = readKey(key);
    if (parts?.kind !== "item" || parts.period || desk.known.has(parts.id) || former.has(parts.id)) continue;
    if (statusIn(record) === "todo") continue;
    const retired = site.supply.retired.get(parts.id);
    const into = (retired?.replaced_by ?? []).map((id) => textOf(desk, id)).join("; ");
    lines.push(
      make("li", {}, `${textOf(desk, parts.id)} — ${site.say(`status-${statusIn(record)}`)}`, into && ` ${desk.say("tray-now", { items: into })}`),
    );
  }
  if (lines.length === 0) return undefined;
  return section(desk, "tray", make("p", {}, desk.say("tray-text")), make("ul", {}, ...lines));
}
