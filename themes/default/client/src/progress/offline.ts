// "Take the course with me": how much of the site is on this device, and the rest of it.

import type { Kept, Request as Ask } from "../offline";
import { button, make, setText } from "../page/dom";
import { isOffline } from "../page/offline";
import type { Desk } from "./desk";

/** A line about reading without a network; empty where there is no worker. */
export function takeSite(desk: Desk): HTMLElement | false {
  if (!isOffline()) return false;
  const place = make("div", {});
  const told = make("p", { role: "status" });
  const bar = make("progress", { "aria-label": desk.say("offline-take"), hidden: true });
  const draw = (kept: Kept | null): void => {
    if (!kept) return setText(told, desk.say("offline-broken"));
    const whole = kept.files >= kept.all;
    setText(told, desk.say(whole ? "offline-whole" : "offline-part", { files: kept.files, all: kept.all, size: megabytes(kept.bytes) }));
    bar.max = kept.all;
    bar.value = kept.files;
    bar.hidden = whole || taker.disabled === false;
    taker.hidden = whole;
  };
  const taker = button(desk.say("offline-take"), () => void takeAll());
  const takeAll = async (): Promise<void> => {
    taker.disabled = true;
    let before = -1;
    for (;;) {
      const kept = await ask("take");
      draw(kept);
      if (!kept || kept.files >= kept.all || kept.files === before) break;
      before = kept.files;
    }
    taker.disabled = false;
    bar.hidden = true;
  };
  // The worker of a first visit comes into force only after a while.
  void navigator.serviceWorker.ready.then(async () => {
    const kept = await ask("state");
    place.append(told, bar, taker);
    draw(kept);
  });
  return place;
}

function megabytes(bytes: number): number {
  return Math.max(0.1, Math.round(bytes / 1e5) / 10);
}

async function ask(what: Ask): Promise<Kept | null> {
  const worker = (await navigator.serviceWorker.ready).active;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event) => resolve(event.data as Kept | null);
    worker?.postMessage({ roadbook: what }, [port2]);
  });
}
