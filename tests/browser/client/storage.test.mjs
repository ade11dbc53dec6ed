// Ticks where the storage is bad: none, full, damaged, of a newer version, asked by strangers.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { launch, open, present, ready } from "./browsers.mjs";
import { address, home, pause, server, STAGE, ticked, until, withProfile } from "./kept.mjs";

for (const browser of present) {
  test(`${browser} http: a page in a sandbox has no storage, says so, and goes on in memory`, () =>
    withProfile(async (profile) => {
      const running = await launch(browser, profile);
      const outer = join(home, "sandbox.html");
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
