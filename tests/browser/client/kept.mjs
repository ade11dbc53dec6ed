// A site whose ticks are looked after, and what its tests share.
//
// Output: the site over HTTP and from disk, a fresh profile, what is ticked and counted on a page.

import { join } from "node:path";
import { after } from "node:test";
import { fileUrl, remove, serve, temporary } from "./browsers.mjs";
import { writeSite } from "./fixture.mjs";

export const home = temporary("site");
const NAME = "Мой план обучения";
const site = writeSite(join(home, NAME));
export const server = await serve(home);
export const STAGE = "stages/linux и сети/index.html";
export const address = {
  http: (path) => server.url(join(NAME, path)),
  file: (path) => fileUrl(site, path),
};
after(() => {
  server.close();
  remove(home);
});

/** Runs with a fresh profile and removes it. */
export async function withProfile(body) {
  const profile = temporary("profile");
  try {
    await body(profile);
  } finally {
    remove(profile);
  }
}

export const ticked = (page) => page.$$eval("input[data-item]:checked", (boxes) => boxes.map((box) => box.dataset.item));
export const until = (page, body, ...given) => page.waitForFunction(body, { timeout: 15_000, polling: 150 }, ...given);
export const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
