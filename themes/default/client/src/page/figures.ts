// The figures of progress on a page.
//
// Input: `progress[data-scope]` and `[data-count-for]`. Output: filled figures. Responsibility: all
// come from `count.ts`; for levels whose list is not on this page from the tally that was taken
// when it last was, and where that is out of date the level's list is loaded.

import { type Count, countOwn, countStage, countStages, countTopics, add, NOTHING, percent } from "../count";
import { entriesOf, type LevelList, type ProjectList, type StageList } from "../lists";
import { readKey, statusIn, type Value } from "../record";
import type { Change } from "../store";
import { all, make, setText } from "./dom";
import { afterFrame } from "./frame";
import { toggleLeft } from "./left";
import { periodAt, type Site } from "./site";

const REST = 60;

type Numbers = [done: number, total: number, points: number];

/** A level's count as it was when its list was last on a page. */
interface Tally {
  digest: string;
  count: Numbers;
  stages: Record<string, Numbers>;
}

export class Figures {
  private readonly bars = all<HTMLProgressElement>("progress[data-scope]");
  private readonly texts = all<HTMLElement>("[data-count-for]");
  private readonly asked = new Set<string>();
  private planned = false;
  private own = false;
  private later = 0;
  private readonly drawn: (() => void)[] = [];

  constructor(private readonly site: Site) {
    site.store.onChange((changed, origin) => {
      if (origin !== "start" && ![...changed.keys()].some((key) => key.includes(":item:"))) return;
      // A hundred ticks arriving from another tab are one redrawing; one's own shows in the next frame.
      if (origin === "start") this.plan();
      else if (origin === "here") this.planOwn();
      else this.later ||= window.setTimeout(() => this.plan(), REST);
    });
  }

  plan(): void {
    if (this.planned) return;
    this.planned = true;
    queueMicrotask(() => {
      this.planned = false;
      clearTimeout(this.later);
      this.later = 0;
      this.draw();
    });
  }

  /** The box answers first. What other pages will count is kept at once, since the learner may leave. */
  private planOwn(): void {
    if (this.own) return;
    this.own = true;
    queueMicrotask(() => this.site.store.ready && this.remember());
    afterFrame(() => {
      this.own = false;
      this.plan();
    });
  }

  /** Calls after each drawing, the first one included. */
  onDraw(listener: () => void): void {
    this.drawn.push(listener);
  }

  /** Whether nothing of the curriculum was ever ticked here. */
  isUntouched(): boolean {
    return !this.hasForeign() && ![...this.site.supply.levels.keys()].some((id) => this.count(`level:${id}`)!.points);
  }

  /** The count of a stage of any level; where it is not known its level is loaded. */
  stageCount(id: string, level: string | undefined): Count | undefined {
    const count = this.count(`stage:${id}`);
    if (!count && level !== undefined && !this.site.supply.levels.has(level)) this.request(level);
    return count;
  }

  /** The count of a scope, or none while it is not known. */
  count(scope: string): Count | undefined {
    const [kind, id = ""] = split(scope);
    const { supply, state } = this.site;
    if (kind === "curriculum") {
      const counts = supply.totals.levels.map((level) => this.count(`level:${level.id}`));
      return counts.every((count) => count) ? counts.reduce<Count>((sum, count) => add(sum, count!), NOTHING) : undefined;
    }
    if (kind === "level") {
      const level = supply.levels.get(id);
      return level ? countStages(level.stages, state.statusOf) : this.remembered(id);
    }
    if (kind === "stage") {
      const stage = this.stage(id);
      return stage ? countStage(stage, state.statusOf) : this.rememberedStage(id);
    }
    if (kind === "project") {
      const project = this.project(id);
      return project && countOwn(project, state.statusOf);
    }
    if (kind === "block" || kind === "list") {
      const { ids, period } = placeOf(scope);
      return countTopics(ids, (entry) => state.statusOf(entry, period));
    }
    return undefined;
  }

  stage(id: string): StageList | undefined {
    for (const level of this.site.supply.levels.values()) {
      for (const stage of level.stages) if (stage.id === id) return stage;
    }
    return undefined;
  }

  project(id: string): ProjectList | undefined {
    for (const level of this.site.supply.levels.values()) {
      for (const stage of level.stages) {
        for (const project of stage.projects) if (project.page === id || project.id === id) return project;
      }
    }
    return undefined;
  }

  private draw(): void {
    if (!this.site.store.ready) return;
    this.remember();
    for (const bar of this.bars) {
      const count = this.count(bar.dataset["scope"]!) ?? this.ask(bar);
      if (!count) continue;
      bar.max = Math.max(count.total, 1);
      bar.value = count.points / 1000;
      bar.hidden = false;
    }
    for (const text of this.texts) this.drawText(text);
    for (const listener of this.drawn) listener();
  }

