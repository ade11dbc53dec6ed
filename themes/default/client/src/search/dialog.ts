// The search dialog.
//
// Input: the page's script and a shelf. Output: the dialog. Responsibility: a field and a list of
// links that keyboard, fingers and screen readers can use: the field is a combobox, the links are
// its options.

import { all, button, make, setText } from "../page/dom";
import type { Site } from "../page/site";
import { excerpt, type Piece } from "./excerpt";
import { findNotes, type FoundNote } from "./notes";
import { ask } from "./query";
import { type Hit, rank } from "./rank";
import type { Shelf } from "./shelf";

const EXCERPT = 160;
/** The best stand first, whatever their stage. */
const BEST = 3;
const IN_GROUP = 6;

export class Dialog {
  private readonly field: HTMLInputElement;
  private readonly list: HTMLElement;
  private readonly status: HTMLElement;
  private readonly filters: HTMLElement;
  private readonly shade: HTMLElement;
  private kind = "";
  private active = -1;
  private asked = 0;
  private searching = false;
  private opener: Element | null = null;

  constructor(
    private readonly site: Site,
    private readonly shelf: Shelf,
  ) {
    const { say } = site;
    this.field = make("input", {
      type: "search",
      id: "rb-search-field",
      role: "combobox",
      "aria-label": say("search"),
      "aria-expanded": "false",
      "aria-controls": "rb-search-list",
      "aria-autocomplete": "list",
      placeholder: say("search-hint"),
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      enterkeyhint: "search",
      oninput: () => this.plan(),
      onkeydown: (event) => this.key(event as KeyboardEvent),
    });
    this.list = make("div", { id: "rb-search-list", class: "rb-search-list", role: "listbox", "aria-label": say("search-results") });
    this.status = make("p", { class: "rb-search-status", role: "status" });
    this.filters = make("div", { class: "rb-search-kinds", role: "group", "aria-label": say("search-kinds") });
    const box = make(
      "div",
      { class: "rb-search", role: "dialog", "aria-modal": "true", "aria-label": say("search"), onkeydown: (event) => this.keep(event as KeyboardEvent) },
      make("div", { class: "rb-search-head" }, this.field, button(say("close"), () => this.close(), { class: "rb-button rb-search-close" })),
      this.filters,
      this.status,
      this.list,
    );
    this.shade = make("div", { class: "rb-search-shade", hidden: true }, box);
    this.shade.addEventListener("mousedown", (event) => {
      if (event.target === this.shade) this.close();
    });
    document.body.append(this.shade);
  }

  open(): void {
    if (!this.shade.hidden) return;
    this.opener = document.activeElement;
    this.shade.hidden = false;
    document.documentElement.classList.add("rb-searching");
    this.field.focus();
    this.field.select();
    this.shelf.open().then(
      () => this.showKinds(),
      () => setText(this.status, this.site.say("search-missing")),
    );
    if (this.field.value) this.plan();
  }

  close(): void {
    this.shade.hidden = true;
    document.documentElement.classList.remove("rb-searching");
    if (this.opener instanceof HTMLElement) this.opener.focus();
  }

  private showKinds(): void {
    if (this.filters.childElementCount) return;
    const kinds = this.shelf.core.kinds.map(([kind]) => kind).filter(Boolean);
    for (const kind of ["", ...kinds]) {
      this.filters.append(
        button(
          this.site.say(kind ? `search-kind-${kind}` : "search-kind-all"),
          () => {
            this.kind = kind;
            for (const one of all<HTMLElement>("button", this.filters)) one.setAttribute("aria-pressed", String(one.dataset["kind"] === kind));
            this.plan();
            this.field.focus();
          },
          { class: "rb-search-kind", "data-kind": kind, "aria-pressed": String(kind === this.kind) },
        ),
      );
    }
  }

  /** One question at a time; of what is typed meanwhile the newest is asked next. */
  private plan(): void {
    this.asked++;
    if (this.searching) return;
    this.searching = true;
    void this.searchAll().finally(() => (this.searching = false));
  }

  private async searchAll(): Promise<void> {
    for (let asked = -1; asked !== this.asked; ) {
      asked = this.asked;
      await this.search(asked).catch(() => setText(this.status, this.site.say("search-missing")));
    }
  }

  private async search(asked: number): Promise<void> {
    const typed = this.field.value;
    if (!typed.trim()) {
      this.show([], [], undefined, "");
      return;
    }
    const question = await ask(this.shelf, typed);
    const hits = await rank(this.shelf, question, this.kind);
    const notes = this.kind ? [] : await findNotes(this.site, this.shelf, question);
    const groups = await this.groups(hits);
    // An answer to what was typed before would replace a newer one.
    if (asked !== this.asked) return;
    this.show(groups, notes, question.understood, typed);
  }

