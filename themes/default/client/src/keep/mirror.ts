// The second place of every record: IndexedDB.
//
// Input: records. Output: the records of earlier visits. Responsibility: what localStorage forgets
// when the browser is killed seconds after a tick is still here. A database per curriculum, since
// all sites of one user of a hosting service share one origin.

import { isNewer, type Records } from "../merge";
import { readRecord, writeRecord } from "../record";

export interface Mirror {
  records: Records;
  /** Whether all of them were written. */
  write(records: Records): Promise<boolean>;
}

const SHELF = "records";

/** Opens it and reads all; `newer` where a later version of the site made it, else none. */
export function openMirror(curriculum: string): Promise<Mirror | "newer" | undefined> {
  return new Promise((resolve) => {
    let opening: IDBOpenDBRequest;
    try {
      opening = indexedDB.open(`roadbook:${curriculum}`, 1);
    } catch {
      return resolve(undefined);
    }
    opening.onupgradeneeded = () => opening.result.createObjectStore(SHELF);
    opening.onerror = (event) => {
      event.preventDefault();
      resolve(opening.error?.name === "VersionError" ? "newer" : undefined);
    };
    opening.onsuccess = () => {
      const database = opening.result;
      // Another tab that deletes or upgrades the database must not wait for this one.
      database.onversionchange = () => database.close();
      readAll(database).then(
        (records) => resolve({ records, write: (some) => writeAll(database, some) }),
        () => resolve(undefined),
      );
    };
  });
}

function readAll(database: IDBDatabase): Promise<Records> {
  return new Promise((resolve, reject) => {
    const records: Records = new Map();
    const reading = database.transaction(SHELF).objectStore(SHELF).openCursor();
    reading.onerror = () => reject(reading.error);
    reading.onsuccess = () => {
      const cursor = reading.result;
      if (!cursor) return resolve(records);
      const record = readRecord(cursor.value);
      if (typeof record === "object") records.set(String(cursor.key), record);
      cursor.continue();
    };
  });
}

function writeAll(database: IDBDatabase, records: Records): Promise<boolean> {
  return new Promise((resolve) => {
    let writing: IDBTransaction;
    try {
      // Strict: on the disk before it counts as done, where the browser knows the word.
      const begin = database.transaction as (
        stores: string,
        mode: IDBTransactionMode,
        options: object,
      ) => IDBTransaction;
      writing = begin.call(database, SHELF, "readwrite", { durability: "strict" });
    } catch {
      return resolve(false);
    }
    const shelf = writing.objectStore(SHELF);
    for (const [key, record] of records) {
      const asking = shelf.get(key);
      asking.onsuccess = () => {
        const raw: unknown = asking.result;
        const present = raw === undefined ? undefined : readRecord(raw);
        if (present === "newer" || (typeof present === "object" && !isNewer(record, present))) return;
        if (present === "damaged") shelf.put(raw, `aside/${key}`);
        shelf.put(writeRecord(record), key);
      };
    }
    writing.oncomplete = () => resolve(true);
    writing.onabort = (event) => {
      event.preventDefault();
      resolve(false);
    };
    writing.onerror = (event) => event.preventDefault();
  });
}
