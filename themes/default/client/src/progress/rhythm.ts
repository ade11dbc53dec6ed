// Activity, recurring lists, hours.

import { type Activity, weeksInARow } from "../activity";
import { button, make } from "../page/dom";
import type { TrackingList } from "../page/supply";
import { dayOf, daysBefore, monthOf, periodOf, weekday, weekOf } from "../period";
import { type Desk, section } from "./desk";

const SVG = "http://www.w3.org/2000/svg";
const WEEKS = 26;

export function rhythm(desk: Desk, activity: Activity, today: Date): HTMLElement {
  const month = [...activity.days].reduce((sum, [day, n]) => sum + (day.startsWith(monthOf(today)) ? n : 0), 0);
  const row = weeksInARow(activity.weeks, today);
  return section(
    desk,
    "rhythm",
    make("p", {}, desk.say("done-lately", { week: activity.weeks.get(weekOf(today)) ?? 0, month })),
    row > 1 && make("p", {}, desk.say("streak", { n: row })),
    calendar(desk, activity, today),
  );
}

/** A square a day, a column a week; the count in words for those who do not see colours. */
function calendar(desk: Desk, { days, weeks }: Activity, today: Date): HTMLElement {
  const drawing = svg("svg", { viewBox: `0 0 ${WEEKS * 12} 84`, class: "rb-calendar", role: "img" });
  let active = 0;
  for (let back = 0; back < WEEKS; back++) if (weeks.has(weekOf(daysBefore(today, back * 7)))) active++;
  drawing.setAttribute("aria-label", desk.say("calendar", { active, weeks: WEEKS }));
  const since = weekday(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate()));
  for (let n = 0; n <= (WEEKS - 1) * 7 + since; n++) {
    const day = dayOf(daysBefore(today, (WEEKS - 1) * 7 + since - n));
    const count = days.get(day) ?? 0;
    const step = count === 0 ? 0 : count < 3 ? 1 : count < 8 ? 2 : 3;
    const square = svg("rect", { x: Math.floor(n / 7) * 12, y: (n % 7) * 12, width: 10, height: 10, rx: 2, class: `rb-day-${step}` });
    const name = svg("title", {});
    name.textContent = `${day}: ${count}`;
    square.append(name);
    drawing.append(square);
  }
  return make("div", { class: "rb-chart" }, drawing as unknown as HTMLElement);
}

export function lists(desk: Desk, today: Date): HTMLElement | undefined {
  const { tracking } = desk.site.supply;
  if (tracking.length === 0) return undefined;
  return section(desk, "lists", ...tracking.map((list) => oneList(desk, list, today)));
}

function oneList(desk: Desk, list: TrackingList, today: Date): HTMLElement {
  const { site } = desk;
  const period = periodOf(list.cadence, today);
  const items = list.items.map((item) => {
    const box = make("input", { type: "checkbox", id: `tick-${item.id}` });
    box.checked = site.state.statusOf(item.id, period) === "done";
    box.addEventListener("change", () => {
      site.store.change([{ kind: "item", id: item.id, period, value: box.checked ? "done" : "todo" }]);
    });
    return make("li", { class: "item" }, box, " ", make("label", { for: box.id }, item.text));
  });
  return make(
    "div",
    {},
    make("h3", {}, make("a", { href: site.root + list.url }, list.title), period && ` · ${period}`),
    make("ul", { class: "items" }, ...items),
    period ? history(desk, list, today, period) : undefined,
  );
}

/** Earlier periods: how many entries were ticked in each. */
function history(desk: Desk, list: TrackingList, today: Date, present: string): HTMLElement | undefined {
  const periods = new Set<string>();
  for (let back = 0; back < 366; back += 7) periods.add(periodOf(list.cadence, daysBefore(today, back)));
  periods.delete(present);
  const lines = [...periods].flatMap((period) => {
    const done = list.items.filter((item) => desk.site.state.statusOf(item.id, period) === "done").length;
    return done ? [make("li", {}, `${period}: ${desk.say("of", { done, total: list.items.length })}`)] : [];
  });
  if (lines.length === 0) return undefined;
  return make("details", {}, make("summary", {}, desk.say("history")), make("ul", {}, ...lines));
}

