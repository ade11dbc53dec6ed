// How long a learner waits for the first result, and what is fetched for it, in Chromium, on a site
// that is built already.
//
//     cargo bench --bench cold -- --write DIR 10000 && cargo run --release -- build DIR
//     (cd tests/browser/client && npm ci) && node benches/search.mjs DIR/site [query …]
//
// Each query is asked once with nothing fetched but the page (cold: the search's own script, the index
// and the dialog are part of it), then again in the same page after another one (warm: from the key to
// the results). Sizes are gzipped.
import { readFileSync } from "node:fs";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { launch, open, ready, remove, serve, temporary } from "../tests/browser/client/browsers.mjs";

const [site, ...given] = process.argv.slice(2);
const queries = given.length ? given : ["replica", "immutable endpoint", "parti", "how to verify the metadata archive", "replcia", "куздшсф"];
const profile = temporary("bench-search");
const browser = await launch("chrome", profile);
const server = await serve(site);
const first = readFileSync(path.join(site, "curriculum.json"), "utf8").match(/"url":\s*"(stages\/[^"]+)"/)[1];

/** Puts a query into the field as one key does, and waits for what it finds. Milliseconds. */
const ask = (page, query) =>
  page.evaluate(
    (typed) =>
      new Promise((done) => {
        const start = performance.now();
        const list = () => document.querySelector(".rb-search-results, [role=listbox]");
        const before = list()?.innerHTML;
        const look = () => {
          const now = list();
          if (now?.querySelector("[data-result]") && now.innerHTML !== before) done(performance.now() - start);
          else requestAnimationFrame(look);
        };
        const type = () => {
          const field = document.querySelector("#rb-search-field");
          if (!field || field.closest("[hidden]")) return setTimeout(type, 1);
          field.value = typed;
          field.dispatchEvent(new InputEvent("input", { bubbles: true }));
          look();
        };
        if (!document.querySelector("#rb-search-field")) document.querySelector("[data-search]").click();
        type();
      }),
    query,
  );

console.log("query                                cold ms  warm ms  fetched KB  files");
for (const query of queries) {
  const page = await open(browser, server.url(first));
  await ready(page);
  await page.setCacheEnabled(false);
  const fetched = [];
  page.on("request", (request) => fetched.push(decodeURIComponent(new URL(request.url()).pathname)));
  const cold = await ask(page, query);
  const sizes = fetched.map((file) => gzipSync(readFileSync(path.join(site, file))).length);
  const cost = sizes.reduce((sum, size) => sum + size, 0) / 1024;
  const files = fetched.length;
  await ask(page, "backup");
  const warm = await ask(page, query);
  console.log(`${query.padEnd(36)} ${cold.toFixed(0).padStart(7)} ${warm.toFixed(0).padStart(8)} ${cost.toFixed(0).padStart(11)} ${String(files).padStart(6)}`);
  await page.close();
}
await browser.close();
server.close();
remove(profile);