  private drawText(place: HTMLElement): void {
    const scope = place.dataset["countFor"]!;
    const count = this.count(scope) ?? this.ask(place);
    if (!count) return;
    const text = this.site.say("count", { done: count.done, total: count.total, percent: percent(count) });
    if (place.dataset["plain"] !== undefined) return setText(place, text);
    let opener = place.querySelector("button");
    if (!opener) {
      opener = make("button", { type: "button", class: "rb-count", "aria-expanded": "false" });
      opener.addEventListener("click", () => toggleLeft(this.site, this, scope, place, opener!));
      place.textContent = "";
      place.append(opener);
    }
    setText(opener, text);
    opener.title = this.site.say("left-open");
  }

  /** What another page counted, if the list is still the same; zero where there are no records. */
  private remembered(id: string): Count | undefined {
    const totals = this.site.supply.totals.levels.find((level) => level.id === id);
    if (!totals) return undefined;
    const tally = this.tally(id);
    if (tally) return tally.digest === totals.digest ? countOf(tally.count) : this.request(id);
    if (!this.hasForeign()) return { done: 0, total: totals.topics + totals.projects, points: 0 };
    return this.request(id);
  }

  private rememberedStage(id: string): Count | undefined {
    for (const { id: level, digest } of this.site.supply.totals.levels) {
      const tally = this.tally(level);
      const numbers = tally?.digest === digest ? tally.stages[id] : undefined;
      if (numbers) return countOf(numbers);
    }
    return undefined;
  }

  private tally(id: string): Tally | undefined {
    return this.site.store.get("here", id, "tally")?.value as unknown as Tally | undefined;
  }

  /** Whether there are ticks that no loaded list knows. */
  private hasForeign(): boolean {
    const known = new Set<string>();
    for (const level of this.site.supply.levels.values()) {
      for (const stage of level.stages) for (const { id } of entriesOf(stage)) known.add(id);
    }
    for (const [key, record] of this.site.store.records) {
      const parts = readKey(key);
      if (parts?.kind !== "item" || parts.period || known.has(parts.id)) continue;
      if (statusIn(record) !== "todo") return true;
    }
    return false;
  }

  private request(level: string): undefined {
    if (this.asked.has(level)) return;
    this.asked.add(level);
    this.site.supply.load(`level-${level}`).then(
      () => this.plan(),
      // The figure stays empty; the page itself is complete without it.
      () => undefined,
    );
  }

  /** A stage of a level that is not here: the page says which level. */
  private ask(place: HTMLElement): undefined {
    const level = place.closest<HTMLElement>("[data-level-id]")?.dataset["levelId"];
    if (level !== undefined && !this.site.supply.levels.has(level)) this.request(level);
  }

  /** Takes the tally of the lists that are here, for pages where they are not. */
  private remember(): void {
    const changes: Change[] = [];
    // A reader who never ticked leaves nothing in the storage.
    if (![...this.site.store.records.keys()].some((key) => readKey(key)?.kind === "item")) return;
    for (const level of this.site.supply.levels.values()) {
      const tally = tallyOf(level, this.site);
      if (JSON.stringify(this.tally(level.id)) === JSON.stringify(tally)) continue;
      changes.push({ kind: "here", id: level.id, period: "tally", value: tally as unknown as Value });
    }
    if (changes.length) this.site.store.change(changes);
  }
}

/** The tick boxes that stand in a block or on a list, and the period that the list is in. */
export function placeOf(scope: string): { ids: string[]; period: string } {
  const [kind, id = ""] = split(scope);
  const place =
    kind === "block" ? document.getElementById(id)?.closest("section") : document.querySelector(`[data-list="${id}"]`);
  if (!place) return { ids: [], period: "" };
  const boxes = all<HTMLInputElement>("input[data-item]", place);
  return { ids: boxes.map((box) => box.dataset["item"]!), period: periodAt(place) };
}

export function split(scope: string): [kind: string, id?: string] {
  const colon = scope.indexOf(":");
  return colon < 0 ? [scope] : [scope.slice(0, colon), scope.slice(colon + 1)];
}

function tallyOf(level: LevelList, site: Site): Tally {
  const stages: Record<string, Numbers> = {};
  let sum = NOTHING;
  for (const stage of level.stages) {
    const count = countStage(stage, site.state.statusOf);
    stages[stage.id] = numbersOf(count);
    sum = add(sum, count);
  }
  return { digest: level.digest, count: numbersOf(sum), stages };
}

function numbersOf(count: Count): Numbers {
  return [count.done, count.total, count.points];
}

function countOf([done, total, points]: Numbers): Count {
  return { done, total, points };
}
