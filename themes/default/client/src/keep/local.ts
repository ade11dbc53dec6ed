// The origin's own storage.
//
// Input: records to keep. Output: records found, and what is wrong with the storage. Responsibility:
// one key of localStorage per record, written at once and only forwards in time; each mirrored to
// IndexedDB; merged on start; nothing unreadable ever overwritten.

import { isNewer, mergeInto, type Records } from "../merge";
import { FORMAT, readRecord, type Rec, writeRecord } from "../record";
import type { Keeper, Listener, Trouble } from "./keeper";
import { type Mirror, openMirror } from "./mirror";

export const SHELF = "roadbook/";
const ASIDE = "roadbook-aside/";

export function localKeeper(curriculum: string): Keeper {
  const mine = `${SHELF}${curriculum}:`;
  const marker = `${SHELF}${curriculum}/format`;
  const storage = openStorage();
  const said = new Set<Trouble>();
  /** Keys whose stored text a newer version wrote: kept from being overwritten. */
  const frozen = new Set<string>();
  let listener: Listener;
  let mirror: Mirror | undefined;
  let refused = false;
  let marked = false;
  let full = false;
  let writing = false;
  let queue: Records = new Map();
  let work: Promise<void> = Promise.resolve();

  const warn = (what: Trouble): void => {
    if (said.has(what)) return;
    said.add(what);
    listener.trouble(what);
  };

  const keepAside = (name: string, raw: string): void => {
    try {
      let place = ASIDE + name.slice(SHELF.length);
      for (let n = 2; (storage!.getItem(place) ?? raw) !== raw; n++) {
        place = `${ASIDE}${name.slice(SHELF.length)}#${n}`;
      }
      storage!.setItem(place, raw);
      storage!.removeItem(name);
    } catch {
      // No room for the copy: then the original stays where it is.
      frozen.add(name);
    }
    warn("damaged");
  };

  const read = (name: string): Rec | undefined => {
    const raw = storage!.getItem(name);
    if (raw === null) return undefined;
    const record = readRecord(raw);
    if (record === "newer") {
      frozen.add(name);
      warn("newer");
    } else if (record === "damaged") {
      keepAside(name, raw);
    } else {
      return record;
    }
    return undefined;
  };

  const readAll = (): Records => {
    const records: Records = new Map();
    const names: string[] = [];
    for (let at = 0; at < storage!.length; at++) {
      const name = storage!.key(at);
      if (name?.startsWith(mine)) names.push(name);
    }
    for (const name of names) {
      const record = read(name);
      if (record) records.set(name.slice(SHELF.length), record);
    }
    return records;
  };

  const keep = (key: string, record: Rec): void => {
    if (!storage) return;
    const name = SHELF + key;
    try {
      if (!marked) {
        storage.setItem(marker, String(FORMAT));
        marked = true;
      }
      const present = read(name);
      if (frozen.has(name)) return;
      if (isNewer(record, present)) storage.setItem(name, writeRecord(record));
    } catch {
      full = true;
    }
  };

  // One transaction at a time: what comes meanwhile goes together into the next.
  const flush = (): void => {
    if (writing || queue.size === 0) return;
    writing = true;
    work = (async () => {
      while (queue.size) {
        const some = queue;
        queue = new Map();
        const safe = mirror ? await mirror.write(some) : false;
        if (full) warn(safe ? "full" : "lost");
      }
      writing = false;
    })();
  };

  return {
    start(given) {
      listener = given;
      if (storage) {
        const format = Number(storage.getItem(marker) ?? FORMAT);
        marked = storage.getItem(marker) !== null;
        if (format > FORMAT) {
          refused = true;
          warn("newer");
          listener.arrived(new Map());
          return;
        }
      }
      const found = storage ? readAll() : new Map<string, Rec>();
      listener.arrived(found);
      work = openMirror(curriculum).then((opened) => {
        if (opened === "newer") {
          refused = true;
          return warn("newer");
        }
        mirror = opened;
        if (!storage) warn(mirror ? "half" : "blocked");
        if (!mirror) return;
        const late = mergeInto(new Map(found), mirror.records);
        for (const [key, record] of late) keep(key, record);
        if (late.size) listener.arrived(late);
        const behind: Records = new Map();
        for (const [key, record] of found) {
          if (isNewer(record, mirror.records.get(key))) behind.set(key, record);
        }
        for (const [key, record] of queue) behind.set(key, record);
        queue = behind;
        flush();
      });
      if (!storage) return;
      addEventListener("storage", (event) => {
        if (event.storageArea !== storage || !event.key?.startsWith(mine) || !event.newValue) return;
        const record = readRecord(event.newValue);
        if (typeof record === "object") {
          listener.arrived(new Map([[event.key.slice(SHELF.length), record]]));
        }
      });
      // A page that comes back from the browser's cache has missed the events.
      addEventListener("pageshow", (event) => {
        if (event.persisted) listener.arrived(readAll());
      });
    },
    write(records) {
      if (refused) return;
      for (const [key, record] of records) {
        keep(key, record);
        queue.set(key, record);
      }
      if (full && !mirror) warn("lost");
      // At once where the mirror is open, so that leaving the page finds the transaction begun.
      if (mirror) flush();
    },
    async settled() {
      let last: Promise<void>;
      do await (last = work);
      while (last !== work);
    },
  };
}

/** Merely touching `localStorage` throws where cookies are blocked; switched off, it is null. */
export function openStorage(): Storage | undefined {
  try {
    return globalThis.localStorage ?? undefined;
  } catch {
    return undefined;
  }
}
