// What is left.
//
// Input: a figure's scope. Output: a list behind the figure, each entry a link to its place.
// Responsibility: one press tells what stands between the learner and 100 %.

import { entriesOf, type StageList } from "../lists";
import { all, make } from "./dom";
import { type Figures, placeOf, split } from "./figures";
import { progressPage, type Site } from "./site";

export function toggleLeft(site: Site, figures: Figures, scope: string, place: HTMLElement, opener: HTMLElement): void {
  const host = place.closest<HTMLElement>(".rb-figure") ?? place;
  const open = host.nextElementSibling;
  if (open?.classList.contains("rb-left")) {
    open.remove();
    opener.setAttribute("aria-expanded", "false");
    return;
  }
  const panel = make("div", { class: "rb-left" });
  host.after(panel);
  opener.setAttribute("aria-expanded", "true");
  fill(site, figures, scope, panel).catch(() => panel.append(site.say("left-missing")));
}

async function fill(site: Site, figures: Figures, scope: string, panel: HTMLElement): Promise<void> {
  const [kind, id = ""] = split(scope);
  if (kind === "curriculum") {
    panel.append(make("ul", {}, ...levelLines(site, figures)));
    panel.append(make("p", {}, make("a", { href: progressPage(site) }, site.say("progress-page"))));
    return;
  }
  if (kind === "block" || kind === "list") {
    const { ids, period } = placeOf(scope);
    return list(site, panel, ids, (entry) => [labelOf(entry), `#${entry}`], period);
  }
  const level = levelOf(site, kind, id);
  if (level) await Promise.all([site.supply.load(`level-${level}`), site.supply.load(`level-${level}-texts`)]);
  const text = (entry: string): string => site.supply.texts.get(entry) ?? labelOf(entry);
  if (kind === "project") {
    const project = figures.project(id);
    if (!project) return;
    const ids = [...project.steps.map((step) => step.id), project.id];
    const url = site.root + project.url;
    list(site, panel, ids, (entry) => [
      entry === project.id ? site.say("left-project", { project: project.title }) : text(entry),
      `${url}#${entry}`,
    ]);
    return;
  }
  const stages =
    kind === "stage" ? [figures.stage(id)] : (site.supply.levels.get(id)?.stages ?? []);
  for (const stage of stages) {
    if (!stage) continue;
    if (kind === "level") {
      panel.append(make("p", { class: "rb-left-title" }, `${stage.number} ${stage.title}`.trim()));
    }
    stageLeft(site, panel, stage, text);
  }
}

function stageLeft(site: Site, panel: HTMLElement, stage: StageList, text: (id: string) => string): void {
  const projects = new Map(stage.projects.map((project) => [project.id, project]));
  const ids = [...stage.topics.map((topic) => topic.id), ...projects.keys()];
  list(site, panel, ids, (entry) => {
    const project = projects.get(entry);
    return project
      ? [project.title, site.root + project.url]
      : [text(entry), `${site.root}${stage.url}#${entry}`];
  });
}

function list(site: Site, panel: HTMLElement, ids: string[], line: (id: string) => [string, string], period = ""): void {
  const left = ids.filter((id) => ["todo", "doing"].includes(site.state.statusOf(id, period)));
  if (left.length === 0) {
    panel.append(make("p", {}, site.say("left-nothing")));
    return;
  }
  panel.append(
    make(
      "ul",
      {},
      ...left.map((id) => {
        const [text, href] = line(id);
        const word = site.state.statusOf(id, period) === "doing" ? ` — ${site.say("status-doing")}` : "";
        return make("li", {}, make("a", { href }, text), word);
      }),
    ),
  );
}

function levelLines(site: Site, figures: Figures): HTMLElement[] {
  return site.supply.totals.levels.map((level) => {
    const count = figures.count(`level:${level.id}`);
    const left = count ? site.say("left-count", { n: count.total - count.done }) : "";
    return make(
      "li",
      {},
      make("a", { href: site.root + level.url }, `${level.number} ${level.title}`.trim()),
      left && ` — ${left}`,
    );
  });
}

function levelOf(site: Site, kind: string, id: string): string | undefined {
  if (kind === "level") return id;
  for (const level of site.supply.levels.values()) {
    for (const stage of level.stages) {
      if (kind === "stage" && stage.id === id) return level.id;
      if (kind === "project" && stage.projects.some((project) => project.page === id || project.id === id)) return level.id;
    }
  }
  return undefined;
}

/** The label that the page itself shows for an item. */
export function labelOf(id: string): string {
  const box = all<HTMLInputElement>("input[data-item]").find((one) => one.dataset["item"] === id);
  return box?.labels?.[0]?.textContent?.trim() ?? id;
}

/** Ids of everything in a stage that can be ticked. */
export function idsOf(stage: StageList): string[] {
  return entriesOf(stage).map((entry) => entry.id);
}
