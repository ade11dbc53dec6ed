// The single file of the real roadmap. Input: the program in ROADBOOK.
//
// The file that holds the whole site is walked through, ticked and opened again from disk in both
// browsers.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { fileUrl, launch, open, present, ready, remove, temporary } from "./browsers.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const program = resolve(process.env.ROADBOOK ?? join(root, "target/release/roadbook"));
const home = temporary("bundle");
after(() => remove(home));

const run = (...parameters) => execFileSync(program, parameters, { cwd: root, encoding: "utf8" });
run("bundle", "html", root, "--out", join(home, "road.html"));
const LINUX = "stages/linux/index.html";

test("the file stays small", () => {
  assert.ok(gzipSync(readFileSync(join(home, "road.html"))).length < 2_000_000);
});

async function withBrowser(browser, body, profile = temporary("profile")) {
  const running = await launch(browser, profile);
  try {
    await body(running);
  } finally {
    await running.close();
  }
  return profile;
}

/** What a reader sees: the shown pages, the title, where the page stands. */
const seen = (page) =>
  page.evaluate(() => ({
    pages: [...document.querySelectorAll(".rb-page")].filter((one) => one.offsetParent !== null || one.getClientRects().length).map((one) => one.id),
    title: document.title,
    top: Math.round(scrollY),
  }));
const arrived = (page, path) => page.waitForFunction((path) => document.querySelector(".rb-here")?.id === path, { polling: 50 }, path);
// `goBack` of the driver waits for a load, which going back within a document never is.
const back = (page) => page.evaluate(() => history.back());
const follow = (page, href) => page.evaluate((href) => document.querySelector(`.rb-here a[href="${href}"], header a[href="${href}"]`).click(), href);

for (const browser of present) {
  test(`${browser}: the file shows one page at a time, with its title, and goes back to where one was`, async () => {
    const profile = await withBrowser(browser, async (running) => {
      const page = await ready(await open(running, fileUrl(home, "road.html")));
      let now = await seen(page);
      assert.deepEqual(now.pages, ["index.html"]);
      await page.evaluate(() => scrollTo(0, 700));
      await page.waitForFunction(() => scrollY === 700);
      await follow(page, `#${LINUX}`);
      await arrived(page, LINUX);
      now = await seen(page);
      assert.deepEqual(now.pages, [LINUX]);
      assert.match(now.title, /^1\.1 /);
      assert.equal(now.top, 0);
      assert.equal(await page.evaluate(() => document.activeElement.tagName), "H1");
      const current = await page.evaluate(() => [...document.querySelectorAll("#rb-nav [aria-current]")].map((one) => one.getAttribute("href")));
      assert.deepEqual(current, [`#${LINUX}`]);
      // A place on another page, from a link in the text.
      const place = await page.evaluate(() => {
        const links = [...document.querySelectorAll(".rb-here a[href^='#']")];
        const far = links.find((link) => link.hash.length > 1 && !link.hash.includes(".html") && !document.querySelector(".rb-here").contains(document.getElementById(decodeURIComponent(link.hash.slice(1)))));
        far?.click();
        return far?.hash;
      });
      if (place) {
        await page.waitForFunction(() => scrollY > 0);
        await back(page);
        await arrived(page, LINUX);
      }
      await back(page);
      await arrived(page, "index.html");
      await page.waitForFunction(() => Math.abs(scrollY - 700) < 5);
      assert.doesNotMatch((await seen(page)).title, /^1\.1 /);
      assert.deepEqual(page.problems, []);
    });
    remove(profile);
  });

  test(`${browser}: the search is in the file`, async () => {
    remove(await withBrowser(browser, async (running) => {
      const page = await ready(await open(running, fileUrl(home, "road.html")));
      await page.keyboard.press("/");
      await page.waitForSelector("#rb-search-field", { visible: true });
      assert.equal(await page.$eval(".rb-search-shade", (shade) => getComputedStyle(shade).position), "fixed");
      await page.type("#rb-search-field", "как откатить миграцию");
      await page.waitForFunction(() => /postgresql/.test(document.querySelector("[data-result]")?.getAttribute("href")), { polling: 100 });
      await page.keyboard.press("Enter");
      await arrived(page, "stages/postgresql/index.html");
      await page.waitForFunction(() => scrollY > 0, { polling: 100 });
      assert.equal(await page.$eval(".rb-search-shade", (shade) => shade.hidden), true);
      assert.deepEqual(page.problems, []);
    }));
  });

  test(`${browser}: ticks in the file survive reload and restart, and figures agree`, async () => {
    const url = `${fileUrl(home, "road.html")}#${LINUX}`;
    const profile = await withBrowser(browser, async (running) => {
      let page = await ready(await open(running, url));
      assert.deepEqual((await seen(page)).pages, [LINUX]);
      const id = await page.evaluate(() => {
        const box = document.querySelector(".rb-here li.item input[data-item]");
        box.click();
        return box.dataset.item;
      });
      await page.evaluate(() => window.roadbook.site.store.settled?.());
      await page.reload({ waitUntil: "load" });
      await ready(page);
      assert.ok(await page.$eval(`input[data-item="${id}"]`, (box) => box.checked && !box.disabled));
      await page.waitForFunction(() => /^1 /.test(document.querySelector('.rb-here [data-count-for="stage:linux"]')?.textContent));
      assert.deepEqual(page.problems, []);
      await new Promise((done) => setTimeout(done, 1500));
    });
    await withBrowser(
      browser,
      async (running) => {
        const page = await ready(await open(running, url));
        assert.equal(await page.evaluate(() => document.querySelectorAll("input[data-item]:checked").length), 1);
        await page.evaluate(() => { location.hash = "#progress/index.html"; });
        await page.waitForFunction(() => /Linux/.test(document.querySelector("#rb-road")?.closest("section").textContent), { polling: 100 });
        assert.deepEqual(page.problems, []);
      },
      profile,
    );
    remove(profile);
  });
}

