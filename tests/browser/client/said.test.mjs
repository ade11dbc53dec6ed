// What is said in time, and to whom: after two weeks away, in Safari, in an app, beside a fork; the
// share sheet; a file kept up to date. Clocks and browsers are faked where the machine has none.

import assert from "node:assert/strict";
import { join } from "node:path";
import { after, test } from "node:test";
import { launch, open, present, ready, remove, serve, temporary } from "./browsers.mjs";
import { lists, writeSite } from "./fixture.mjs";

const home = temporary("said");
const server = await serve(home);
writeSite(join(home, "site"), lists(20));
after(async () => {
  for (const browser of running.values()) await browser.close();
  server.close();
  for (const folder of [home, ...profiles]) remove(folder);
});

const chrome = { skip: !present.includes("chrome") };
const STAGE = server.url("site/stages/git/index.html");
const LONG = server.url("site/stages/linux и сети/index.html");
const PROGRESS = server.url("site/progress/index.html");
const DAY = 86_400_000;

const running = new Map();
const profiles = [];

/** One browser for all; each test has a context with storage of its own. */
async function withBrowser(browser, body) {
  if (!running.has(browser)) {
    profiles.push(temporary("profile"));
    running.set(browser, await launch(browser, profiles.at(-1)));
  }
  const context = await running.get(browser).createBrowserContext();
  try {
    await body(context);
  } finally {
    await context.close();
  }
}

/** Opens a page on which `fake` ran before anything else. */
async function faked(context, url, fake, ...given) {
  const page = await context.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  await page.evaluateOnNewDocument(fake, ...given);
  await page.goto(url, { waitUntil: "load" });
  return ready(page);
}

const laterBy = (time) => {
  const Before = Date;
  globalThis.Date = class extends Before {
    constructor(...given) {
      if (given.length) super(...given);
      else super(Before.now() + time);
    }
    static now() {
      return Before.now() + time;
    }
  };
};

const until = (page, body, ...given) => page.waitForFunction(body, { timeout: 10_000, polling: 100 }, ...given);
const press = (page, text) => page.evaluate((text) => [...document.querySelectorAll("button")].find((one) => one.textContent === text).click(), text);
const tick = async (page, ...ids) => {
  for (const id of ids) await page.$eval(`#tick-${id}`, (box) => box.click());
};
const notice = (page, name) => page.$(`[data-notice="${name}"]`);
const ids = (from, to) => Array.from({ length: to - from + 1 }, (_, n) => `a${String(from + n).padStart(7, "0")}`);