export function hours(desk: Desk, { minutes }: Activity, today: Date): HTMLElement {
  const weeks = Array.from({ length: 12 }, (_, n) => weekOf(daysBefore(today, (11 - n) * 7)));
  const most = Math.max(60, ...weeks.map((week) => minutes.get(week) ?? 0));
  const drawing = svg("svg", { viewBox: "0 0 240 80", class: "rb-hours", role: "img" });
  const inHours = (week: string): number => Math.round((minutes.get(week) ?? 0) / 6) / 10;
  drawing.setAttribute("aria-label", weeks.map((week) => `${week}: ${inHours(week)}`).join(", "));
  weeks.forEach((week, n) => {
    const height = Math.round(((minutes.get(week) ?? 0) / most) * 70);
    const column = svg("rect", { x: n * 20 + 2, y: 78 - height, width: 16, height: height + 2, rx: 2, class: "rb-hour" });
    const name = svg("title", {});
    name.textContent = `${week}: ${inHours(week)}`;
    column.append(name);
    drawing.append(column);
  });
  const day = make("input", { type: "date", class: "rb-field", id: "rb-hours-day", value: dayOf(today), max: dayOf(today) });
  const length = make("input", { type: "number", class: "rb-field", id: "rb-hours-length", min: 0.1, max: 24, step: "any", size: 4 });
  const form = make(
    "form",
    {
      class: "rb-choices",
      onsubmit: (event) => {
        event.preventDefault();
        const spent = Math.round(Number(length.value) * 60);
        if (!(spent > 0) || !day.value) return;
        const id = Math.random().toString(36).slice(2, 10).padEnd(8, "0");
        desk.site.store.change([{ kind: "session", id, value: { day: day.value, minutes: spent } }]);
      },
    },
    make("label", { for: day.id }, desk.say("hours-day")),
    day,
    make("label", { for: length.id }, desk.say("hours-length")),
    length,
    make("button", { class: "rb-button" }, desk.say("hours-add")),
  );
  const week = weekOf(today);
  return section(desk, "hours", make("p", {}, desk.say("hours-week", { hours: inHours(week) })), make("div", { class: "rb-chart", hidden: !weeks.some((one) => minutes.get(one)) }, drawing as unknown as HTMLElement), form, takeBack(desk));
}

/** The latest session, entered wrongly, can be taken back. */
function takeBack(desk: Desk): HTMLElement | undefined {
  let newest: [string, string] | undefined;
  for (const [key, record] of desk.site.store.records) {
    if (!key.includes(":session:") || record.value === null) continue;
    if (!newest || record.stamp > newest[1]) newest = [key, record.stamp];
  }
  if (!newest) return undefined;
  const id = newest[0].split(":")[2]!;
  return button(desk.say("hours-back"), () => desk.site.store.change([{ kind: "session", id, value: null }]));
}

function svg(name: string, attributes: Record<string, string | number>): SVGElement {
  const element = document.createElementNS(SVG, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  return element;
}

/** A code as one path. */
export function codeDrawing(modules: boolean[][], label: string): SVGElement {
  const size = modules.length + 8;
  const drawing = svg("svg", { viewBox: `0 0 ${size} ${size}`, class: "rb-code", "shape-rendering": "crispEdges", role: "img", "aria-label": label });
  let path = "";
  modules.forEach((row, y) => row.forEach((dark, x) => (path += dark ? `M${x + 4} ${y + 4}h1v1h-1z` : "")));
  drawing.append(svg("rect", { width: size, height: size, fill: "#fff" }), svg("path", { d: path, fill: "#000" }));
  return drawing;
}
