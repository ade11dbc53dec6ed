// A group: several people's exports or links side by side.
//
// Responsibility: read-only, in memory alone: nothing of it touches the learner's own records or
// any storage.

import { countStage, percent, type StatusOf } from "../count";
import { decodeLink } from "../handover";
import { button, make } from "../page/dom";
import { readCopy, statusesIn } from "../taking";
import { type Desk, section } from "./desk";

export function group(desk: Desk): HTMLElement {
  const people: { name: string; statusOf: StatusOf }[] = [];
  const table = make("div", { class: "table", tabindex: 0 });
  const told = make("p", { role: "status" });
  const draw = (): void => {
    const head = make("tr", {}, make("th", { scope: "col" }, desk.say("group-name")));
    for (const stage of desk.stages) head.append(make("th", { scope: "col", title: stage.title }, stage.number || stage.title));
    const rows = people.map((person) => {
      const row = make("tr", {}, make("th", { scope: "row" }, person.name));
      for (const stage of desk.stages) row.append(make("td", {}, `${percent(countStage(stage, person.statusOf))} %`));
      return row;
    });
    table.replaceChildren(make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows)));
  };
  const add = (name: string, statusOf: StatusOf): void => {
    people.push({ name, statusOf });
    draw();
  };
  const files = make("input", { type: "file", multiple: true, id: "rb-group-files", accept: ".json,application/json" });
  files.addEventListener("change", () => {
    for (const file of Array.from(files.files ?? [])) {
      void file.text().then((text) => {
        const copy = readCopy(text, desk.site.curriculum);
        if (typeof copy === "string") told.textContent = `${file.name}: ${desk.say(`bring-${copy}`)}`;
        else add(file.name.replace(/\.json$/, ""), statusesIn(copy, desk.site.curriculum));
      });
    }
  });
  const link = make("input", { type: "text", id: "rb-group-link", class: "rb-note" });
  const addLink = (): void => {
    const carried = decodeLink(link.value.slice(link.value.indexOf("#") + 1), desk.carried);
    if (typeof carried === "string") told.textContent = desk.say(`link-${carried}`);
    else {
      add(desk.say("group-person", { n: people.length + 1 }), (id) => carried.get(id) ?? "todo");
      link.value = "";
    }
  };
  return section(
    desk,
    "group",
    make("p", {}, desk.say("group-text")),
    make("p", {}, make("label", { for: files.id }, desk.say("group-files")), " ", files),
    make("p", { class: "rb-entry" }, make("label", { for: link.id }, desk.say("bring-link")), " ", link, button(desk.say("group-add"), addLink)),
    told,
    table,
  );
}
