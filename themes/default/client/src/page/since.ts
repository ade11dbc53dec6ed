// "Since you were last here."
//
// Input: the level lists on this page and the list seen last. Output: a notice of what is new,
// reworded, moved or retired, and a question where a ticked item was split. Responsibility: no per
// cent changes without a word; nothing is marked as seen before it was said.

import { entriesOf, type LevelList } from "../lists";
import { isSilent, type News, newsOf, type Seen, seenOf } from "../news";
import { readKey, type Value } from "../record";
import type { Change } from "../store";
import type { Action } from "./notices";
import { progressPage, type Site } from "./site";
import type { Figures } from "./figures";

export function startSince(site: Site, figures: Figures): void {
  site.store.onChange((changed, origin) => {
    if (origin === "start") void compare(site, figures);
    else if ([...changed.keys()].some((key) => readKey(key)?.kind === "item")) {
      see(site, [...site.supply.levels.values()].filter((level) => !seen(site, level.id)));
    }
  });
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
  for (const [level, news] of told) {
    if (isSilent(news)) silent.push(level);
    else tell(site, figures, level, news);
  }
  if (hasTicks(site)) {
    see(site, [...silent, ...[...site.supply.levels.values()].filter((level) => !seen(site, level.id))]);
  }
}

function tell(site: Site, figures: Figures, level: LevelList, news: News): void {
  const count = figures.count(`level:${level.id}`);
  const title = site.supply.totals.levels.find((one) => one.id === level.id)?.title ?? level.id;
  const text = site.say("since", {
    level: title,
    fresh: news.fresh.length,
    reworded: news.reworded.length,
    moved: news.moved.length,
    retired: news.retired.length,
    done: count?.done ?? 0,
    total: count?.total ?? 0,
  });
  const actions: Action[] = [{ text: site.say("since-more"), link: `${progressPage(site)}#rb-since` }];
  site.notices.show(`since-${level.id}`, text, actions, () => see(site, [level]));
  askSplits(site, news);
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
