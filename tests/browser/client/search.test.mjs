// The search of a built site, over HTTP and from disk, in Chromium and Firefox. Input: the folder in
// SITE. What is found is tried without a browser (`search.test.ts` of the theme's client); here it is
// opened, used by keyboard, announced, and nothing is asked of anyone else.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { launch, open, present, ready, serve, temporary } from "./browsers.mjs";

const site = process.env.SITE && path.resolve(process.env.SITE);
const skip = !site || !existsSync(path.join(site, "index.html"));

/** Firefox fetches the page of `rel="next"` before it is asked for; the policy forbids that, rightly. */
const problemsOf = (page) => page.problems.filter((text) => !/\(default-src\) at \S+\/index\.html/.test(text));

/** Types into the open search and waits until the results are those for it. */
async function type(page, text) {
  await page.$eval("#rb-search-field", (field) => {
    field.value = "";
  });
  await page.type("#rb-search-field", text);
  await page.waitForFunction(
    () => document.querySelector(".rb-search-status")?.textContent && document.querySelector("[data-result]"),
    { timeout: 20_000 },
  );
  // The list settles when typing has ended.
  let last = "";
  for (let still = 0; still < 3; ) {
    await new Promise((wait) => setTimeout(wait, 120));
    const now = await page.$$eval("[data-result]", (links) => links.map((link) => link.href).join("\n"));
    still = now === last ? still + 1 : 0;
    last = now;
  }
  return last.split("\n").map((address) => decodeURIComponent(address));
}

for (const browser of present) {
  for (const from of ["HTTP", "disk"]) {
    describe(`${browser}, ${from}`, { skip }, () => {
      let running, profile, root, server;
      before(async () => {
        profile = temporary("search");
        running = await launch(browser, profile);
        if (from === "HTTP") {
          server = await serve(site);
          root = server.url("");
        } else root = pathToFileURL(site + path.sep).href;
      });
      after(async () => {
        await running?.close();
        server?.close();
        await rm(profile, { recursive: true, force: true });
      });

      test("slash opens it, arrows and Enter choose, Escape leaves", async () => {
        const page = await open(running, `${root}stages/linux/index.html`);
        const asked = [];
        page.on("request", (request) => asked.push(request.url()));
        await ready(page);
        await page.keyboard.press("/");
        await page.waitForSelector("#rb-search-field", { visible: true });
        const first = await type(page, "как откатить миграцию");
        assert.ok(first.slice(0, 3).some((url) => /stages\/postgresql\/index\.html#\w{8}$/.test(url)), first.slice(0, 3).join("\n"));
        const told = await page.$eval(".rb-search-status", (status) => status.textContent);
        assert.match(told, /\d+ результат/);
        assert.ok(await page.$("[data-result] mark"));

        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("ArrowDown");
        const active = await page.$eval("#rb-search-field", (field) => field.getAttribute("aria-activedescendant"));
        assert.equal(active, await page.$eval('[aria-selected="true"]', (option) => option.id));
        await page.keyboard.press("Escape");
        assert.equal(await page.$eval(".rb-search-shade", (shade) => shade.hidden), true);

        await page.keyboard.down("Control");
        await page.keyboard.press("k");
        await page.keyboard.up("Control");
        const swapped = await type(page, "вщслук");
        assert.ok(swapped.slice(0, 3).some((url) => url.includes("stages/docker/")), swapped.slice(0, 3).join("\n"));
        await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
        assert.ok(decodeURIComponent(page.url()).startsWith(swapped[0].split("#")[0]), page.url());
        const foreign = asked.filter((url) => !url.startsWith(root) && !url.startsWith("data:"));
        assert.deepEqual(foreign, []);
        assert.deepEqual(problemsOf(page), []);
        await page.close();
      });

      test("a slip of the finger, one's own note, and the kinds", async () => {
        const page = await open(running, `${root}stages/python/index.html`);
        await ready(page);
        await page.evaluate(() => {
          const { store } = window.roadbook.site;
          const item = document.querySelector("input[data-item]").dataset.item;
          store.change([{ kind: "note", id: item, value: "Перечитать про абракадабру вечером" }]);
        });
        await page.click("[data-search]");
        await page.waitForSelector("#rb-search-field", { visible: true });
        const slip = await type(page, "kuberntes");
        assert.ok(slip.slice(0, 3).some((url) => url.includes("stages/kubernetes/")), slip.slice(0, 3).join("\n"));
        assert.match(await page.$eval(".rb-search-status", (status) => status.textContent), /kubernetes/);
        await page.click('[data-kind="project"]');
        await page.waitForFunction(() => [...document.querySelectorAll("[data-result]")].every((link) => link.href.includes("/projects/")));
        await page.click('[data-kind=""]');
        const note = await type(page, "абракадабра");
        assert.ok(note.some((url) => url.includes("stages/python/index.html#")), note.join("\n"));
        assert.deepEqual(problemsOf(page), []);
        await page.close();
      });
    });
  }
}

describe("chrome, for whoever sees or holds it otherwise", { skip: skip || !present.includes("chrome") }, () => {
  let running, profile, server;
  before(async () => {
    profile = temporary("search");
    running = await launch("chrome", profile);
    server = await serve(site);
  });
  after(async () => {
    await running?.close();
    server?.close();
    await rm(profile, { recursive: true, force: true });
  });

  test("axe finds no fault in the open search, on a phone and a desktop, in light and dark", async () => {
    const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    const page = await open(running, server.url("stages/linux/index.html"));
    await ready(page);
    await page.evaluate(axe);
    for (const width of [360, 1440]) {
      await page.setViewport({ width, height: 760 });
      if (await page.$eval("body", () => document.querySelector(".rb-search-shade")?.hidden ?? true)) await page.keyboard.press("/");
      await page.waitForSelector("#rb-search-field", { visible: true });
      await type(page, "резервному копированию");
      await page.keyboard.press("ArrowDown");
      for (const value of ["light", "dark"]) {
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value }]);
        const faults = await page.evaluate(async () => {
          const { violations } = await window.axe.run({ resultTypes: ["violations"] });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
        });
        assert.deepEqual(faults, [], `${width} px, ${value}`);
      }
      const place = await page.$eval(".rb-search", (dialog) => {
        const { left, right } = dialog.getBoundingClientRect();
        const small = [...dialog.querySelectorAll("button, a, input")].filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 24);
        return { left, right, wide: document.documentElement.scrollWidth, small: small.map((one) => one.className) };
      });
      assert.ok(place.left >= 0 && place.right <= width && place.wide <= width, JSON.stringify(place));
      assert.deepEqual(place.small, []);
      if (process.env.PICTURES) await page.screenshot({ path: path.join(process.env.PICTURES, `search-${width}.png`) });
    }
    assert.deepEqual(problemsOf(page), []);
    await page.close();
  });
});
