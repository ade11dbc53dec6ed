// What a reader with a slow phone waits for. Input: the folder in SITE; SLOWER=6 is by how much the
// processor is slowed. Output: milliseconds, five times each and their median. Responsibility: to
// show figures; it holds nothing to them, since they are those of the machine.
import path from "node:path";
import { files, launch, serve } from "./browser.mjs";
import { KINDS } from "./pages.mjs";

const site = path.resolve(process.env.SITE ?? "site");
const rate = Number(process.env.SLOWER ?? 6);
const all = await files(site);
const server = await serve(site);
const browser = await launch();
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function once(file) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  await page.addInitScript(() => {
    // Usable is when the first box takes a tick, or, where there is none, when the script has run.
    const look = () => {
      const box = document.querySelector("input[data-item]");
      if (globalThis.roadbook && (!box || !box.disabled)) globalThis.usable = performance.now();
      else requestAnimationFrame(look);
    };
    look();
    // From the click to the frame that shows it, as browsers report it: in steps of 8 ms.
    globalThis.clicks = [];
    new PerformanceObserver((list) => {
      for (const { name, duration } of list.getEntries()) if (name === "click") globalThis.clicks.push(duration);
    }).observe({ type: "event", durationThreshold: 16 });
  });
  await page.goto(server.address + encodeURI(file), { waitUntil: "load" });
  await page.waitForFunction(() => globalThis.usable);
  const found = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    return { paint: paint?.startTime, content: navigation.domContentLoadedEventEnd, usable: globalThis.usable };
  });
  const boxes = page.locator("input[data-item]");
  if (await boxes.count()) {
    await page.waitForTimeout(1500);
    const times = [];
    for (let at = 0; at < Math.min(4, await boxes.count()); at++) {
      await boxes.nth(at).evaluate((box) => { globalThis.clicks = []; box.scrollIntoView({ block: "center", behavior: "instant" }); });
      await page.waitForTimeout(500);
      const place = await boxes.nth(at).boundingBox();
      await page.mouse.click(place.x + place.width / 2, place.y + place.height / 2);
      // What took no two frames is not reported.
      await page.waitForTimeout(700);
      if (!(await boxes.nth(at).isChecked())) throw new Error(`${file}: the box did not take the tick`);
      times.push(await page.evaluate(() => Math.max(16, ...globalThis.clicks)));
    }
    found["first tick"] = times[0];
    found["later ticks"] = Math.max(...times.slice(1));
  }
  await context.close();
  return found;
}

for (const kind of ["stage", "project", "home"]) {
  const file = KINDS[kind](all);
  if (!file) continue;
  const runs = [];
  for (let run = 0; run < 5; run++) runs.push(await once(file));
  for (const name of Object.keys(runs[0])) {
    const values = runs.map((run) => Math.round(run[name]));
    console.log(`${kind}, ${name}: ${median(values)} ms (${values.join(", ")})`);
  }
}
await browser.close();
server.close();
