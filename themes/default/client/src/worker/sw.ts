// The service worker: the site without a network.
//
// Input: the release, which the generator writes above this script; requests of pages. Output:
// answers from one release alone. Responsibility: a release is installed whole and verified, or not
// at all; the one that readers have stays until they take the next.

import { addressOf, cachePrefix, each, find, type Kept, type Release, type Request as Ask } from "../offline";

declare const self: ServiceWorkerGlobalScope & { roadbookRelease?: Release; roadbookRetired?: string };

const HASH = "x-roadbook-hash";
const HASH_PLACES = 22;
const TAKEN = "taken";
const AT_ONCE = 6;
/** Files of one `take`: short enough that the browser does not end the worker meanwhile. */
const PORTION = 48;

const scope = new URL(self.registration.scope).pathname;
const { roadbookRelease: release, roadbookRetired: retired } = self;

if (release) keepOffline(release);
else if (retired !== undefined) retire(cachePrefix(retired, scope));

/** The kill switch: whoever has an earlier worker is freed from it. */
function retire(prefix: string): void {
  self.addEventListener("install", () => void self.skipWaiting());
  self.addEventListener("activate", (event) => {
    event.waitUntil(clear(prefix, "").then(() => self.registration.unregister()));
  });
}

/** Removes the caches of other releases; with an empty name all. */
async function clear(prefix: string, present: string): Promise<void> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(prefix) || name === present || (present && name === prefix + TAKEN)) continue;
    await caches.delete(name);
  }
}

function keepOffline(release: Release): void {
  const prefix = cachePrefix(release.curriculum, scope);
  const shelf = prefix + release.release;

  self.addEventListener("install", (event) => {
    event.waitUntil(
      install().then(() => {
        // Only where there is no earlier release: whoever reads one goes on reading it.
        if (!self.registration.active) return self.skipWaiting();
      }),
    );
  });

  self.addEventListener("activate", (event) => {
    event.waitUntil(clear(prefix, shelf).then(() => self.clients.claim()));
  });

  self.addEventListener("message", (event) => {
    const ask = (event.data as { roadbook?: Ask } | null)?.roadbook;
    const port = event.ports[0];
    if (ask === "switch") event.waitUntil(self.skipWaiting());
    if (ask === "state" && port) event.waitUntil(state().then((kept) => port.postMessage(kept)));
    if (ask === "take" && port) {
      event.waitUntil(
        take().then(
          (kept) => port.postMessage(kept),
          () => port.postMessage(null),
        ),
      );
    }
  });

  self.addEventListener("fetch", (event) => {
    const url = new URL(event.request.url);
    if (event.request.method !== "GET" || url.origin !== self.location.origin || event.request.headers.has("range")) return;
    const found = find(release, scope, url.pathname);
    if (found && "moved" in found) return event.respondWith(Response.redirect(found.moved + url.search, 302));
    if (found) return event.respondWith(answer(event, found.file));
    if (event.request.mode === "navigate" && url.pathname.startsWith(scope)) event.respondWith(unknown(event.request));
  });

  async function install(): Promise<void> {
    const whole = !release.shell || (await isTaken());
    const wanted = new Set(whole ? Object.keys(release.files) : release.shell);
    const cache = await caches.open(shelf);
    const others = await othersOf();
    // What an earlier release or an installation cut short has of the same bytes is not fetched again.
    await each(Object.keys(release.files), AT_ONCE, async (file) => {
      if (await has(cache, file)) return;
      for (const other of others) {
        const known = await other.match(addressOf(scope, file));
        if (known && known.headers.get(HASH) === release.files[file]) return cache.put(addressOf(scope, file), known);
      }
      if (wanted.has(file)) await fetchInto(cache, file);
    });
  }

  async function othersOf(): Promise<Cache[]> {
    const names = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== shelf && name !== prefix + TAKEN);
    return Promise.all(names.map((name) => caches.open(name)));
  }

  async function has(cache: Cache, file: string): Promise<boolean> {
    const known = await cache.match(addressOf(scope, file));
    return known?.headers.get(HASH) === release.files[file];
  }

  /** Fetches past the browser's own cache; anything but the file that this release names fails. */
  async function fetchInto(cache: Cache, file: string): Promise<void> {
    const address = addressOf(scope, file);
    const response = await fetch(address, { cache: "no-cache", credentials: "same-origin" });
    if (response.status !== 200 || response.redirected) throw new Error(`${response.status}: ${address}`);
    await keep(cache, file, response);
  }

  async function keep(cache: Cache, file: string, response: Response): Promise<void> {
    const bytes = await response.arrayBuffer();
    if ((await hashOf(bytes)) !== release.files[file]) throw new Error(`another file: ${file}`);
    const headers = { "content-type": response.headers.get("content-type") ?? "", [HASH]: release.files[file]! };
    await cache.put(addressOf(scope, file), new Response(bytes, { headers }));
  }

  async function answer(event: FetchEvent, file: string): Promise<Response> {
    const { request } = event;
    const cache = await caches.open(shelf);
    const known = await cache.match(addressOf(scope, file));
    if (known) return known;
    try {
      const response = await fetch(request);
      // A page read is a page kept, as long as it belongs to this release.
      if (response.status === 200 && !response.redirected) {
        event.waitUntil(keep(cache, file, response.clone()).catch(() => undefined));
      }
      return response;
    } catch (failure) {
      if (request.mode !== "navigate") throw failure;
      return Response.redirect(`${scope}offline.html`, 302);
    }
  }

  async function unknown(request: Request): Promise<Response> {
    try {
      return await fetch(request);
    } catch {
      return Response.redirect(`${scope}offline.html`, 302);
    }
  }

  async function isTaken(): Promise<boolean> {
    return (await caches.keys()).includes(prefix + TAKEN);
  }

  async function state(): Promise<Kept> {
    const kept = await (await caches.open(shelf)).keys();
    return { files: kept.length, all: Object.keys(release.files).length, bytes: release.bytes };
  }

  /** Fetches a portion of what is not here; later releases are kept whole from now on. */
  async function take(): Promise<Kept> {
    await caches.open(prefix + TAKEN);
    const cache = await caches.open(shelf);
    const known = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
    const missing = Object.keys(release.files).filter((file) => !known.has(new URL(addressOf(scope, file), self.location.href).pathname));
    await each(missing.slice(0, PORTION), AT_ONCE, (file) => fetchInto(cache, file));
    return state();
  }
}

async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...hash)).replace(/\+/g, "-").replace(/\//g, "_").slice(0, HASH_PLACES);
}
