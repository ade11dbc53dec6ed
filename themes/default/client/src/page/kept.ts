// A file on the learner's computer that is written again after each change.
//
// Input: a file picked once, the records. Output: the file, up to date from whatever page the change
// was made on. Responsibility: desktop Chromium alone offers such files; it forgets the permission
// when it is closed, and then the learner is asked with the next change, since only a press may ask.

import { exportJson } from "../export-json";
import { readKey, timeOf } from "../record";
import { here, progressPage, setHere, type Site } from "./site";

interface FileHandle {
  name: string;
  createWritable(): Promise<{ write(text: string): Promise<void>; close(): Promise<void> }>;
  queryPermission?(what: { mode: "readwrite" }): Promise<string>;
  requestPermission?(what: { mode: "readwrite" }): Promise<string>;
}

type Picker = (options: { suggestedName: string }) => Promise<FileHandle>;

const PAUSE = 800;
const SHELF = "file";

/** `none` is picked, it is `writing`, it `waits` for the permission, or it was `lost`. */
export type KeptState = "none" | "writing" | "waits" | "lost";

export class KeptFile {
  state: KeptState = "none";
  onState: () => void = () => {};
  private file: FileHandle | undefined;
  private waiting = 0;

  constructor(private readonly site: Site) {
    const { store } = site;
    store.onChange((changed, origin) => {
      if (origin === "start") void this.open();
      else if (origin === "here" && [...changed.keys()].some((key) => readKey(key)?.kind !== "here")) this.changed();
    });
  }

  /** Whether this browser has such files. */
  get offered(): boolean {
    return picker() !== undefined;
  }

  /** The file's name, once one is picked. */
  get name(): string {
    return this.file?.name ?? "";
  }

  async pick(suggestedName: string): Promise<void> {
    this.file = await picker()!.call(window, { suggestedName });
    await keep(this.site.curriculum, this.file);
    await this.write();
  }

  /** To be called by a press: the browser asks the learner. */
  async resume(): Promise<void> {
    const answer = await this.file?.requestPermission?.({ mode: "readwrite" });
    if (answer === "granted") await this.write();
  }

  stop(): void {
    this.file = undefined;
    setHere(this.site, "kept", null);
    this.become("none");
  }

  private async open(): Promise<void> {
    const written = here(this.site, "kept");
    if (typeof written !== "number" || !this.offered) return;
    this.file = await kept(this.site.curriculum);
    if (!this.file) return this.become("lost");
    const permission = (await this.file.queryPermission?.({ mode: "readwrite" })) ?? "granted";
    this.become(permission === "granted" ? "writing" : "waits");
    // The page of the last change may have been left before its turn came.
    const behind = [...this.site.store.records].some(([key, record]) => timeOf(record) > written && readKey(key)?.kind !== "here");
    if (behind) this.changed();
  }

  private changed(): void {
    if (this.state === "waits") this.ask();
    if (this.state !== "writing") return;
    clearTimeout(this.waiting);
    this.waiting = window.setTimeout(() => void this.write(), PAUSE);
  }

  private ask(): void {
    const { notices, say } = this.site;
    notices.show("kept", say("kept-waits", { file: this.name }), [
      { text: say("kept-resume"), press: () => void this.resume().catch(() => undefined) },
    ]);
  }

  private async write(): Promise<void> {
    const { curriculum, store, notices, say } = this.site;
    try {
      const moment = Date.now();
      const stream = await this.file!.createWritable();
      await stream.write(exportJson(curriculum, store.records, new Date(moment).toISOString()));
      await stream.close();
      setHere(this.site, "kept", moment);
      this.become("writing");
    } catch {
      this.become("lost");
      setHere(this.site, "kept", null);
      notices.show("kept", say("kept-lost", { file: this.name }), [
        { text: say("progress-page"), link: `${progressPage(this.site)}#rb-take` },
      ]);
    }
  }

  private become(state: KeptState): void {
    this.state = state;
    this.onState();
  }
}

function picker(): Picker | undefined {
  return (window as { showSaveFilePicker?: Picker }).showSaveFilePicker;
}

// A file's handle lives in IndexedDB alone, in a database of its own: records stay plain text.

function keep(curriculum: string, file: FileHandle): Promise<unknown> {
  return shelf(curriculum, "readwrite", (files) => files.put(file, SHELF));
}

function kept(curriculum: string): Promise<FileHandle | undefined> {
  return shelf(curriculum, "readonly", (files) => files.get(SHELF) as IDBRequest<FileHandle | undefined>).catch(() => undefined);
}

function shelf<Found>(curriculum: string, mode: IDBTransactionMode, use: (files: IDBObjectStore) => IDBRequest<Found>): Promise<Found> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(`roadbook-kept:${curriculum}`, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(SHELF);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const using = use(opening.result.transaction(SHELF, mode).objectStore(SHELF));
      using.onerror = () => reject(using.error);
      using.onsuccess = () => {
        opening.result.close();
        resolve(using.result);
      };
    };
  });
}
