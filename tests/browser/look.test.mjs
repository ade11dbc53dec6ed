// What the built site must be for its readers: accessible, steady while it loads, light, and whole
// without a script. Input: the folder in SITE. One page of each kind stands for the rest.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { files, launch, serve } from "./browser.mjs";
import { KINDS, tickSome } from "./pages.mjs";

const require = createRequire(import.meta.url);
const site = path.resolve(process.env.SITE ?? "site");
const address = (file) => pathToFileURL(path.join(site, file)).href;
let browser;
let all;
let kinds;
before(async () => {
  all = await files(site);
  kinds = Object.entries(KINDS).map(([kind, of]) => [kind, of(all, site)]).filter(([, file]) => file);
  browser = await launch();
});
after(async () => { await browser?.close(); });

test("axe finds no violation on any kind of page, in both schemes, on phone and desktop", async () => {
  const axe = await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
  const problems = [];
  for (const colorScheme of ["light", "dark"]) {
    for (const width of [360, 1440]) {
      const context = await browser.newContext({ colorScheme, viewport: { width, height: 800 }, reducedMotion: "reduce" });
      const page = await context.newPage();
      await tickSome(page, site, all);
      for (const [kind, file] of kinds) {
        await page.goto(address(file));
        await page.evaluate(axe);
        const found = await page.evaluate(async () => {
          const { violations } = await globalThis.axe.run(document, {
            resultTypes: ["violations"],
            runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
          });
          return violations.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join(" | ")}`);
        });
        problems.push(...found.map((one) => `${kind} ${colorScheme} ${width}: ${one}`));
      }
      await context.close();
    }
  }
  assert.deepEqual(problems, []);
});

test("nothing moves while a page loads, and no text of twice the size needs sideways scroll", async () => {
  const problems = [];
  const server = await serve(site);
  try {
    for (const width of [360, 1440]) {
      const context = await browser.newContext({ viewport: { width, height: 800 } });
      await context.addInitScript(() => {
        globalThis.shifts = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            globalThis.shifts.push(`${entry.value.toFixed(4)} ${entry.sources.map(({ node }) => node?.className || node?.nodeName).join(",")}`);
          }
        }).observe({ type: "layout-shift", buffered: true });
      });
      const page = await context.newPage();
      for (const [kind, file] of kinds) {
        await page.goto(server.address + encodeURI(file), { waitUntil: "load" });
        await page.waitForTimeout(100);
        const shifts = await page.evaluate(() => globalThis.shifts);
        problems.push(...shifts.map((shift) => `${kind} at ${width} px moves: ${shift}`));
        if (width === 360) continue;
        const wide = await page.evaluate(() => {
          document.documentElement.style.fontSize = "200%";
          return document.documentElement.scrollWidth - innerWidth;
        });
        if (wide > 0) problems.push(`${kind} with text of twice the size is ${wide} px too wide`);
      }
      await context.close();
    }
  } finally {
    server.close();
  }
  assert.deepEqual(problems, []);
});

/** Builds the curriculum that is hard to lay out, with what is added to its book.toml. */
async function hard(use, added = "") {
  const folder = await mkdtemp(path.join(tmpdir(), "hard-"));
  try {
    const run = promisify(execFile);
    await run(process.execPath, [fileURLToPath(new URL("../look/hard.mjs", import.meta.url)), folder]);
    await appendFile(path.join(folder, "book.toml"), added);
    const built = path.join(folder, "site");
    await run(path.resolve(process.env.ROADBOOK ?? "target/debug/roadbook"), ["build", folder, "--out", built]);
    await use(built, await files(built));
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("long titles and words fit a phone, and text of twice the size fits any window", async () => {
  await hard(async (built, all) => {
    const problems = [];
    for (const [width, text] of [[320, 16], [1440, 32], [768, 32], [640, 32]]) {
      const context = await browser.newContext({ viewport: { width, height: 740 } });
      const page = await context.newPage();
      // The browser's own setting, which widths in `em` follow.
      const session = await context.newCDPSession(page);
      await session.send("Page.setFontSizes", { fontSizes: { standard: text, fixed: text } });
      for (const [kind, of] of Object.entries(KINDS)) {
        const file = of(all, built);
        if (!file) continue;
        await page.goto(pathToFileURL(path.join(built, file)).href);
        await page.waitForTimeout(100);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (wide > 0) problems.push(`${kind} at ${width} px with text of ${text} px is ${wide} px too wide`);
      }
      await context.close();
    }
    assert.deepEqual(problems, []);
  });
});

test("a site's accent tints what its accent marks, and its corners are those of all boxes", async () => {
  await hard(async (built, all) => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 800 }, colorScheme: "light" });
    const look = (selector, property) => page.locator(selector).first().evaluate((element, property) => getComputedStyle(element)[property], property);
    await page.goto(pathToFileURL(path.join(built, "topics/index.html")).href);
    assert.equal(await look(".jump a", "borderRadius"), "0px");
    const [, , , hue] = /oklch\(([\d.]+) ([\d.]+) ([\d.]+)/.exec(await look(".menu-link", "backgroundColor"));
    assert.ok(hue > 15 && hue < 45, `a red accent has a tint of hue ${hue}`);
    await page.goto(pathToFileURL(path.join(built, KINDS.stage(all, built))).href);
    assert.equal(await look(".level-nav a[aria-current]", "borderRadius"), "0px");
    await page.close();
  }, '[theme.options]\naccent = { light = "#8a1f11", dark = "#f0a090" }\ncorners = "0"\n');
});

test("pages are light, and the first paint waits for the page and one style sheet", async () => {
  const KB = 1024;
  const size = async (file) => gzipSync(await readFile(path.join(site, file)), { level: 9 }).length;
  const css = await size("assets/roadbook.css");
  assert.ok(css < 15 * KB, `the style sheet has ${css} bytes gzipped`);
  const server = await serve(site);
  try {
    const page = await browser.newPage();
    for (const kind of ["home", "level", "stage", "project"]) {
      const file = KINDS[kind](all);
      await page.goto(server.address + encodeURI(file), { waitUntil: "load" });
      const asked = await page.evaluate(() => performance.getEntriesByType("resource")
        .map(({ name, renderBlockingStatus }) => [name, renderBlockingStatus]));
      const blocking = asked.filter(([, status]) => status === "blocking").map(([name]) => path.posix.basename(name));
      assert.deepEqual(blocking, ["roadbook.css"], kind);
      if (kind !== "stage") continue;
      const parts = new Set([file, ...asked.map(([name]) => decodeURIComponent(name.slice(server.address.length)))]);
      let sum = 0;
      for (const part of parts) if (!/search/.test(part)) sum += await size(part);
      assert.ok(sum < 45 * KB, `a stage weighs ${sum} bytes gzipped: ${[...parts].join(", ")}`);
    }
    await page.close();
  } finally {
    server.close();
  }
});

test("without a script everything can be read and reached", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  for (const [kind, file] of kinds) {
    await page.goto(address(file));
    for (const place of ["h1", "main", "footer"]) {
      assert.ok(await page.locator(place).first().isVisible(), `${kind}: ${place}`);
    }
    if (kind === "not-found") continue;
    const nav = page.locator("#rb-nav");
    assert.ok(await nav.isVisible(), `${kind}: navigation`);
    assert.equal(await page.locator(".scheme, .code-tools").count(), 0, `${kind}: a control without effect`);
  }
  await context.close();

  // By links alone every page can be reached from home.
  const pages = new Set(all.filter((file) => file.endsWith(".html")));
  const seen = new Set();
  const next = ["index.html"];
  while (next.length) {
    const file = next.pop();
    if (seen.has(file)) continue;
    seen.add(file);
    const html = await readFile(path.join(site, file), "utf8");
    for (const [, href] of html.matchAll(/<a\b[^>]*?\shref="([^"#]+)/g)) {
      const target = decodeURIComponent(new URL(href.replaceAll("&amp;", "&"), `http://x/${file}`).pathname.slice(1));
      if (pages.has(target)) next.push(target);
    }
  }
  const redirects = await Promise.all([...pages].filter((file) => !seen.has(file)).map(async (file) =>
    /http-equiv="refresh"|noindex/.test(await readFile(path.join(site, file), "utf8")) ? "" : file));
  assert.deepEqual(redirects.filter(Boolean), []);
});
