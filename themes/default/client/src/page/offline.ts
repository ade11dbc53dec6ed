// The site without a network, as a page sees it.
//
// Responsibility: registers the service worker over HTTP where the site has one, and says quietly
// when a new version waits; a page never changes under its reader.

import type { Request as Ask } from "../offline";
import { make } from "./dom";
import { here, setHere, type Site } from "./site";

const LATER = 86_400_000;

export function startOffline(site: Site): void {
  if (!isOffline()) return;
  // From disk a manifest only makes the browser complain.
  document.head.append(make("link", { rel: "manifest", href: `${site.root}manifest.webmanifest` }));
  const workers = navigator.serviceWorker;
  workers.register(`${site.root}sw.js`, { scope: site.root || "./", updateViaCache: "none" }).then(
    (registration) => {
      const look = (): void => {
        if (registration.waiting && workers.controller) offer(site, registration.waiting);
      };
      look();
      registration.addEventListener("updatefound", () => {
        registration.installing?.addEventListener("statechange", look);
      });
    },
    // Without it the site works as long as there is a network.
    () => undefined,
  );
}

/** Whether this page can have a worker at all. */
export function isOffline(): boolean {
  return "offline" in document.documentElement.dataset && location.protocol !== "file:" && "serviceWorker" in navigator;
}

function offer(site: Site, waiting: ServiceWorker): void {
  const later = here(site, "update");
  if (typeof later === "number" && Date.now() - later < LATER) return;
  let taken = false;
  site.notices.show(
    "update",
    site.say("update"),
    [
      {
        text: site.say("update-now"),
        press: () => {
          taken = true;
          navigator.serviceWorker.addEventListener("controllerchange", () => location.reload());
          waiting.postMessage({ roadbook: "switch" satisfies Ask });
        },
      },
    ],
    () => {
      if (!taken) setHere(site, "update", Date.now());
    },
  );
}
