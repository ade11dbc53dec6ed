// The map by the learner's progress.
//
// Input: stations and the list of the same in words. Output: the state of each as a word and an
// attribute, and what is open now. Responsibility: nothing is locked, nothing moves.

import { type StageState, statesOf, type Stop } from "../map";
import { all, make, setText } from "./dom";
import type { Figures } from "./figures";
import type { Site } from "./site";

export function startMap(site: Site, figures: Figures): void {
  const stations = all<SVGElement>("[data-stop]");
  if (!stations.length) return;
  const levels = new Map<string, string>();
  const stops = new Map<string, Stop>();
  for (const { dataset } of stations) {
    const id = dataset["stop"]!;
    levels.set(id, dataset["levelId"]!);
    stops.set(id, { id, needs: (dataset["needs"] ?? "").split(" ").filter(Boolean) });
  }
  const names = new Map(all("[data-stop] > title").map((title) => [title, title.textContent ?? ""]));
  const facts = all<SVGElement>("[data-fact]");
  const durations = new Map(facts.map((fact) => [fact, fact.textContent ?? ""]));

  const tellStart = starter(site);

  figures.onDraw(() => {
    const untouched = figures.isUntouched();
    const countOf = (id: string) =>
      untouched ? { done: 0, total: 1, points: 0 } : figures.stageCount(id, levels.get(id));
    const states = statesOf([...stops.values()], countOf);
    const word = (id: string) => (states.has(id) ? site.say(`map-${states.get(id)!}`) : "");
    for (const station of stations) {
      const id = station.dataset["stop"]!;
      mark(station, states.get(id));
      const title = station.querySelector("title");
      const said = word(id);
      if (title) setText(title, names.get(title)! + (said && `: ${said}`));
    }
    for (const fact of facts) {
      const id = fact.dataset["fact"]!;
      const shown = states.has(id) && states.get(id) !== "later";
      setText(fact, shown ? word(id) : durations.get(fact)!);
    }
    for (const entry of all<HTMLElement>("[data-stage]")) {
      const id = entry.dataset["stage"]!;
      const place = entry.querySelector(".stage-state");
      if (place) setText(place, word(id));
    }
    tellOpen(site, states);
    tellStart(states);
  });
  figures.plan();
  lightLines();
}

function mark(station: SVGElement, state: StageState | undefined): void {
  if (state) station.dataset["state"] = state;
  else delete station.dataset["state"];
}

/** "Open to you now": the page says what is open at first, the script what is open since. */
function tellOpen(site: Site, states: Map<string, StageState>): void {
  const place = document.querySelector<HTMLElement>("[data-open-now]");
  if (!place || !states.size) return;
  const open = [...states].filter(([, state]) => state === "open" || state === "doing").map(([id]) => id);
  const shown = place.dataset["openNow"];
  if (shown === open.join(" ")) return;
  place.dataset["openNow"] = open.join(" ");
  place.textContent = "";
  for (const id of open) {
    const source = document.querySelector<HTMLAnchorElement>(`[data-stage="${CSS.escape(id)}"] > a`);
    if (!source) continue;
    if (place.childNodes.length) place.append(", ");
    place.append(make("a", { href: source.getAttribute("href")! }, source.textContent ?? ""));
  }
  if (!open.length) place.textContent = site.say("map-nothing-open");
}

/** Who comes back begins where something is in work, else with what comes next. */
function starter(site: Site): (states: Map<string, StageState>) => void {
  const start = document.querySelector<HTMLAnchorElement>("a.start");
  if (!start) return () => undefined;
  const first = { href: start.getAttribute("href")!, text: start.textContent ?? "" };
  return (states) => {
    const ids = (wanted: StageState) => [...states].filter(([, state]) => state === wanted).map(([id]) => id);
    const next = ids("doing")[0] ?? (ids("done").length ? ids("open")[0] : undefined);
    const station = next === undefined ? null : document.querySelector(`a[data-stop="${CSS.escape(next)}"]`);
    const number = station?.querySelector(".stop-number")?.textContent ?? "";
    start.setAttribute("href", station?.getAttribute("href") ?? first.href);
    setText(start, station ? site.say(number ? "map-go-on-with" : "map-go-on", { number }) : first.text);
  };
}

/** The lines of the station under the pointer or the focus. */
function lightLines(): void {
  for (const map of all<SVGElement>(".road-map")) {
    const light = (event: Event) => {
      const id = (event.target as Element).closest<SVGElement>("[data-stop]")?.dataset["stop"];
      for (const line of all<SVGElement>(".line", map)) {
        const { from, to } = line.dataset;
        line.classList.toggle("lit", id !== undefined && (from === id || to === id));
      }
    };
    for (const name of ["pointerover", "pointerout", "focusin", "focusout"]) {
      map.addEventListener(name, name === "pointerout" || name === "focusout" ? clear(map) : light);
    }
  }
}

function clear(map: SVGElement): () => void {
  return () => {
    for (const line of all<SVGElement>(".line.lit", map)) line.classList.remove("lit");
  };
}
