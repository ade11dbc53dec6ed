// Yours to take: files, the link, bringing back, other curricula on this origin.

import { type Carried, decodeLink, encodeLink, gains, isLink } from "../handover";
import { mergeInto, type Records } from "../merge";
import { button, download, make, setText } from "../page/dom";
import { before, takeCopy } from "../page/site";
import { dayOf } from "../period";
import { readKey, readRecord, type Status } from "../record";
import { qrCode } from "../qr";
import { exportJson } from "../export-json";
import type { Change } from "../store";
import { csv, linesOf, markdown, preview, readCopy } from "../taking";
import { type Desk, detailsOf, section, textOf } from "./desk";
import { takeSite } from "./offline";
import { codeDrawing } from "./rhythm";

export function take(desk: Desk): HTMLElement {
  const { site } = desk;
  const name = (ending: string): string => `${site.curriculum}-${dayOf(new Date())}.${ending}`;
  const lines = () => linesOf(desk.stages, (id) => textOf(desk, id), (id) => detailsOf(desk, id));
  const words = Object.fromEntries(["todo", "doing", "done", "skipped"].map((status) => [status, site.say(`status-${status}`)])) as Record<Status, string>;
  const link = make("div", {});
  return section(
    desk,
    "take",
    make("p", {}, desk.say("take-text")),
    make(
      "div",
      { class: "rb-choices" },
      button(desk.say("take-file"), () => takeCopy(site)),
      shareButton(desk, name("json")),
      button("Markdown", () => download(name("md"), "text/markdown", markdown(site.supply.totals.title, lines(), words))),
      button("CSV", () => download(name("csv"), "text/csv", csv(lines()))),
      keptFile(desk, name("json")),
      button(desk.say("take-link"), () => link.replaceChildren(...showLink(desk))),
    ),
    link,
    takeSite(desk),
  );
}

/** The share sheet, where it takes files; the download beside it works everywhere. */
function shareButton(desk: Desk, name: string): HTMLElement | false {
  const share = navigator as Navigator & { canShare?: (what: object) => boolean };
  if (typeof share.canShare !== "function" || typeof File !== "function") return false;
  const file = (): File => new File([exportJson(desk.site.curriculum, desk.site.store.records, new Date().toISOString())], name, { type: "application/json" });
  if (!share.canShare({ files: [file()] })) return false;
  return button(desk.say("take-share"), () => void share.share({ files: [file()] }).catch(() => undefined));
}

/** Desktop Chromium: a file that every page of the site writes again after each change. */
function keptFile(desk: Desk, name: string): HTMLElement | false {
  const { kept } = desk.site;
  if (!kept?.offered) return false;
  const place = make("span", { class: "rb-choices" });
  const told = make("span", { role: "status" });
  const quiet = (work: Promise<void>): void => void work.catch(() => undefined);
  const draw = (): void => {
    const { state } = kept;
    setText(told, state === "none" ? "" : desk.say(`kept-${state}`, { file: kept.name }));
    const choices: Node[] = [];
    if (state === "none" || state === "lost") choices.push(button(desk.say("take-kept"), () => quiet(kept.pick(name))));
    if (state === "waits") choices.push(button(desk.site.say("kept-resume"), () => quiet(kept.resume())));
    if (state === "writing" || state === "waits") choices.push(button(desk.say("kept-stop"), () => kept.stop()));
    place.replaceChildren(told, ...choices);
  };
  kept.onState = draw;
  draw();
  return place;
}

function showLink(desk: Desk): Node[] {
  const fragment = encodeLink(desk.carried, desk.site.state.statusOf);
  const address = `${location.href.split("#")[0]}#${fragment}`;
  const field = make("input", { type: "text", readonly: true, class: "rb-note", value: address, "aria-label": desk.say("take-link") });
  field.addEventListener("focus", () => field.select());
  const parts: Node[] = [make("p", {}, desk.say("link-text")), field];
  if (location.protocol === "file:") parts.push(make("p", { class: "rb-hint" }, desk.say("link-file")));
  else {
    const modules = qrCode(address);
    if (modules) parts.push(codeDrawing(modules, desk.say("link-code")));
  }
  return parts;
}

