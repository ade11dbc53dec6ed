// The built site as a browser sees it: from disk and below a sub-path, every page loads without an
// error, nothing is requested from elsewhere, and every link and fragment leads somewhere.
// Input: the folder in SITE.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import path from "node:path";
import { files, launch, serve } from "./browser.mjs";

const site = path.resolve(process.env.SITE ?? "site");
let browser;
before(async () => { browser = await launch(); });
after(async () => { await browser?.close(); });

/** Opens every page; what each offers and asks for, and what went wrong. */
async function walk(root, names, options = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems = [];
  let current = "";
  page.on("request", (request) => {
    if (!request.url().startsWith(root)) problems.push(`${current} requests ${request.url()}`);
  });
  page.on("requestfailed", (request) => {
    // Leaving a page ends what it was still loading, such as its icon.
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") problems.push(`${current}: ${request.url()}: ${reason}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) problems.push(`${current}: ${response.url()} is ${response.status()}`);
  });
  page.on("console", (message) => {
    if (message.type() === "error") problems.push(`${current}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`${current}: ${error.message}`));
  const seen = new Map();
  for (const name of names) {
    current = name;
    await page.goto(root + encodeURI(name), { waitUntil: "load" });
    seen.set(decodeURI(page.url()), await page.evaluate(() => ({
      ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
      // In a drawing an address is no text but a value that may move.
      links: [...document.querySelectorAll("[href],[src]")].map((element) =>
        element instanceof SVGElement ? new URL(element.getAttribute("href"), document.baseURI).href : element.href || element.src),
      headings: document.querySelectorAll("h1").length,
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    })));
  }
  await context.close();
  return { seen, problems };
}

function check(root, { seen, problems }, all) {
  for (const [address, { links, headings, ids }] of seen) {
    if (headings !== 1) problems.push(`${address} has ${headings} headings of the first level`);
    const twice = ids.find((id, at) => ids.indexOf(id) !== at);
    if (twice) problems.push(`${address} has two elements with the id ${twice}`);
    for (const link of new Set(links)) {
      const url = new URL(link);
      const fragment = decodeURIComponent(url.hash.slice(1));
      url.hash = "";
      const target = decodeURI(url.href);
      if (!target.startsWith(root)) continue;
      const file = decodeURIComponent(target.slice(root.length));
      if (!all.has(file)) problems.push(`${address} leads to ${link}, which does not exist`);
      else if (fragment && seen.has(target) && !seen.get(target).ids.includes(fragment)) {
        problems.push(`${address} leads to ${link}, a place that does not exist`);
      }
    }
  }
  assert.deepEqual(problems, []);
}

// The hub shows nothing, and the page for what does not exist is tried below.
const isPage = (name) => name.endsWith(".html") && !["404.html", "hub.html"].includes(name);

test("from disk every page and link works and nothing leaves the site", async () => {
  const all = await files(site);
  const root = decodeURI(pathToFileURL(site + path.sep).href);
  check(root, await walk(root, all.filter(isPage)), new Set(all));
});

test("below a sub-path every page and link works and nothing leaves the site", async () => {
  const all = await files(site);
  const server = await serve(site);
  try {
    check(server.address, await walk(server.address, all.filter(isPage)), new Set(all));
  } finally {
    server.close();
  }
});

test("a phone of 320 px needs no sideways scroll", async () => {
  const all = await files(site);
  const root = decodeURI(pathToFileURL(site + path.sep).href);
  const names = all.filter((name) => isPage(name)
    && /^(index|(levels|stages|topics|glossary|sources|projects)\/.*)\.?(html)?$/.test(name)).slice(0, 60);
  const { seen, problems } = await walk(root, names, {
    viewport: { width: 320, height: 640 },
  });
  for (const [address, { wide }] of seen) {
    if (wide > 0) problems.push(`${address} is ${wide} px wider than a phone`);
  }
  assert.deepEqual(problems, []);
});

test("a page that does not exist leads home from any depth", async () => {
  const server = await serve(site);
  try {
    const page = await browser.newPage();
    for (const address of ["no-such-page", "stages/no/such/page/", "a/b/c/d.html"]) {
      await page.goto(server.address + address);
      await page.waitForFunction(() => getComputedStyle(document.querySelector(".start")).borderRadius !== "0px");
      const links = await page.$$eval("main a.start", (found) => found.map((link) => link.href));
      assert.deepEqual(links, [server.address + "index.html"], address);
    }
    await page.close();
  } finally {
    server.close();
  }
});

test("a tick is kept on every page and after a reload, from disk and over HTTP", async () => {
  const server = await serve(site);
  try {
    for (const root of [pathToFileURL(site + path.sep).href, server.address]) {
      const context = await browser.newContext();
      const page = await context.newPage();
      const errors = [];
      page.on("pageerror", (error) => errors.push(error.message));
      await page.goto(`${root}stages/linux/index.html`);
      const box = page.locator("input[data-item]").first();
      await box.waitFor();
      await page.waitForFunction(() => !document.querySelector("input[data-item]").disabled);
      await box.check();
      await page.goto(`${root}levels/foundations/index.html`);
      const count = page.locator('[data-count-for="stage:linux"]');
      await page.waitForFunction(() => /^1 /.test(
        document.querySelector('[data-count-for="stage:linux"]').textContent.trim()));
      assert.match(await count.textContent(), /1 из 19/);
      await page.goto(`${root}stages/linux/index.html`);
      await page.waitForFunction(() => document.querySelector("input[data-item]").checked);
      assert.deepEqual(errors, []);
      await context.close();
    }
  } finally {
    server.close();
  }
});

test("home goes on where something is in work, then with what comes next", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const home = pathToFileURL(path.join(site, "index.html")).href;
  const start = page.locator("a.start");
  const says = async (text) => {
    await page.goto(home);
    await page.waitForFunction((text) => document.querySelector("a.start").textContent === text, text);
    return new URL(await start.getAttribute("href"), home).pathname.split("/").at(-2);
  };
  const stages = await page.goto(home).then(() => page.$$eval(".road-map.narrow a[data-stop]", (stops) => stops.map((stop) => stop.dataset.stop)));
  assert.equal(await says("Начать с этапа 1.1"), stages[0]);
  const change = async (stage, pressed) => {
    await page.goto(pathToFileURL(path.join(site, `stages/${stage}/index.html`)).href);
    await page.waitForFunction(() => [...document.querySelectorAll("input[data-item]")].every((box) => !box.disabled));
    await page.evaluate(pressed, stage);
    await page.waitForTimeout(200);
  };
  const one = () => document.querySelector("input[data-item]").click();
  const whole = (stage) => {
    const { supply, store } = globalThis.roadbook.site;
    const list = [...supply.levels.values()].flatMap((level) => level.stages).find((own) => own.id === stage);
    store.change([...list.topics, ...list.projects].map(({ id }) => ({ kind: "item", id, value: "done" })));
  };
  await change(stages[0], whole);
  assert.equal(await says("Продолжить этап 1.2"), stages[1]);
  await change(stages[2], one);
  assert.equal(await says("Продолжить этап 1.3"), stages[2]);
  await change(stages[1], one);
  assert.equal(await says("Продолжить этап 1.2"), stages[1]);
  await context.close();
});