for (const browser of present) {
  test(`${browser}: after two weeks away five topics are asked about, and no answer takes a tick`, () =>
    withBrowser(browser, async (context) => {
      const first = await ready(await open(context, LONG));
      await tick(first, ...ids(1, 7));
      await first.evaluate(() => window.roadbook.site.store.change([{ kind: "note", id: "a0000001", value: "моя памятка" }]));
      const early = await faked(context, PROGRESS, laterBy, 13 * DAY);
      await until(early, () => document.querySelector("#rb-road"));
      assert.equal(await early.$("#rb-remember"), null);
      const late = await faked(context, PROGRESS, laterBy, 15 * DAY);
      await until(late, () => document.querySelector("#rb-remember"));
      const asked = () => late.$$eval("[aria-labelledby=rb-remember] li", (lines) => lines.map((line) => line.textContent));
      assert.equal((await asked()).length, 5);
      assert.match((await asked())[0], /Умею a0000001моя памятка/);
      await late.evaluate(() => document.querySelector("[aria-labelledby=rb-remember] li button:last-of-type").click());
      await late.evaluate(() => [...document.querySelectorAll("[aria-labelledby=rb-remember] li")][1].querySelector("button").click());
      assert.deepEqual(
        await late.evaluate(() => ["a0000001", "a0000002"].map((id) => [window.roadbook.site.store.get("review", id).value, window.roadbook.site.state.statusOf(id)])),
        [["no", "done"], ["yes", "done"]],
      );
      const again = await faked(context, PROGRESS, laterBy, 16 * DAY);
      await until(again, () => document.querySelector("#rb-remember"));
      const texts = await again.$$eval("[aria-labelledby=rb-remember] li", (lines) => lines.map((line) => line.textContent).join());
      assert.doesNotMatch(texts, /a0000001|a0000002/);
      assert.match(texts, /a0000007/);
      assert.deepEqual([...late.problems, ...again.problems], []);
    }));

  test(`${browser}: where Safari clears up, a copy is offered after the tenth tick, once`, () =>
    withBrowser(browser, async (context) => {
      const asApple = () => Object.defineProperty(Navigator.prototype, "vendor", { get: () => "Apple Computer, Inc." });
      let page = await faked(context, LONG, asApple);
      await tick(page, ...ids(0, 8));
      assert.equal(await notice(page, "copy"), null);
      await tick(page, ...ids(9, 9));
      await page.waitForSelector('[data-notice="copy"]');
      page = await faked(context, LONG, asApple);
      await tick(page, ...ids(10, 10));
      assert.equal(await notice(page, "copy"), null);
      assert.deepEqual(page.problems, []);
    }));

  test(`${browser}: elsewhere no copy is asked for`, () =>
    withBrowser(browser, async (context) => {
      const page = await faked(context, LONG, () => Object.defineProperty(Navigator.prototype, "vendor", { get: () => "" }));
      await tick(page, ...ids(0, 12));
      await page.waitForSelector('[data-notice="first-tick"]');
      assert.equal(await notice(page, "copy"), null);
    }));

  test(`${browser}: an empty first start inside an app offers to carry ticks over; a used one is silent`, () =>
    withBrowser(browser, async (context) => {
      const inApp = () => Object.defineProperty(Navigator.prototype, "userAgent", { get: () => "Mozilla/5.0 (iPhone) AppleWebKit/605 Mobile Instagram 300.0" });
      const installed = () => {
        const before = window.matchMedia.bind(window);
        window.matchMedia = (query) => (query === "(display-mode: standalone)" ? { matches: true } : before(query));
      };
      for (const [fake, words] of [[inApp, /браузер внутри приложения/], [installed, /У приложения своё хранилище/]]) {
        const page = await faked(context, STAGE, fake);
        await page.waitForSelector('[data-notice="empty"]');
        assert.match(await page.$eval('[data-notice="empty"]', (place) => place.textContent), words);
        assert.match(await page.$eval('[data-notice="empty"] a', (link) => link.href), /progress\/index\.html#rb-bring$/);
      }
      const plain = await ready(await open(context, STAGE));
      assert.equal(await notice(plain, "empty"), null);
      await tick(plain, "b0000001");
      const used = await faked(context, STAGE, inApp);
      assert.equal(await notice(used, "empty"), null);
    }));

  test(`${browser}: before installing, ticks are offered to be taken along`, () =>
    withBrowser(browser, async (context) => {
      const page = await ready(await open(context, STAGE));
      await page.evaluate(() => dispatchEvent(new Event("beforeinstallprompt")));
      assert.equal(await notice(page, "install"), null);
      await tick(page, "b0000001");
      await page.evaluate(() => dispatchEvent(new Event("beforeinstallprompt")));
      assert.match(await page.$eval('[data-notice="install"] a', (link) => link.href), /#rb-take$/);
      // Browsers offer it on every page: it is said once.
      const next = await ready(await open(context, STAGE));
      await next.evaluate(() => dispatchEvent(new Event("beforeinstallprompt")));
      assert.equal(await notice(next, "install"), null);
    }));

  test(`${browser}: another curriculum of this origin: what both share is copied, and undone`, () =>
    withBrowser(browser, async (context) => {
      writeSite(join(home, "fork"), lists(20), { curriculum: "fork" });
      const here = await ready(await open(context, STAGE));
      await tick(here, "b0000001", "b0000002");
      const there = await ready(await open(context, server.url("fork/progress/index.html")));
      await until(there, () => document.querySelector("#rb-others"));
      assert.match(await there.$eval("[aria-labelledby=rb-others] li", (line) => line.textContent), /probe: 2 общие записи/);
      const statuses = () => there.evaluate(() => ["b0000001", "b0000002", "b0000003"].map((id) => window.roadbook.site.state.statusOf(id)));
      assert.deepEqual(await statuses(), ["todo", "todo", "todo"]);
      await press(there, "Скопировать сюда");
      assert.deepEqual(await statuses(), ["done", "done", "todo"]);
      await press(there, "Отменить");
      assert.deepEqual(await statuses(), ["todo", "todo", "todo"]);
      assert.deepEqual(await here.evaluate(() => window.roadbook.site.state.statusOf("b0000001")), "done");
      assert.deepEqual(there.problems, []);
    }));

  test(`${browser}: the share sheet gets the file with everything in it`, () =>
    withBrowser(browser, async (context) => {
      const page = await ready(await open(context, STAGE));
      await tick(page, "b0000001");
      const sharing = await faked(context, PROGRESS, () => {
        Object.assign(Navigator.prototype, {
          canShare: ({ files }) => files.length === 1,
          share: async ({ files }) => {
            window.shared = { name: files[0].name, text: await files[0].text() };
          },
        });
      });
      await until(sharing, () => document.querySelector("#rb-take"));
      await press(sharing, "Отправить себе");
      await until(sharing, () => window.shared);
      const shared = await sharing.evaluate(() => window.shared);
      assert.match(shared.name, /^probe-\d{4}-\d\d-\d\d\.json$/);
      assert.equal(JSON.parse(shared.text).records["item:b0000001"][2], "done");
    }));

  test(`${browser}: a change of the list is told on the home page too, where its figure drops`, () =>
    withBrowser(browser, async (context) => {
      const name = `home ${browser}`;
      writeSite(join(home, name), lists(8));
      const stage = await ready(await open(context, server.url(`${name}/stages/git/index.html`)));
      await tick(stage, "b0000001");
      await until(stage, () => /^1 из/.test(document.querySelector('[data-count-for="stage:git"]').textContent));
      await new Promise((resolve) => setTimeout(resolve, 300));
      const changed = lists(8);
      changed[0].stages[1].topics.push("b0000077 new");
      changed[0].digest = "d1c";
      writeSite(join(home, name), changed);
      const page = await ready(await open(context, server.url(`${name}/index.html`)));
      await page.waitForSelector('[data-notice="since"]');
      assert.match(await page.$eval('[data-notice="since"] p', (place) => place.textContent), /«Уровень first»\): 1 новая позиция, теперь сделано 1 из/);
      assert.deepEqual(page.problems, []);
    }));
}

test("chrome: a file picked once is written again from every page, and after a pause without permission", chrome, () =>
  withBrowser("chrome", async (context) => {
    // The origin's private file system gives real handles without a window to pick in.
    const withPicker = () => {
      window.showSaveFilePicker = async ({ suggestedName }) => (await navigator.storage.getDirectory()).getFileHandle(suggestedName, { create: true });
    };
    const written = (page) =>
      page.evaluate(async () => {
        const folder = await navigator.storage.getDirectory();
        for await (const file of folder.values()) return JSON.parse(await (await file.getFile()).text()).records;
      });
    const progress = await faked(context, PROGRESS, withPicker);
    await until(progress, () => document.querySelector("#rb-take"));
    await press(progress, "Держать файл обновлённым");
    await until(progress, () => window.roadbook.site.kept.state === "writing");
    assert.deepEqual(Object.keys(await written(progress)), []);
    await progress.close();

    const stage = await faked(context, STAGE, withPicker);
    await until(stage, () => window.roadbook.site.kept.state === "writing");
    await tick(stage, "b0000001");
    await until(stage, async () => {
      const folder = await navigator.storage.getDirectory();
      for await (const file of folder.values()) return (await (await file.getFile()).text()).includes("item:b0000001");
    });
    // Left at once: the next page catches up.
    await tick(stage, "b0000002");
    await stage.close();
    const next = await faked(context, server.url("site/stages/docker/index.html"), withPicker);
    await until(next, async () => {
      const folder = await navigator.storage.getDirectory();
      for await (const file of folder.values()) return (await (await file.getFile()).text()).includes("item:b0000002");
    });
    assert.equal((await written(next))["item:b0000002"][2], "done");
    assert.ok(Object.keys(await written(next)).every((key) => !key.startsWith("here")));

    const withoutPermission = () => {
      FileSystemHandle.prototype.queryPermission = async () => "prompt";
      FileSystemHandle.prototype.requestPermission = async () => "granted";
    };
    const later = await faked(context, STAGE, new Function(`(${withPicker})(); (${withoutPermission})();`));
    await until(later, () => window.roadbook.site.kept.state === "waits");
    await tick(later, "b0000003");
    await later.waitForSelector('[data-notice="kept"]');
    assert.equal((await written(later))["item:b0000003"], undefined);
    await press(later, "Продолжить записывать");
    await until(later, () => window.roadbook.site.kept.state === "writing");
    assert.equal((await written(later))["item:b0000003"][2], "done");
    assert.deepEqual(later.problems, []);
  }));
