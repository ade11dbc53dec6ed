// Filters above the list of projects.
//
// Input: the page's selects, and cards with what filters go by. Output: the select of skills, filled;
// cards and their groups shown or hidden. Responsibility: the choice stands in the
// address, so that it can be sent and survives going back; the count is told.

import { type Choice, FILTERS, type Filter, fromFragment, isShown, type Project, toFragment } from "../catalogue";
import { all, make } from "./dom";

export function startCatalogue(): void {
  const filters = document.querySelector<HTMLElement>(".filters");
  if (!filters) return;
  const cards = all<HTMLElement>("[data-skills]").map((card) => [card, read(card)] as const);
  const field = (name: Filter): HTMLSelectElement => filters.querySelector<HTMLSelectElement>(`[name=${name}]`)!;
  const skills = [...new Set(cards.flatMap(([, project]) => project.skills))];
  field("skill").append(...skills.sort((a, b) => a.localeCompare(b)).map((skill) => make("option", {}, skill)));
  const told = filters.querySelector<HTMLElement>("[role=status]");

  const show = (): void => {
    const choice: Choice = {};
    for (const name of FILTERS) choice[name] = field(name).value;
    let shown = 0;
    for (const [card, project] of cards) {
      card.hidden = !isShown(project, choice);
      if (!card.hidden) shown++;
    }
    for (const group of all<HTMLElement>(".index-group")) {
      group.hidden = all("[data-skills]:not([hidden])", group).length === 0;
    }
    if (told) told.textContent = `${told.dataset["label"]}: ${shown} / ${cards.length}`;
  };
  const restore = (): void => {
    const choice = fromFragment(location.hash);
    for (const name of FILTERS) field(name).value = choice[name] ?? "";
    show();
  };
  filters.addEventListener("change", () => {
    show();
    const choice: Choice = {};
    for (const name of FILTERS) choice[name] = field(name).value;
    history.replaceState(history.state, "", `#${toFragment(choice)}`);
  });
  addEventListener("hashchange", restore);
  restore();
}

function read(card: HTMLElement): Project {
  const { level = "", difficulty = "", hours = "", skills = "" } = card.dataset;
  return { level, difficulty: Number(difficulty), hours: Number(hours), skills: skills.split("|").filter(Boolean) };
}