const one = present[0];

test(`${one}: progress goes from the file to the site and back`, async () => {
  run("build", root, "--out", join(home, "site"));
  const copies = temporary("copies");
  let count = 0;
  const take = async (running, url) => {
    const page = await ready(await open(running, url));
    await page.waitForSelector("#rb-take");
    const folder = join(copies, String(count++));
    mkdirSync(folder);
    const session = await page.createCDPSession();
    await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder });
    await page.evaluate(() => [...document.querySelectorAll("#rb-progress button")].find((button) => button.textContent === "Сохранить файл").click());
    for (let tries = 0; tries < 100; tries++) {
      const name = readdirSync(folder).find((file) => file.endsWith(".json"));
      if (name) return join(folder, name);
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error("nothing was handed over");
  };
  const bring = async (running, url, file) => {
    const page = await ready(await open(running, url));
    await page.waitForSelector("#rb-file");
    await (await page.$("#rb-file")).uploadFile(file);
    await page.waitForFunction(() => [...document.querySelectorAll("button")].some((button) => button.textContent === "Объединить"), { polling: 100 });
    await page.evaluate(() => [...document.querySelectorAll("button")].find((button) => button.textContent === "Объединить").click());
    return page;
  };
  const single = `${fileUrl(home, "road.html")}#progress/index.html`;
  const site = fileUrl(join(home, "site"), "progress/index.html");
  const done = (page) => page.evaluate(() => [...window.roadbook.site.store.records.keys()].filter((key) => key.includes(":item:")).sort());
  let ids, file;
  remove(await withBrowser(one, async (running) => {
    const page = await ready(await open(running, fileUrl(home, "road.html")));
    ids = await page.evaluate(() => [...document.querySelectorAll("li.item input[data-item]")].slice(0, 2).map((box) => { box.click(); return box.dataset.item; }));
    file = await take(running, single);
  }));
  remove(await withBrowser(one, async (running) => {
    let page = await bring(running, site, file);
    assert.deepEqual((await done(page)).map((key) => key.split(":").pop()), [...ids].sort());
    page = await ready(await open(running, fileUrl(join(home, "site"), LINUX)));
    const more = await page.evaluate(() => { const box = [...document.querySelectorAll("li.item input[data-item]")].pop(); box.click(); return box.dataset.item; });
    ids.push(more);
    await page.evaluate(() => window.roadbook.site.store.settled?.());
  }).then(async (profile) => {
    await withBrowser(one, async (running) => { file = await take(running, site); }, profile);
    return profile;
  }));
  remove(await withBrowser(one, async (running) => {
    const page = await bring(running, single, file);
    assert.deepEqual((await done(page)).map((key) => key.split(":").pop()), [...ids].sort());
    assert.deepEqual(page.problems, []);
  }));
  remove(copies);
});

test(`${one}: without script all is there to read, and on paper too`, async () => {
  remove(await withBrowser(one, async (running) => {
    const page = await running.newPage();
    await page.setJavaScriptEnabled(false);
    await page.goto(fileUrl(home, "road.html"));
    await page.setJavaScriptEnabled(true);
    const all = await page.evaluate(() => [...document.querySelectorAll(".rb-page")].filter((one) => one.getClientRects().length).length);
    assert.ok(all > 100, `${all} pages are shown`);
    const scripted = await ready(await open(running, fileUrl(home, "road.html")));
    await scripted.emulateMediaType("print");
    assert.equal(await scripted.evaluate(() => [...document.querySelectorAll(".rb-page")].filter((one) => one.getClientRects().length).length), all);
  }));
});
