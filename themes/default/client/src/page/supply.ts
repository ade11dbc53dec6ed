// The site's lists and words, as its classic scripts hand them over.
//
// Input: `roadbookSupply.push(["level", {…}])` from the files of `data/`, before this script and
// after. Output: totals, levels, words. Responsibility: scripts instead of `fetch`, which does not
// work from disk; each is loaded once.

import type { About } from "../about";
import { type LevelList, type PublishedLevel, readLevel, type Totals } from "../lists";
import type { Pattern } from "../words";
import { loadScript } from "./load";

export interface Texts {
  level: string;
  texts: Record<string, string>;
  notes?: Record<string, string>;
}

export interface TrackingList {
  id: string;
  title: string;
  cadence: string;
  url: string;
  items: { id: string; text: string }[];
}

export interface RetiredItem {
  id: string;
  text: string;
  replaced_by?: string[];
}

interface Parcels {
  words: { language: string; messages: Record<string, Pattern> };
  totals: Totals;
  level: PublishedLevel;
  texts: Texts;
  tracking: TrackingList[];
  retired: RetiredItem[];
  about: Record<string, About>;
}

type Parcel = { [Name in keyof Parcels]: [Name, Parcels[Name]] }[keyof Parcels];

export class Supply {
  language = "en";
  messages: Record<string, Pattern> = {};
  totals: Totals = { title: "", levels: [] };
  readonly levels = new Map<string, LevelList>();
  readonly texts = new Map<string, string>();
  readonly notes = new Map<string, string>();
  tracking: TrackingList[] = [];
  readonly retired = new Map<string, RetiredItem>();
  readonly about = new Map<string, About>();
  onLevel: (level: LevelList) => void = () => {};
  /** What is for a script that has not come yet. */
  private rest: [string, unknown][] = [];
  private take: (kind: string, value: unknown) => void = (kind, value) => this.rest.push([kind, value]);
  private readonly loading = new Map<string, Promise<void>>();

  constructor(private readonly root: string) {
    const scope = globalThis as { roadbookSupply?: Parcel[] | { push(parcel: Parcel): void } };
    const waiting = scope.roadbookSupply;
    if (Array.isArray(waiting)) for (const parcel of waiting) this.open(parcel);
    scope.roadbookSupply = { push: (parcel: Parcel) => this.open(parcel) };
  }

  /** Loads `data/NAME.js`; rejects where the site has no such file. */
  load(name: string): Promise<void> {
    return this.loading.get(name) ?? loadScript(`${this.root}data/${encodeURIComponent(name)}.js`);
  }

  /** Hands over all parcels that this does not know itself, those that came and those to come. */
  others(take: (kind: string, value: unknown) => void): void {
    this.take = take;
    for (const [kind, value] of this.rest.splice(0)) take(kind, value);
  }

  private open(parcel: Parcel): void {
    switch (parcel[0]) {
      case "words":
        this.language = parcel[1].language;
        Object.assign(this.messages, parcel[1].messages);
        break;
      case "totals":
        this.totals = parcel[1];
        break;
      case "level": {
        const level = readLevel(parcel[1]);
        this.levels.set(level.id, level);
        this.loading.set(`level-${level.id}`, Promise.resolve());
        this.onLevel(level);
        break;
      }
      case "texts":
        for (const [id, text] of Object.entries(parcel[1].texts)) this.texts.set(id, text);
        for (const [id, note] of Object.entries(parcel[1].notes ?? {})) this.notes.set(id, note);
        break;
      case "tracking":
        this.tracking = parcel[1];
        break;
      case "retired":
        for (const item of parcel[1]) this.retired.set(item.id, item);
        break;
      case "about":
        for (const [key, about] of Object.entries(parcel[1])) this.about.set(key, about);
        break;
      default: {
        const [kind, value] = parcel as [string, unknown];
        this.take(kind, value);
      }
    }
  }
}
