// The keeper of a page opened from disk: it speaks with `hub.html` in a hidden frame.
//
// Input: records to keep. Output: records of all pages. Responsibility: Firefox gives each local
// file a storage of its own; through the hub all files see one. What the hub has not confirmed
// waits in the page's own storage, so that leaving at once loses nothing.

import { mergeInto, type Records } from "../merge";
import { readRecord, writeRecord } from "../record";
import { type Answer, type Ask, isMessage, pack, unpack } from "./hub";
import type { Keeper, Listener, Trouble } from "./keeper";
import { openStorage } from "./local";

const WAITING = "roadbook-waiting/";
const PATIENCE = 5000;

export function hubKeeper(curriculum: string, address: string): Keeper {
  const storage = openStorage();
  const unconfirmed: Records = new Map();
  let hub: Window | null = null;
  let frame: HTMLIFrameElement;
  let listener: Listener;
  let ready = false;

  const tell = (message: Ask): void => hub?.postMessage(message, "*");

  const begin = (records: Records): void => {
    ready = true;
    listener.arrived(records);
  };

  const hear = (event: MessageEvent): void => {
    if (event.source !== frame.contentWindow || !isMessage(event.data)) return;
    const message = event.data as unknown as Answer;
    if (message.answer === "here") {
      hub = frame.contentWindow;
      if (unconfirmed.size) tell({ roadbook: 1, ask: "write", records: pack(unconfirmed) });
      tell({ roadbook: 1, ask: "read" });
    } else if (message.answer === "records") {
      const records = unpack(message.records, curriculum);
      if (!ready) mergeInto(records, unconfirmed);
      begin(records);
    } else if (message.answer === "kept") {
      for (const [key, record] of unpack(message.records, curriculum)) confirm(key, writeRecord(record));
    } else if (message.answer === "trouble") {
      listener.trouble(String(message.trouble) as Trouble);
    }
  };

  const confirm = (key: string, raw: string): void => {
    const record = unconfirmed.get(key);
    if (record && writeRecord(record) === raw) unconfirmed.delete(key);
    try {
      if (storage?.getItem(WAITING + key) === raw) storage.removeItem(WAITING + key);
    } catch {
      // It is sent once more on the next visit, which changes nothing.
    }
  };

  return {
    start(given) {
      listener = given;
      try {
        for (let at = 0; storage && at < storage.length; at++) {
          const name = storage.key(at)!;
          const key = name.slice(WAITING.length);
          if (!name.startsWith(`${WAITING}${curriculum}:`)) continue;
          const record = readRecord(storage.getItem(name));
          if (typeof record === "object") unconfirmed.set(key, record);
        }
      } catch {
        // Without a storage of its own the page relies on the hub alone.
      }
      frame = document.createElement("iframe");
      frame.hidden = true;
      frame.tabIndex = -1;
      frame.title = "hub";
      frame.setAttribute("aria-hidden", "true");
      addEventListener("message", hear);
      frame.src = address;
      document.body.append(frame);
      setTimeout(() => {
        if (ready) return;
        begin(new Map(unconfirmed));
        listener.trouble("hub");
      }, PATIENCE);
    },
    write(records) {
      for (const [key, record] of records) {
        unconfirmed.set(key, record);
        try {
          storage?.setItem(WAITING + key, writeRecord(record));
        } catch {
          // Full or blocked: the hub says so where it finds the same.
        }
      }
      tell({ roadbook: 1, ask: "write", records: pack(records) });
    },
    async settled() {
      for (let tries = 0; unconfirmed.size && tries < 100; tries++) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}
