// Loading scripts of the site.
//
// Input: a script's address, such as `../../data/level-a.js`; in the file that holds the whole site
// it begins with `#`. Output: done when it has run. Responsibility: the one place that knows that
// a script may wait inside the document itself.

import { make } from "./dom";

const running = new Map<string, Promise<void>>();

/** Runs a script, once; rejects where there is none. */
export function loadScript(address: string): Promise<void> {
  let started = running.get(address);
  if (!started) running.set(address, (started = address.startsWith("#") ? inside(address.slice(1)) : outside(address)));
  return started;
}

function outside(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    document.head.append(make("script", { src: address, onload: () => resolve(), onerror: () => reject(new Error(address)) }));
  });
}

/** The policy of the document knows the hash of each script that waits in it. */
function inside(path: string): Promise<void> {
  const waiting = Array.from(document.querySelectorAll<HTMLScriptElement>("script[data-file]"));
  const found = waiting.find((script) => script.dataset["file"] === decodeURIComponent(path));
  if (!found) return Promise.reject(new Error(path));
  document.head.append(make("script", {}, found.textContent ?? ""));
  return Promise.resolve();
}
