// What the script adds to reading: colours, drawer, outline, cards, copying, and quiet.
// Input: the folder in SITE. Responsibility: each for the pointer, the finger and the keyboard.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { files, launch, serve } from "./browser.mjs";
import { KINDS } from "./pages.mjs";

const site = path.resolve(process.env.SITE ?? "site");
const address = (file) => pathToFileURL(path.join(site, file)).href;
let browser;
let stage;
before(async () => {
  stage = KINDS.stage(await files(site));
  browser = await launch();
});
after(async () => { await browser?.close(); });

async function open(options, file = stage) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.on("pageerror", (error) => assert.fail(error));
  await page.goto(address(file));
  await page.waitForFunction(() => globalThis.roadbook);
  return page;
}
const focused = (page) => page.evaluate(() => document.activeElement.className || document.activeElement.id);
const ground = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test("colours follow the system until the reader chooses, and the choice is there before the first paint", async () => {
  const page = await open({ colorScheme: "light", viewport: { width: 1200, height: 800 } });
  const light = await ground(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await ground(page);
  assert.notEqual(light, dark);
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByRole("radio").nth(2).focus();
  await page.keyboard.press("Space");
  assert.equal(await ground(page), dark);
  // The head alone, without the page's script, knows it.
  await page.route("**/assets/roadbook.js", (route) => route.abort());
  await page.reload();
  assert.equal(await page.evaluate(() => globalThis.roadbook), undefined);
  assert.equal(await ground(page), dark);
  await page.unroute("**/assets/roadbook.js");
  await page.reload();
  assert.ok(await page.getByRole("radio").nth(2).isChecked());
  await page.locator(".scheme label").first().click();
  assert.equal(await ground(page), light);
  await page.context().close();
});

test("the drawer takes the focus, keeps it, and gives it back", async () => {
  const page = await open({ viewport: { width: 360, height: 740 }, reducedMotion: "reduce" });
  const drawer = page.locator("#rb-nav");
  assert.ok(!(await drawer.isVisible()));
  const opener = page.locator(".menu-link");
  await opener.focus();
  await page.keyboard.press("Space");
  assert.ok(await drawer.isVisible());
  assert.equal(await focused(page), "menu-close");
  for (let step = 0; step < 80; step++) {
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.getElementById("rb-nav").contains(document.activeElement)), `after ${step + 1} steps`);
  }
  await page.keyboard.press("Escape");
  assert.ok(!(await drawer.isVisible()));
  assert.equal(await focused(page), "menu-link");
  await opener.click();
  await page.locator(".drawer-veil").click({ position: { x: 2, y: 400 } });
  assert.ok(!(await drawer.isVisible()));
  await page.context().close();
});

test("the outline says where the reader is", async () => {
  const page = await open({ viewport: { width: 1440, height: 800 }, reducedMotion: "reduce" });
  const heading = page.locator("main h2[id]").nth(2);
  const id = await heading.getAttribute("id");
  await heading.evaluate((element) => element.scrollIntoView());
  await page.waitForFunction((id) => {
    const links = document.querySelectorAll(".outline [aria-current]");
    return links.length === 1 && decodeURIComponent(links[0].hash) === `#${id}`;
  }, id);
  await page.context().close();
});

test("code can be copied as it is", async () => {
  const page = await open({ viewport: { width: 1200, height: 800 } });
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { globalThis.taken = text; } } });
  });
  const code = page.locator(".code").first();
  await code.getByRole("button").last().click();
  assert.equal(await page.evaluate(() => globalThis.taken), await code.locator("pre").textContent());
  assert.notEqual((await code.getByRole("status").textContent()).trim(), "");
  await page.context().close();
});

test("a link's card comes for the pointer and for the focus, and goes at Escape", async () => {
  for (const root of ["disk", "server"]) {
    const server = root === "server" ? await serve(site) : undefined;
    const page = await open({ viewport: { width: 1200, height: 800 } });
    if (server) await page.goto(server.address + encodeURI(stage));
    await page.waitForFunction(() => globalThis.roadbook);
    const card = page.getByRole("tooltip");
    const link = page.locator('main .facts .links a').first();
    await link.hover();
    await card.waitFor();
    assert.match(await card.textContent(), new RegExp((await link.textContent()).replace(/^[\d.]+\s*/, "")));
    await card.locator("progress").waitFor();
    await card.hover();
    await page.waitForTimeout(400);
    assert.ok(await card.isVisible(), "the card stays while the pointer is on it");
    await page.keyboard.press("Escape");
    assert.ok(!(await card.isVisible()));
    await page.mouse.move(5, 5);
    const term = page.locator('main a[href*="glossary/index.html#"]').first();
    await term.focus();
    await card.waitFor();
    assert.ok((await card.textContent()).length > 60);
    assert.equal(await term.getAttribute("aria-describedby"), await card.getAttribute("id"));
    await page.context().close();
    server?.close();
  }
});

