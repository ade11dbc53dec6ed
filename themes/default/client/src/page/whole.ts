// A block or a stage as a whole: "I know this", "start again".
//
// Input: `[data-actions-for]`, kept free by the style sheet. Output: changed records, with undo.
// Responsibility: starting again keeps the history: what was done, and when, becomes a record.

import { timeOf, type Value } from "../record";
import type { Change } from "../store";
import { all, button, make } from "./dom";
import { type Figures, placeOf, split } from "./figures";
import { idsOf } from "./left";
import { changeWithUndo, type Site } from "./site";

export function startWhole(site: Site, figures: Figures): void {
  for (const place of all<HTMLElement>("[data-actions-for]")) {
    const scope = place.dataset["actionsFor"]!;
    const choices = make("div", { class: "rb-choices", hidden: true });
    const opener = button(site.say("whole"), () => {
      choices.hidden = !choices.hidden;
      opener.setAttribute("aria-expanded", String(!choices.hidden));
    }, { "aria-expanded": "false" });
    const act = (make: (ids: Ids) => [Change[], string]) => (): void => {
      const [changes, text] = make(idsFor(figures, scope));
      changeWithUndo(site, changes, text);
      opener.click();
      opener.focus();
    };
    choices.append(
      button(site.say("whole-done"), act((ids) => mark(site, ids.counted, "done"))),
      button(site.say("whole-skipped"), act((ids) => mark(site, ids.counted, "skipped"))),
      button(site.say("whole-again"), act((ids) => again(site, ids.all, scope))),
    );
    place.append(opener, choices);
  }
}

interface Ids {
  /** What the scope's count counts. */
  counted: string[];
  /** With the steps of its projects. */
  all: string[];
}

function idsFor(figures: Figures, scope: string): Ids {
  const [kind, id = ""] = split(scope);
  const stage = kind === "stage" ? figures.stage(id) : undefined;
  if (stage) {
    const counted = [...stage.topics, ...stage.projects].map((entry) => entry.id);
    return { counted, all: idsOf(stage) };
  }
  const { ids } = placeOf(scope);
  return { counted: ids, all: ids };
}

function mark(site: Site, ids: string[], status: "done" | "skipped"): [Change[], string] {
  const open = ids.filter((id) => ["todo", "doing"].includes(site.state.statusOf(id)));
  const changes = open.map((id): Change => ({ kind: "item", id, value: status }));
  return [changes, site.say(`whole-${status}-told`, { n: changes.length })];
}

function again(site: Site, ids: string[], scope: string): [Change[], string] {
  const past: Value[] = [];
  const changes: Change[] = [];
  for (const id of ids) {
    const status = site.state.statusOf(id);
    if (status === "todo") continue;
    const record = site.state.recordOf(id);
    past.push([id, status, record ? timeOf(record) : 0]);
    changes.push({ kind: "item", id, value: "todo" });
  }
  const count = changes.length;
  if (count) {
    // `T` and base 36: a period of the key's grammar that no other start can have.
    const id = scope.replace(/[:@/\s]/g, "-");
    changes.push({ kind: "past", id, period: `T${Date.now().toString(36)}`, value: past });
  }
  return [changes, site.say("whole-again-told", { n: count })];
}
