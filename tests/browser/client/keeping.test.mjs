// Ticks are kept: over HTTP and from disk, through leaving, killing and two tabs.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileUrl, launch, open, present, ready } from "./browsers.mjs";
import { lists, writeSite } from "./fixture.mjs";
import { address, home, pause, server, STAGE, ticked, until, withProfile } from "./kept.mjs";

const count = (page, scope) => page.$eval(`[data-count-for="${scope}"]`, (place) => place.textContent);

for (const browser of present) {
  for (const way of ["http", "file"]) {
    const url = address[way];

    test(`${browser} ${way}: a tick is there after reopening, on every page`, () =>
      withProfile(async (profile) => {
        let running = await launch(browser, profile);
        let page = await ready(await open(running, url(STAGE)));
        if (browser === "firefox") {
          const prefs = readFileSync(join(profile, "prefs.js"), "utf8") + readFileSync(join(profile, "user.js"), "utf8");
          assert.doesNotMatch(prefs, /strict_origin_policy", false/);
        }
        await page.click("#tick-a0000003");
        await page.focus("#tick-a0000004");
        await page.keyboard.press(" ");
        await pause(600);
        assert.deepEqual(page.problems, []);
        await running.close();

        running = await launch(browser, profile);
        page = await ready(await open(running, url(STAGE)));
        assert.deepEqual(await ticked(page), ["a0000003", "a0000004"]);
        assert.match(await count(page, "stage:linux и сети"), /^2 из 501/);
        for (const path of ["stages/git/index.html", "stages/docker/index.html", "index.html", "levels/first/index.html"]) {
          page = await ready(await open(running, url(path)));
          await until(page, () => [...document.querySelectorAll("[data-count-for]")].every((one) => one.textContent));
          const scope = path.includes("levels") ? "level:first" : "curriculum";
          assert.match(await count(page, scope), /^2 из 5/, path);
          assert.deepEqual(page.problems, [], path);
        }
        await running.close();
      }));

    test(`${browser} ${way}: ticks followed at once by leaving are kept`, () =>
      withProfile(async (profile) => {
        const running = await launch(browser, profile);
        let page = await open(running, url(STAGE));
        const paths = [STAGE, "projects/git-backup/index.html"];
        for (let n = 0; n < 8; n++) {
          await ready(page);
          const id = n % 2 ? `b000${9001 + (n >> 1)}` : `a${String(n).padStart(7, "0")}`;
          const next = url(paths[(n + 1) % 2]);
          const left = page.waitForNavigation({ waitUntil: "load", timeout: 10_000 });
          await page.evaluate(
            (id, next) => {
              document.getElementById(`tick-${id}`).click();
              location.href = next;
            },
            id,
            next,
          );
          await left;
        }
        await ready(page);
        await pause(300);
        const kept = await page.evaluate(() => [...window.roadbook.site.store.records].filter(([key, record]) => key.includes(":item:") && record.value === "done").length);
        assert.equal(kept, 8);
        await running.close();
      }));

    test(`${browser} ${way}: two tabs ticking 500 items each keep 1,000`, () =>
      withProfile(async (profile) => {
        const folder = writeSite(join(home, `две вкладки ${browser} ${way}`), lists(1000));
        const at = (path) => (way === "http" ? server.url(join(`две вкладки ${browser} ${way}`, path)) : fileUrl(folder, path));
        const running = await launch(browser, profile);
        const one = await ready(await open(running, at(STAGE)));
        const two = await ready(await open(running, at(STAGE)));
        const press = (page, from) =>
          page.evaluate(async (from) => {
            const boxes = [...document.querySelectorAll('input[data-item^="a"]')].slice(from, from + 500);
            for (let n = 0; n < boxes.length; n++) {
              boxes[n].click();
              // A turn for the other tab; timers of a tab in the background would wait for a second.
              const { port1, port2 } = new MessageChannel();
              const turn = new Promise((resolve) => (port1.onmessage = resolve));
              port2.postMessage(0);
              if (n % 10 === 0) await turn;
            }
          }, from);
        await Promise.all([press(one, 0), press(two, 500)]);
        for (const page of [one, two]) {
          await until(page, () => document.querySelectorAll("input[data-item]:checked").length === 1000);
          assert.deepEqual(page.problems, []);
        }
        const three = await ready(await open(running, at("stages/git/index.html")));
        await until(three, () => /^1000 из/.test(document.querySelector('[data-count-for="curriculum"]').textContent));
        await running.close();
      }));

    test(`${browser} ${way}: SIGKILL two seconds after a tick loses nothing`, () =>
      withProfile(async (profile) => {
        let running = await launch(browser, profile);
        let page = await ready(await open(running, url(STAGE)));
        // Chromium writes its storage to disk for the first time only after a while.
        await page.click("#tick-a0000007");
        await pause(2000);
        running.process().kill("SIGKILL");
        await pause(500);
        running = await launch(browser, profile);
        page = await ready(await open(running, url(STAGE)));
        await until(page, () => document.querySelector("#tick-a0000007").checked);
        assert.deepEqual(page.problems, []);
        await running.close();
      }));
  }

  test(`${browser} file: live in another tab, of another page`, () =>
    withProfile(async (profile) => {
      const running = await launch(browser, profile);
      const one = await ready(await open(running, address.file(STAGE)));
      const two = await ready(await open(running, address.file("levels/first/index.html")));
      // Otherwise the driver has relaxed Firefox, and the test would prove nothing.
      const own = await one.evaluate(() => localStorage.setItem("whose", location.href) ?? true);
      const shared = await two.evaluate(() => localStorage.getItem("whose") !== null);
      assert.deepEqual([own, shared], [true, browser === "chrome"]);
      await one.bringToFront();
      await one.click("#tick-a0000001");
      await until(two, () => /^1 из/.test(document.querySelector('[data-count-for="level:first"]').textContent));
      await running.close();
    }));
}

test("chrome: nothing jumps as the scripts start", { skip: !present.includes("chrome") }, () =>
  withProfile(async (profile) => {
    const running = await launch("chrome", profile);
    const page = await ready(await open(running, address.http(STAGE)));
    await page.click("#tick-a0000001");
    await page.evaluate(() => window.roadbook.site.store.change([{ kind: "item", id: "a0000000", value: "skipped" }, { kind: "item", id: "a0000002", value: "doing" }]));
    await page.setCacheEnabled(false);
    for (const width of [360, 1280]) {
      await page.setViewport({ width, height: 900 });
      for (const path of [STAGE, "index.html", "levels/first/index.html", "projects/git-backup/index.html", "progress/index.html"]) {
        await page.goto(address.http(path), { waitUntil: "load" });
        await ready(page);
        const shift = await page.evaluate(
          () =>
            new Promise((resolve) => {
              let sum = 0;
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries()) sum += entry.value;
              }).observe({ type: "layout-shift", buffered: true });
              setTimeout(() => resolve(sum), 700);
            }),
        );
        assert.equal(shift, 0, `${path} at ${width}`);
      }
    }
    await running.close();
  }));