test("a tap on a term opens its card, and the card leads to the glossary", async () => {
  const page = await open({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const term = page.locator('main a[href*="glossary/index.html#"]').first();
  await term.tap();
  const card = page.getByRole("tooltip");
  await card.waitFor();
  const box = await card.boundingBox();
  assert.ok(box.x >= 0 && box.x + box.width <= 360);
  await card.getByRole("link").tap();
  await page.waitForURL(/glossary\/index\.html#/);
  await page.context().close();
});

test("one tick is said once, by the box itself", async () => {
  const page = await open({ viewport: { width: 1200, height: 800 } });
  const box = page.locator("input[data-item]");
  await box.nth(0).check();
  await page.waitForTimeout(100);
  for (const close of await page.$$(".rb-close")) await close.click();
  await page.evaluate(() => {
    globalThis.spoken = [];
    const live = "[role=status],[role=alert],[aria-live]";
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target.nodeType === 1 ? target : target.parentElement;
        if (element?.closest(live)) globalThis.spoken.push(element.outerHTML);
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await box.nth(1).focus();
  await page.keyboard.press("Space");
  await page.waitForTimeout(200);
  assert.ok(await box.nth(1).isChecked());
  assert.deepEqual(await page.evaluate(() => globalThis.spoken), []);
  await page.context().close();
});

test("every control that takes the focus shows it and is large enough for a finger", async () => {
  const page = await open({ viewport: { width: 360, height: 740 } });
  const problems = [];
  for (let step = 0; step < 60; step++) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return undefined;
      const { outlineStyle, outlineWidth, display } = getComputedStyle(element);
      const shown = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      const { width, height } = (element.labels?.[0] ?? element).getBoundingClientRect();
      const inline = display === "inline";
      return { name: element.outerHTML.slice(0, 100), shown, small: !inline && (width < 24 || height < 24) };
    });
    if (found && !found.shown) problems.push(`no outline: ${found.name}`);
    if (found?.small) problems.push(`too small: ${found.name}`);
  }
  assert.deepEqual(problems, []);
  await page.context().close();
});

test("printed, a page is its text: no navigation, black on white, boxes as they are, addresses of links", async () => {
  const page = await open({ colorScheme: "dark", viewport: { width: 1200, height: 800 } });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  for (const place of [".site-header", "#rb-nav", ".pager", ".rb-actions"]) {
    for (const found of await page.locator(place).all()) assert.ok(!(await found.isVisible()), place);
  }
  assert.equal(await ground(page), "rgb(255, 255, 255)");
  assert.ok(await page.locator("input[data-item]").first().isVisible());
  const link = page.locator('main .prose a[href^="http"]').first();
  if (await link.count()) {
    const after = await link.evaluate((element) => getComputedStyle(element, "::after").content);
    assert.match(after, /http/);
  }
  await page.context().close();
});

test("a reader who wants no motion gets none", async () => {
  const page = await open({ viewport: { width: 360, height: 740 }, reducedMotion: "reduce" });
  const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((element) => {
    const { transitionDuration, animationName } = getComputedStyle(element);
    return transitionDuration.split(",").some((time) => parseFloat(time) > 0) || animationName !== "none";
  }).map((element) => element.className || element.nodeName));
  assert.deepEqual(moving, []);
  assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto");
  await page.context().close();
});

test("projects are found by level, difficulty, hours and skill, and the choice stands in the address", async () => {
  const list = "projects/index.html";
  const page = await open({ viewport: { width: 1200, height: 900 } }, list);
  const form = page.locator(".filters");
  const shown = () => page.locator("[data-skills]:visible").count();
  await page.waitForFunction(() => document.querySelector(".filters [role=status]")?.textContent);
  const all = await shown();
  assert.ok(all > 50);
  await form.locator("[name=level]").selectOption("2");
  const ofLevel = await shown();
  assert.ok(ofLevel > 0 && ofLevel < all);
  await form.locator("[name=skill]").selectOption("docker");
  const found = await shown();
  assert.ok(found > 0 && found < ofLevel);
  assert.match(await form.locator("[role=status]").textContent(), new RegExp(`: ${found} / ${all}$`));
  // Stages of which nothing is shown are not there either.
  assert.equal(await page.locator(".index-group:visible").count(), await page.locator(".index-group:has([data-skills]:not([hidden]))").count());
  await page.reload();
  await page.waitForFunction(() => document.querySelector(".filters [name=skill]")?.value === "docker");
  assert.equal(await shown(), found);
  await page.context().close();
  // Without script the list is whole, and nothing promises to filter it.
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(address(list));
  assert.ok(!(await plain.locator(".filters").isVisible()));
  assert.equal(await plain.locator("[data-skills]:visible").count(), all);
  await context.close();
});