  /** The best, of different pages; then the others by their stage or kind. */
  private async groups(hits: Hit[]): Promise<[string, Hit[]][]> {
    const { say } = this.site;
    const best: Hit[] = [];
    for (const hit of hits) {
      if (best.length < BEST && !best.some((one) => one.entry.url === hit.entry.url)) best.push(hit);
    }
    const groups = new Map<string, Hit[]>();
    groups.set(say("search-best"), best);
    for (const hit of hits) {
      if (best.includes(hit)) continue;
      const stage = hit.entry.kind === "stage" ? hit.entry.no : hit.entry.stage;
      const name = stage >= 0 ? titleOf(await this.shelf.entry(stage)) : say(`search-kind-${hit.entry.kind}`);
      const group = groups.get(name) ?? [];
      groups.set(name, group);
      if (group.length < IN_GROUP) group.push(hit);
    }
    return [...groups].filter(([, group]) => group.length);
  }

  private show(groups: [string, Hit[]][], notes: FoundNote[], understood: string | undefined, typed: string): void {
    const { say } = this.site;
    const sections: HTMLElement[] = groups.map(([name, hits], at) => section(`rb-search-group-${at}`, name, hits.map((hit) => this.link(hit))));
    if (notes.length) sections.push(section("rb-search-notes", say("search-notes"), notes.map((note) => this.note(note))));
    this.list.replaceChildren(...sections);
    const options = this.options();
    options.forEach((option, at) => (option.id = `rb-search-${at}`));
    this.field.setAttribute("aria-expanded", String(options.length > 0));
    this.mark(-1);
    const told = typed ? say("search-found", { n: options.length }) : "";
    setText(this.status, understood !== undefined && options.length ? `${say("search-understood", { text: understood })} ${told}` : told);
    this.list.scrollTop = 0;
  }

  private link(hit: Hit): HTMLElement {
    const { entry, part, stems } = hit;
    const anchor = part?.anchor ?? "";
    const inside = part && part.kind !== "page" ? part : undefined;
    const text = inside ? inside.text : (entry.parts[0]?.text ?? "");
    const first = inside ? this.marked(excerpt(this.shelf, inside.label, stems, EXCERPT), "rb-search-place") : undefined;
    const body = text || entry.summary;
    return this.option(
      entry.url + (anchor ? `#${encodeURIComponent(anchor)}` : ""),
      make("span", { class: "rb-search-title" }, entry.number ? `${entry.number} ` : "", this.marked(excerpt(this.shelf, entry.title, stems, 200), "rb-search-name"), make("span", { class: "rb-search-of" }, this.site.say(`search-one-${entry.kind}`))),
      first,
      body ? this.marked(excerpt(this.shelf, body, stems, EXCERPT), "rb-search-text") : undefined,
    );
  }

  private note({ text, about, url }: FoundNote): HTMLElement {
    const title = make("span", { class: "rb-search-title" }, about);
    return this.option(url, title, make("span", { class: "rb-search-text" }, text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text));
  }

  private option(url: string, ...children: (HTMLElement | undefined)[]): HTMLElement {
    return make(
      "a",
      { href: this.site.root + url, role: "option", tabindex: -1, "aria-selected": "false", "data-result": true, class: "rb-search-hit", onclick: () => this.close() },
      ...children.flatMap((child) => (child ? [child, " "] : [])),
    );
  }

  private marked(pieces: Piece[], name: string): HTMLElement {
    return make("span", { class: name }, ...pieces.map(({ text, marked }) => (marked ? make("mark", {}, text) : text)));
  }

  private options(): HTMLElement[] {
    return all<HTMLElement>("[data-result]", this.list);
  }

  /** Which option Enter would open. */
  private mark(at: number): void {
    const options = this.options();
    options[this.active]?.setAttribute("aria-selected", "false");
    this.active = at;
    const option = options[at];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    const options = this.options();
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && options.length) {
      event.preventDefault();
      const next = this.active < 0 && step < 0 ? options.length - 1 : (this.active + step + options.length) % options.length;
      this.mark(next);
    } else if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
      const option = options[this.active] ?? options[0];
      option?.click();
    }
  }

  /** Focus stays inside; Escape leaves. */
  private keep(event: KeyboardEvent): void {
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      this.close();
    }
    if (event.key !== "Tab") return;
    const stops = all<HTMLElement>("input, button", this.shade);
    const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
    if (document.activeElement !== edge) return;
    event.preventDefault();
    (event.shiftKey ? stops[stops.length - 1] : stops[0])?.focus();
  }
}

function titleOf({ number, title }: { number: string; title: string }): string {
  return `${number} ${title}`.trim();
}

function section(id: string, name: string, options: HTMLElement[]): HTMLElement {
  return make("div", { role: "group", "aria-labelledby": id, class: "rb-search-group" }, make("p", { id, role: "presentation", class: "rb-search-heading" }, name), ...options);
}
