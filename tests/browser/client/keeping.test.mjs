// Ticks are kept: over HTTP and from disk, through leaving, killing, two tabs, bad storage.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileUrl, launch, open, present, ready, remove, serve, temporary } from "./browsers.mjs";
import { lists, writeSite } from "./fixture.mjs";

const home = temporary("site");
const site = writeSite(join(home, "Мой план обучения"));
const server = await serve(home);
const STAGE = "stages/linux и сети/index.html";
const address = {
  http: (path) => server.url(join("Мой план обучения", path)),
  file: (path) => fileUrl(site, path),
};
after(() => {
  server.close();
  remove(home);
});

/** Runs with a fresh profile and removes it. */
async function withProfile(body) {
  const profile = temporary("profile");
  try {
    await body(profile);
  } finally {
    remove(profile);
  }
}

const ticked = (page) => page.$$eval("input[data-item]:checked", (boxes) => boxes.map((box) => box.dataset.item));
const count = (page, scope) => page.$eval(`[data-count-for="${scope}"]`, (place) => place.textContent);
const until = (page, body, ...given) => page.waitForFunction(body, { timeout: 15_000, polling: 150 }, ...given);
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

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

  test(`${browser} http: a page in a sandbox has no storage, says so, and goes on in memory`, () =>
    withProfile(async (profile) => {
      const running = await launch(browser, profile);
      const outer = join(home, "sandbox.html");
      const { writeFileSync } = await import("node:fs");
      writeFileSync(outer, `<!DOCTYPE html><iframe sandbox="allow-scripts" width="800" height="600" src="${encodeURI(`Мой план обучения/${STAGE}`)}"></iframe>`);
      const page = await open(running, server.url("sandbox.html"));
      await pause(500);
      const frame = page.frames().find((one) => one !== page.mainFrame());
      await frame.waitForSelector('[data-notice="trouble-blocked"]', { timeout: 8000 });
      await frame.click("#tick-a0000002");
      await frame.waitForFunction(() => /^1 из/.test(document.querySelector('[data-count-for="curriculum"]').textContent), { polling: 150 });
      assert.deepEqual(page.problems, []);
      await running.close();
    }));

  test(`${browser} http: a full storage is said, and nothing is lost`, () =>
    withProfile(async (profile) => {
      const running = await launch(browser, profile);
      let page = await ready(await open(running, address.http(STAGE)));
      await page.click("#tick-a0000001");
      await page.evaluate(() => {
        for (let size = 1 << 20; size >= 1; size >>= 1) {
          try {
            for (let n = 0; ; n++) localStorage.setItem(`filler-${size}-${n}`, "x".repeat(size));
          } catch {
            // Full for this size; a smaller one fits.
          }
        }
      });
      await page.click("#tick-a0000002");
      await page.waitForSelector('[data-notice="trouble-full"]', { timeout: 8000 });
      await pause(300);
      assert.deepEqual(page.problems, []);
      page = await ready(await open(running, address.http(STAGE)));
      await until(page, () => document.querySelectorAll("input:checked").length === 2);
      assert.deepEqual(page.problems, []);
      await running.close();
    }));

  test(`${browser} http: one damaged record costs that record alone and is set aside`, () =>
    withProfile(async (profile) => {
      const running = await launch(browser, profile);
      let page = await ready(await open(running, address.http(STAGE)));
      await page.click("#tick-a0000001");
      await pause(500);
      await page.evaluate(() => localStorage.setItem("roadbook/probe:item:a0000002", "[1,broken"));
      page = await ready(await open(running, address.http(STAGE)));
      await page.waitForSelector('[data-notice="trouble-damaged"]');
      assert.deepEqual(await ticked(page), ["a0000001"]);
      assert.equal(await page.evaluate(() => localStorage.getItem("roadbook-aside/probe:item:a0000002")), "[1,broken");
      await page.click("#tick-a0000002");
      page = await ready(await open(running, address.http(STAGE)));
      assert.deepEqual(await ticked(page), ["a0000001", "a0000002"]);
      assert.equal(await page.evaluate(() => localStorage.getItem("roadbook-aside/probe:item:a0000002")), "[1,broken");
      assert.deepEqual(page.problems, []);
      await running.close();
    }));

  test(`${browser} http: what a newer version wrote is left alone`, () =>
    withProfile(async (profile) => {
      const running = await launch(browser, profile);
      let page = await ready(await open(running, address.http("index.html")));
      await page.evaluate(() => {
        localStorage.setItem("roadbook/probe/format", "2");
        localStorage.setItem("roadbook/probe:item:a0000001", '{"format":2}');
      });
      page = await ready(await open(running, address.http(STAGE)));
      await page.waitForSelector('[data-notice="trouble-newer"]');
      await page.click("#tick-a0000001");
      await page.click("#tick-a0000002");
      assert.equal(await page.evaluate(() => localStorage.getItem("roadbook/probe:item:a0000001")), '{"format":2}');
      assert.equal(await page.evaluate(() => localStorage.getItem("roadbook/probe:item:a0000002")), null);
      assert.deepEqual(page.problems, []);
      await running.close();
    }));

  test(`${browser} http: a single record of a newer version is left alone, and the others work`, () =>
    withProfile(async (profile) => {
      const running = await launch(browser, profile);
      let page = await ready(await open(running, address.http("index.html")));
      const newer = '[2,"m000000000000aaaaaa",{"state":"done"}]';
      await page.evaluate((newer) => localStorage.setItem("roadbook/probe:item:a0000001", newer), newer);
      page = await ready(await open(running, address.http(STAGE)));
      await page.waitForSelector('[data-notice="trouble-newer"]');
      await page.click("#tick-a0000001");
      await page.click("#tick-a0000002");
      await pause(300);
      assert.equal(await page.evaluate(() => localStorage.getItem("roadbook/probe:item:a0000001")), newer);
      page = await ready(await open(running, address.http(STAGE)));
      assert.ok((await ticked(page)).includes("a0000002"));
      assert.deepEqual(page.problems, []);
      await running.close();
    }));

  test(`${browser} http: a sandboxed frame and a page around the hub get no answer`, () =>
    withProfile(async (profile) => {
      const running = await launch(browser, profile);
      const { writeFileSync } = await import("node:fs");
      const ask = `const heard = []; addEventListener("message", (event) => heard.push(event.data)); const frame = document.querySelector("iframe"); frame.onload = () => { frame.contentWindow.postMessage({ roadbook: 1, ask: "read" }, "*"); setTimeout(() => { document.title = "heard " + heard.length; parent.postMessage(document.title, "*"); }, 800); };`;
      const hub = encodeURI("Мой план обучения/hub.html");
      writeFileSync(join(home, "around.html"), `<!DOCTYPE html><iframe></iframe><script>${ask} frame.src = "${hub}";</script>`);
      writeFileSync(join(home, "sandboxed.html"), `<!DOCTYPE html><title>waits</title><script>addEventListener("message", (event) => { document.title = String(event.data); });</script><iframe sandbox="allow-scripts" src="around.html"></iframe>`);
      for (const path of ["around.html", "sandboxed.html"]) {
        const page = await open(running, server.url(path));
        await until(page, () => document.title.startsWith("heard"));
        assert.equal(await page.title(), "heard 0");
      }
      await running.close();
    }));
}

test("firefox http: storage switched off by the learner", { skip: !present.includes("firefox") }, () =>
  withProfile(async (profile) => {
    const running = await launch("firefox", profile, { "dom.storage.enabled": false });
    const page = await ready(await open(running, address.http(STAGE)));
    await page.waitForSelector('[data-notice="trouble-half"], [data-notice="trouble-blocked"]');
    await page.click("#tick-a0000002");
    assert.deepEqual(await ticked(page), ["a0000002"]);
    assert.deepEqual(page.problems, []);
    await running.close();
  }));

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
