// Whoever cannot see, or sees otherwise: axe on the pages of progress with everything opened, in
// light, dark and forced colours; and what is printed.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";
import { launch, open, present, ready, remove, serve, temporary } from "./browsers.mjs";
import { lists, writeSite } from "./fixture.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const home = temporary("access");
const server = await serve(home);
writeSite(join(home, "site"), lists(12));
after(() => {
  server.close();
  remove(home);
});

async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
}

test("chrome: the pages of progress have no fault that axe knows", { skip: !present.includes("chrome") }, async () => {
  const profile = temporary("profile");
  const running = await launch("chrome", profile);
  try {
    const page = await ready(await open(running, server.url("site/stages/git/index.html")));
    await page.evaluate(() => {
      const { store } = window.roadbook.site;
      store.change([
        { kind: "item", id: "b0000001", value: "done" },
        { kind: "item", id: "b0000002", value: "doing" },
        { kind: "item", id: "b0000003", value: "skipped" },
        { kind: "item", id: "gone0001", value: "done" },
        { kind: "item", id: "w0000001", period: "2020-W01", value: "done" },
        { kind: "session", id: "s1", value: { day: new Date().toISOString().slice(0, 10), minutes: 90 } },
      ]);
      document.querySelector("#tick-b0000004").click();
      document.querySelector(".rb-more").click();
      document.querySelector(".rb-count").click();
      document.querySelector(".rb-actions button").click();
    });
    await page.waitForSelector(".rb-left li");
    const looks = [[], [{ name: "prefers-color-scheme", value: "dark" }]];
    for (const look of looks) {
      await page.emulateMediaFeatures(look);
      assert.deepEqual(await faults(page), [], `stage, ${JSON.stringify(look)}`);
    }
    await page.goto(server.url("site/progress/index.html"), { waitUntil: "load" });
    await ready(page);
    await page.waitForSelector("#rb-help");
    await page.evaluate(() => [...document.querySelectorAll("button")].find((one) => one.textContent === "Ссылка на другое устройство").click());
    await page.waitForSelector(".rb-code");
    for (const look of looks) {
      await page.emulateMediaFeatures(look);
      assert.deepEqual(await faults(page), [], `progress, ${JSON.stringify(look)}`);
    }
    await page.emulateMediaFeatures([]);

    // In forced colours a day with ticks is told from one without.
    const session = await page.createCDPSession();
    await session.send("Emulation.setEmulatedMedia", { features: [{ name: "forced-colors", value: "active" }] });
    const fills = await page.evaluate(() => ["rb-day-0", "rb-hour"].map((name) => getComputedStyle(document.querySelector(`.${name}`)).fill));
    assert.notEqual(fills[0], fills[1]);
    await session.send("Emulation.setEmulatedMedia", { features: [] });

    await page.emulateMediaType("print");
    const printed = await page.evaluate(() =>
      ["#rb-road", "#rb-rhythm", "#rb-hours", "#rb-take", "#rb-bring", "#rb-group", "#rb-settings", ".rb-notices"].filter((place) => document.querySelector(place)?.getClientRects().length),
    );
    assert.deepEqual(printed, ["#rb-road", "#rb-rhythm", "#rb-hours"]);
    assert.deepEqual(page.problems, []);
  } finally {
    await running.close();
    remove(profile);
  }
});
