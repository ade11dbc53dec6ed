// The histories of the identity tests, carried through a browser: a learner ticks on the first
// revision and on later ones, and on every revision each tick is on its item or in the tray.
//
// Input: REPLAY, the folder that the test `histories_as_curricula` has written; ROADBOOK, the program.
// What is right is read from `truth.json`, which was stated before anything was matched.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { launch, open, present, ready, remove, serve, temporary } from "./browsers.mjs";

const { REPLAY: replay, ROADBOOK: roadbook } = process.env;
const skip = replay && roadbook && present.includes("chrome") ? false : "REPLAY and ROADBOOK name no histories and no program";
const home = temporary("replay");
after(() => remove(home));

/** Of the long history every so manieth revision is looked at; items change in all of them. */
const STRIDE = { script: 10 };

for (const history of skip ? ["none"] : readdirSync(replay)) {
  test(`chrome: every tick of the history ${history} is on its item or in the tray`, { skip }, async () => {
    const site = join(home, history);
    const server = await serve(site);
    const profile = temporary("profile");
    const running = await launch("chrome", profile);
    /** Name of an item → the id under which it was ticked. */
    const ticked = new Map();
    let inTray = 0;
    try {
      const revisions = readdirSync(join(replay, history)).sort();
      const stride = STRIDE[history] ?? 1;
      for (let at = 0; at < revisions.length; at += stride) {
        const folder = join(replay, history, revisions[at]);
        execFileSync(roadbook, ["build", folder, "--out", site], { stdio: ["ignore", "ignore", "pipe"] });
        const truth = JSON.parse(readFileSync(join(folder, "truth.json"), "utf8"));
        const published = JSON.parse(readFileSync(join(site, "curriculum.json"), "utf8"));
        /** Name → id, by their order on the page. */
        const ids = new Map();
        for (const stage of published.levels[0].stages) {
          const found = stage.blocks.flatMap((block) => block.topics);
          const names = truth.pages[stage.id];
          assert.equal(found.length, names.length, `${revisions[at]} ${stage.id}`);
          names.forEach((name, n) => ids.set(name, found[n].id));
        }
        const page = await ready(await open(running, server.url("progress/index.html")));
        await page.waitForSelector("#rb-road");
        const statuses = new Map(await page.evaluate((ids) => ids.map((id) => [id, window.roadbook.site.state.statusOf(id)]), [...ids.values()]));
        const tray = await page.$$eval("[aria-labelledby=rb-tray] li", (lines) => lines.map((line) => line.textContent));
        const retired = new Map(published.retired.map((item) => [item.id, item.text]));
        const where = `${history} ${revisions[at]}`;

        const known = new Set(ids.values());
        for (const [name, id] of ticked) {
          if (known.has(id)) {
            // The id lives: on its own item, or on the part that went on as the whole.
            const owner = [...ids].find(([, present]) => present === id)[0];
            assert.ok(owner === name || descends(truth, owner, name), `${where}: the tick of ${name} is on ${owner}`);
            assert.equal(statuses.get(id), "done", `${where}: ${name}`);
          } else {
            assert.ok(retired.has(id), `${where}: ${name} is neither here nor retired`);
            assert.ok(tray.some((line) => line.startsWith(`${retired.get(id)} — сделано`)), `${where}: ${name} is not in the tray: ${tray.join(" | ")}`);
            inTray++;
          }
        }
        for (const [name, id] of ids) {
          if (statuses.get(id) !== "done") continue;
          const whole = truth.merged[name];
          const fair = [...ticked].some(([former, own]) => own === id && (former === name || descends(truth, name, former)));
          assert.ok(fair || whole?.every((part) => ticked.has(part) || descends(truth, part, [...ticked.keys()])), `${where}: ${name} is done, and nobody ticked it`);
        }

        // The learner goes on: on every page the first two that are open.
        for (const stage of published.levels[0].stages) {
          if (at > 0 && stage !== published.levels[0].stages[at % published.levels[0].stages.length]) continue;
          await page.goto(server.url(stage.url), { waitUntil: "load" });
          await ready(page);
          const shown = await page.$$eval("input[data-item]", (boxes) => boxes.filter((box) => box.checked).map((box) => box.dataset.item));
          const expected = stage.blocks.flatMap((block) => block.topics.map((topic) => topic.id)).filter((id) => statuses.get(id) === "done");
          assert.deepEqual(shown, expected, `${where}: boxes of ${stage.id}`);
          const pressed = await page.$$eval(
            "input[data-item]",
            (boxes, at) => boxes.filter((box, n) => !box.checked && (at > 0 || n % 2 === 0)).slice(0, at > 0 ? 2 : undefined).map((box) => (box.click(), box.dataset.item)),
            at,
          );
          for (const id of pressed) ticked.set([...ids].find(([, present]) => present === id)[0], id);
        }
        await page.waitForFunction((ids) => ids.every((id) => window.roadbook.site.state.statusOf(id) === "done"), { polling: 50 }, [...known].filter((id) => [...ticked.values()].includes(id)));
        assert.deepEqual(page.problems, [], where);
        await page.close();
      }
      assert.ok(ticked.size > 10 && (history !== "script" || inTray > 0), `${ticked.size} ticks, ${inTray} in the tray`);
    } finally {
      await running.close();
      server.close();
      remove(profile);
    }
  });
}

/** Whether an item is a part, however often split, of one of these. */
function descends(truth, name, wholes) {
  for (let whole = truth.splits[name]; whole !== undefined; whole = truth.splits[whole]) {
    if (wholes === whole || (Array.isArray(wholes) && wholes.includes(whole))) return true;
  }
  return false;
}