/** Bringing progress here: always a preview first. */
export function bring(desk: Desk): HTMLElement {
  const shown = make("div", { role: "status" });
  const file = make("input", { type: "file", id: "rb-file", accept: ".json,application/json" });
  file.addEventListener("change", () => {
    const chosen = file.files?.[0];
    if (chosen) void chosen.text().then((text) => previewFile(desk, text, shown));
  });
  const link = make("input", { type: "text", id: "rb-link", class: "rb-note" });
  const fromLink = (text: string): void => previewLink(desk, text, shown);
  const opened = (): void => {
    if (!isLink(location.hash)) return;
    fromLink(location.hash);
    document.getElementById("rb-bring")?.scrollIntoView();
  };
  addEventListener("hashchange", opened);
  // Only when all is on the page does it make sense to go to the preview.
  setTimeout(opened);
  return section(
    desk,
    "bring",
    make("p", {}, desk.say("bring-text")),
    make("p", {}, make("label", { for: file.id }, desk.say("bring-file")), " ", file),
    make("p", { class: "rb-entry" }, make("label", { for: link.id }, desk.say("bring-link")), " ", link, button(desk.say("bring-look"), () => fromLink(link.value.slice(link.value.indexOf("#") + 1)))),
    shown,
  );
}

function previewFile(desk: Desk, text: string, shown: HTMLElement): void {
  const { site } = desk;
  const copy = readCopy(text, site.curriculum);
  if (typeof copy === "string") return shown.replaceChildren(desk.say(`bring-${copy}`));
  const knows = (id: string): boolean => desk.known.has(id) || site.supply.retired.has(id);
  const found = preview(site.store.records, copy.records, knows);
  const parts: Node[] = [];
  if (copy.curriculum !== site.curriculum) parts.push(make("p", {}, desk.say("bring-other", { curriculum: copy.curriculum })));
  parts.push(make("p", {}, desk.say("bring-preview", { ...found, damaged: copy.damaged })));
  parts.push(button(desk.say("bring-merge"), () => {
    mergeWithUndo(desk, copy.records);
    shown.replaceChildren();
  }));
  shown.replaceChildren(...parts);
}

/** Merges by the records' own times; undo writes what stood there before as new changes. */
export function mergeWithUndo(desk: Desk, records: Records): void {
  const { site } = desk;
  const changes = [...records.keys()].map((key): Change => {
    const { kind, id, period } = readKey(key)!;
    return { kind, id, period, value: null };
  });
  const was = before(site, changes);
  const changed = site.store.merge(records);
  const back = changes.filter((change) => changed.has(`${site.curriculum}:${change.kind}:${change.id}${change.period ? `@${change.period}` : ""}`));
  site.notices.show("undo", desk.say("bring-done", { n: changed.size }), [
    { text: site.say("undo"), press: () => site.store.undo(was, back) },
  ]);
}

function previewLink(desk: Desk, text: string, shown: HTMLElement): void {
  const { site } = desk;
  const carried = decodeLink(text, desk.carried);
  if (typeof carried === "string") return shown.replaceChildren(desk.say(`link-${carried}`));
  const changes = gains(carried, site.state.statusOf);
  const done = [...carried.values()].filter((status) => status === "done").length;
  shown.replaceChildren(
    make("p", {}, desk.say("link-preview", { done, n: changes.size })),
    make("p", { class: "rb-hint" }, desk.say("link-notes")),
    button(desk.say("bring-merge"), () => {
      applyLink(desk, changes);
      shown.replaceChildren();
      history.replaceState(null, "", location.href.split("#")[0]);
    }),
  );
}

function applyLink(desk: Desk, gained: Carried): void {
  const { site } = desk;
  const changes = [...gained].map(([id, value]): Change => ({ kind: "item", id, value }));
  const was = before(site, changes);
  site.store.change(changes);
  site.notices.show("undo", desk.say("bring-done", { n: changes.length }), [
    { text: site.say("undo"), press: () => site.store.undo(was, changes) },
  ]);
}

/** A fork next to its upstream shares the ids of what it took over. */
export function others(desk: Desk): HTMLElement | undefined {
  const { site } = desk;
  const found = new Map<string, Records>();
  try {
    for (let at = 0; at < localStorage.length; at++) {
      const name = localStorage.key(at)!;
      const parts = name.startsWith("roadbook/") ? readKey(name.slice(9)) : undefined;
      if (!parts || parts.curriculum === site.curriculum || parts.kind === "here" || !desk.known.has(parts.id)) continue;
      const record = readRecord(localStorage.getItem(name));
      if (typeof record !== "object") continue;
      const records = found.get(parts.curriculum) ?? new Map();
      mergeInto(records, new Map([[`${site.curriculum}:${parts.kind}:${parts.id}${parts.period ? `@${parts.period}` : ""}`, record]]));
      found.set(parts.curriculum, records);
    }
  } catch {
    return undefined;
  }
  if (found.size === 0) return undefined;
  const lines = [...found].map(([curriculum, records]) =>
    make("li", {}, `${curriculum}: ${desk.say("others-count", { n: records.size })} `, button(desk.say("others-copy"), () => mergeWithUndo(desk, records))),
  );
  return section(desk, "others", make("p", {}, desk.say("others-text")), make("ul", {}, ...lines));
}
