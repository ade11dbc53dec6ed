// Loading scripts and style sheets of the site.
//
// Input: an address, such as `../../data/level-a.js`; in the file that holds the whole site it begins
// with `#`. Output: done when the script has run. Responsibility: the one place that knows that a file
// may wait inside the document itself.

import { make } from "./dom";

const running = new Map<string, Promise<void>>();

/** Runs a script, once; rejects where there is none, and tries again when it is asked for again. */
export function loadScript(address: string): Promise<void> {
  let started = running.get(address);
  if (!started) {
    running.set(address, (started = address.startsWith("#") ? inside(address.slice(1)) : outside(address)));
    started.catch(() => running.delete(address));
  }
  return started;
}

/** Applies a style sheet. */
export function loadStyle(address: string): void {
  if (!address.startsWith("#")) document.head.append(make("link", { rel: "stylesheet", href: address }));
  else for (const style of waiting<HTMLStyleElement>("style", address.slice(1))) style.media = "all";
}

function outside(address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    document.head.append(make("script", { src: address, onload: () => resolve(), onerror: () => reject(new Error(address)) }));
  });
}

/** The policy of the document knows the hash of each script that waits in it. */
function inside(path: string): Promise<void> {
  const [found] = waiting<HTMLScriptElement>("script", path);
  if (!found) return Promise.reject(new Error(path));
  document.head.append(make("script", {}, found.textContent ?? ""));
  return Promise.resolve();
}

function waiting<Kind extends HTMLElement>(tag: string, path: string): Kind[] {
  const all = Array.from(document.querySelectorAll<Kind>(`${tag}[data-file]`));
  return all.filter((one) => one.dataset["file"] === decodeURIComponent(path));
}
