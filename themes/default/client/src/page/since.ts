// "Since you were last here."
//
// Input: the level lists on this page and the list seen last. Output: a notice of what is new,
// reworded, moved or retired, and a question where a ticked item was split. Responsibility: no per
// cent changes without a word; nothing is marked as seen before it was said.

import { add, NOTHING } from "../count";
import { entriesOf, type LevelList } from "../lists";
import { isSilent, type News, newsOf, type Seen, seenOf } from "../news";
import { readKey, type Value } from "../record";
import type { Change } from "../store";
import type { Action } from "./notices";
import { progressPage, type Site } from "./site";
import type { Figures } from "./figures";

/** Returns what is to be called where a level's list has come later than the page. */
export function startSince(site: Site, figures: Figures): () => void {
  let planned = false;
  site.store.onChange((changed, origin) => {
    if (origin === "start") void compare(site, figures);
    else if ([...changed.keys()].some((key) => readKey(key)?.kind === "item")) {
      see(site, [...site.supply.levels.values()].filter((level) => !seen(site, level.id)));
    }
  });
  return () => {
    if (planned || !site.store.ready) return;
    planned = true;
    // Lists that come together are told of together.
    setTimeout(() => {
      planned = false;
      void compare(site, figures);
    });
  };
}

/** The news of the levels that are here, by level. */
export async function newsHere(site: Site): Promise<Map<LevelList, News>> {
  const told = new Map<LevelList, News>();
  for (const level of site.supply.levels.values()) {
    const before = seen(site, level.id);
    if (!before || before.digest === level.digest) continue;
    const now = seenOf(level);
    // Only where something is gone does it matter whether it was retired or moved elsewhere.
    const gone = Object.keys(before.items).some((id) => now[id] === undefined);
    if (gone) await site.supply.load("retired").catch(() => undefined);
    const news = newsOf(level, before.items, (id) => isElsewhere(site, level, id), site.state.statusOf);
    told.set(level, news);
  }
  return told;
}

async function compare(site: Site, figures: Figures): Promise<void> {
  const told = await newsHere(site);
  const silent: LevelList[] = [];
  const loud: [LevelList, News][] = [];
  for (const [level, news] of told) {
    if (isSilent(news)) silent.push(level);
    else loud.push([level, news]);
  }
  if (loud.length) tell(site, figures, loud);
  if (hasTicks(site)) {
    see(site, [...silent, ...[...site.supply.levels.values()].filter((level) => !seen(site, level.id))]);
  }
}

function tell(site: Site, figures: Figures, told: [LevelList, News][]): void {
  const ids = new Set(told.map(([level]) => level.id));
  const titles = site.supply.totals.levels.filter((level) => ids.has(level.id)).map((level) => level.title);
  const sum = (kind: keyof Omit<News, "split">): number => told.reduce((sum, [, news]) => sum + news[kind].length, 0);
  const count = [...ids].reduce((sum, id) => add(sum, figures.count(`level:${id}`) ?? NOTHING), NOTHING);
  for (const [, news] of told) askSplits(site, news);
  // The progress page lists the same by name.
  if (document.documentElement.dataset["pageKind"] === "progress") return;
  const text = site.say("since", {
    level: titles.join("», «"),
    fresh: sum("fresh"),
    reworded: sum("reworded"),
    moved: sum("moved"),
    retired: sum("retired"),
    done: count.done,
    total: count.total,
  });
  const actions: Action[] = [{ text: site.say("since-more"), link: `${progressPage(site)}#rb-since` }];
  site.notices.show("since", text, actions, () => see(site, told.map(([level]) => level)));
}

/** Asks once whether the parts of an item that was done as a whole are done too. */
export function askSplits(site: Site, news: News): void {
  for (const [whole, parts] of news.split) {
    if (site.store.get("asked", whole)) continue;
    const text = (id: string): string => site.supply.texts.get(id) ?? id;
    const level = [...site.supply.levels.values()].find((one) => one.split.has(parts[0]!));
    const ask = (): void => {
      const changes: Change[] = parts.map((id) => ({ kind: "item", id, value: "done" }));
      site.notices.show(
        `split-${whole}`,
        site.say("split", { whole: text(whole), parts: parts.map(text).join("; "), n: parts.length }),
        [
          { text: site.say("split-yes"), press: () => site.store.change(changes) },
          { text: site.say("split-no"), press: () => {} },
        ],
        () => site.store.change([{ kind: "asked", id: whole, value: parts }]),
      );
    };
    void site.supply.load(`level-${level?.id ?? ""}-texts`).then(ask, ask);
  }
}

export function see(site: Site, levels: LevelList[]): void {
  if (levels.length === 0) return;
  site.store.change(
    levels.map((level) => ({
      kind: "here",
      id: level.id,
      period: "seen",
      value: { digest: level.digest, items: seenOf(level) } as Value,
    })),
  );
}

function seen(site: Site, level: string): { digest: string; items: Seen } | undefined {
  const value = site.store.get("here", level, "seen")?.value as { digest: string; items: Seen } | undefined;
  return value && typeof value.items === "object" ? value : undefined;
}

/** Another level shows the id, or showed it, or it is gone without having been retired. */
function isElsewhere(site: Site, level: LevelList, id: string): boolean {
  for (const other of site.supply.totals.levels) {
    if (other.id === level.id) continue;
    if (seen(site, other.id)?.items[id] !== undefined) return true;
    const list = site.supply.levels.get(other.id);
    if (list?.stages.some((stage) => entriesOf(stage).some((entry) => entry.id === id))) return true;
  }
  const here = level.stages.some((stage) => entriesOf(stage).some((entry) => entry.id === id));
  return !here && site.supply.retired.size > 0 && !site.supply.retired.has(id);
}

function hasTicks(site: Site): boolean {
  return [...site.store.records.keys()].some((key) => readKey(key)?.kind === "item");
}
