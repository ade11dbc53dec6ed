// The progress page, taking and bringing, the group, live edits of the lists.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileUrl, launch, open, present, ready, remove, serve, temporary } from "./browsers.mjs";
import { lists, writeSite } from "./fixture.mjs";

const jsqr = createRequire(import.meta.url)("jsqr");
const home = temporary("progress");
const server = await serve(home);
after(() => {
  server.close();
  remove(home);
});

async function withBrowser(browser, body) {
  const profile = temporary("profile");
  const running = await launch(browser, profile);
  try {
    await body(running, profile);
  } finally {
    await running.close();
    remove(profile);
  }
}

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const shown = async (page, selector) => page.waitForFunction((selector) => document.querySelector(selector), { timeout: 10_000, polling: 100 }, selector);
const press = (page, text) => page.evaluate((text) => [...document.querySelectorAll("button")].find((one) => one.textContent === text).click(), text);
const until = (page, body) => page.waitForFunction(body, { timeout: 10_000, polling: 100 });
const text = (page, selector) => page.$eval(selector, (place) => place.textContent);
const STAGE = "stages/git/index.html";

for (const browser of present) {
  for (const way of ["http", "file"]) {
    test(`${browser} ${way}: the progress page shows the road, and its figures agree with the pages`, () =>
      withBrowser(browser, async (running) => {
        const folder = writeSite(join(home, `${browser} ${way}`), lists(8));
        const url = (path) => (way === "http" ? server.url(`${browser} ${way}/${path}`) : fileUrl(folder, path));
        let page = await ready(await open(running, url(STAGE)));
        await page.click("#tick-b0000001");
        await page.click("#tick-b0000002");
        await pause(300);
        const figures = (await text(page, '[data-count-for="stage:git"]')) + (await text(page, '[data-count-for="curriculum"]'));
        page = await ready(await open(running, url("progress/index.html")));
        await shown(page, "#rb-road");
        const road = await text(page, "section[aria-labelledby=rb-road]");
        assert.ok(figures.includes("2 из 6") && road.includes("2 из 6 · 33 %"), road);
        assert.match(road, /Продолжить.*Тема b0000000/s);
        assert.match(await text(page, "section[aria-labelledby=rb-rhythm]"), /На этой неделе сделано: 2/);
        // A weekly entry ticked here is ticked on its own page.
        await page.click("#tick-w0000001");
        await pause(300);
        page = await ready(await open(running, url("tracking/weekly/index.html")));
        assert.ok(await page.$eval("#tick-w0000001", (box) => box.checked));
        assert.match(await text(page, '[data-count-for="list:weekly"]'), /^1 из 2/);
        assert.deepEqual(page.problems, []);
      }));
  }
}

const one = present[0];

test(`${one}: a link previews, then merges, never back; another list is refused in words`, () =>
  withBrowser(one, async (running) => {
    const name = "link";
    writeSite(join(home, name), lists(8));
    const url = (path) => server.url(`${name}/${path}`);
    let page = await ready(await open(running, url(STAGE)));
    await page.click("#tick-b0000001");
    page = await ready(await open(running, url("progress/index.html")));
    await shown(page, "#rb-take");
    await press(page, "Ссылка на другое устройство");
    await shown(page, ".rb-code");
    const link = await page.$eval("section[aria-labelledby=rb-take] input", (field) => field.value);
    const square = await page.evaluate(async () => {
      const drawing = document.querySelector(".rb-code");
      const size = drawing.viewBox.baseVal.width;
      const scale = 4;
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = size * scale;
      const pen = canvas.getContext("2d");
      pen.fillStyle = "#fff";
      pen.fillRect(0, 0, canvas.width, canvas.height);
      pen.fillStyle = "#000";
      pen.scale(scale, scale);
      pen.fill(new Path2D(drawing.querySelector("path").getAttribute("d")));
      return { size: canvas.width, pixels: [...pen.getImageData(0, 0, canvas.width, canvas.height).data] };
    });
    assert.equal(jsqr(new Uint8ClampedArray(square.pixels), square.size, square.size)?.data, link);

    await withBrowser(one, async (second) => {
      let there = await ready(await open(second, url(STAGE)));
      await there.click("#tick-b0000002");
      await pause(200);
      there = await ready(await open(second, link));
      await shown(there, "#rb-bring");
      await there.waitForFunction(() => document.body.textContent.includes("Здесь изменится: 1"), { polling: 100 });
      assert.equal(await there.evaluate(() => window.roadbook.site.state.statusOf("b0000001")), "todo");
      await press(there, "Объединить");
      assert.deepEqual(await there.evaluate(() => ["b0000001", "b0000002"].map((id) => window.roadbook.site.state.statusOf(id))), ["done", "done"]);
      await press(there, "Отменить");
      assert.deepEqual(await there.evaluate(() => ["b0000001", "b0000002"].map((id) => window.roadbook.site.state.statusOf(id))), ["todo", "done"]);
      writeSite(join(home, name), lists(9));
      there = await ready(await open(second, link));
      await shown(there, "#rb-bring");
      await there.waitForFunction(() => document.body.textContent.includes("другой редакции"), { polling: 100 });
      assert.deepEqual(there.problems, []);
    });
  }));

test(`${one}: a file goes to another device, with notes; the group leaves one's own ticks alone`, () =>
  withBrowser(one, async (running) => {
    writeSite(join(home, "file"), lists(8));
    const url = (path) => server.url(`file/${path}`);
    const downloads = temporary("downloads");
    let page = await ready(await open(running, url(STAGE)));
    await page.click("#tick-b0000001");
    await page.evaluate(() => window.roadbook.site.store.change([{ kind: "note", id: "b0000001", value: "заметка" }]));
    page = await ready(await open(running, url("progress/index.html")));
    await shown(page, "#rb-take");
    const session = await page.createCDPSession?.();
    if (!session) return;
    await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: downloads });
    await press(page, "Сохранить файл");
    await press(page, "Markdown");
    for (let tries = 0; tries < 50 && readdirSync(downloads).filter((file) => !file.endsWith("crdownload")).length < 2; tries++) await pause(100);
    const files = readdirSync(downloads).sort();
    const copy = join(downloads, files.find((file) => file.endsWith(".json")));
    assert.match(readFileSync(join(downloads, files.find((file) => file.endsWith(".md"))), "utf8"), /- \[x\] Тема b0000001.*\n {2}> заметка/);
    assert.equal(JSON.parse(readFileSync(copy, "utf8")).records["note:b0000001"][2], "заметка");
    await withBrowser(one, async (second) => {
      const there = await ready(await open(second, url("progress/index.html")));
      await shown(there, "#rb-file");
      await (await there.$("#rb-group-files")).uploadFile(copy);
      await there.waitForFunction(() => /16 %/.test(document.querySelector("[aria-labelledby=rb-group] table")?.textContent), { polling: 100 });
      assert.equal(await there.evaluate(() => window.roadbook.site.store.records.size), 0);
      await (await there.$("#rb-file")).uploadFile(copy);
      await there.waitForFunction(() => /новее в файле: 2/.test(document.body.textContent), { polling: 100 });
      assert.equal(await there.evaluate(() => window.roadbook.site.store.records.size), 0);
      await press(there, "Объединить");
      assert.equal(await there.evaluate(() => window.roadbook.site.state.recordOf("b0000001", "note").value), "заметка");
      writeFileSync(join(downloads, "newer.json"), '{"kind":"roadbook-progress","format":9,"records":{}}');
      await (await there.$("#rb-file")).uploadFile(join(downloads, "newer.json"));
      await there.waitForFunction(() => /более новой версией/.test(document.body.textContent), { polling: 100 });
      assert.deepEqual(there.problems, []);
    });
  }));

test(`${one}: since you were last here: new, reworded, moved, retired, split; every tick on its item or in the tray`, () =>
  withBrowser(one, async (running) => {
    const url = (path) => server.url(`since/${path}`);
    const before = lists(8);
    writeSite(join(home, "since"), before);
    let page = await ready(await open(running, url(STAGE)));
    for (const id of ["b0000000", "b0000001", "b0000002", "b0000003"]) await page.$eval(`#tick-${id}`, (box) => box.click());
    await pause(300);
    const after = lists(8);
    const [first, second] = after[0].stages;
    // b0 renamed, b1 retired, b2 moved to the other stage and reworded, b3 split, b9 new.
    second.topics = ["renamed1 h0", "b0000003 h3", "b3part01 x", "b0000009 new", "b0000004 h4"];
    first.topics.push("b0000002 other");
    after[0].digest = "d1b";
    Object.assign(after[0], { aliases: { b0000000: "renamed1" }, split: { b3part01: "b0000003" } });
    writeSite(join(home, "since"), after, { retired: [{ id: "b0000001", text: "Старая тема", replaced_by: ["b0000009"] }] });
    page = await ready(await open(running, url(STAGE)));
    await shown(page, '[data-notice="since"]');
    const told = await text(page, '[data-notice="since"] p');
    assert.match(told, /2 новые позиции, изменён текст: 1, перенесено: 1, убрано: 1/);
    assert.deepEqual(await page.$$eval("input:checked", (boxes) => boxes.map((box) => box.dataset.item)), ["renamed1", "b0000003"]);
    await shown(page, '[data-notice="split-b0000003"]');
    await press(page, "Да, отметить");
    assert.ok(await page.$eval("#tick-b3part01", (box) => box.checked));
    page = await ready(await open(running, url("progress/index.html")));
    await shown(page, "#rb-since");
    await shown(page, "#rb-tray");
    assert.match(await text(page, "section[aria-labelledby=rb-tray]"), /Старая тема — сделано/);
    await press(page, "Понятно");
    page = await ready(await open(running, url(STAGE)));
    await pause(400);
    assert.equal(await page.$('[data-notice="since"]'), null);
    assert.equal(await page.$('[data-notice="split-b0000003"]'), null);
    assert.deepEqual(page.problems, []);
  }));

test(`${one}: more, the note, the whole stage with undo, start again, keys, what is left`, () =>
  withBrowser(one, async (running) => {
    writeSite(join(home, "more"), lists(8));
    const page = await ready(await open(running, server.url(`more/${STAGE}`)));
    const status = (id) => page.evaluate((id) => window.roadbook.site.state.statusOf(id), id);
    await page.focus("#tick-b0000001");
    await page.keyboard.press("p");
    assert.equal(await status("b0000001"), "doing");
    assert.equal(await page.$eval("#tick-b0000001", (box) => box.dataset.status), "doing");
    assert.equal(await text(page, "#rb-state-b0000001"), "в работе");
    await page.keyboard.press("j");
    assert.equal(await page.evaluate(() => document.activeElement.id), "tick-b0000002");
    await page.keyboard.press("m");
    await page.waitForSelector(".rb-panel");
    await page.focus(".rb-panel textarea");
    await page.keyboard.type("моя заметка");
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => window.roadbook.site.state.recordOf("b0000002", "note").value), "моя заметка");
    assert.equal(await page.$(".rb-panel"), null);
    assert.equal(await text(page, ".rb-spoken"), "в работе");
    const settings = await ready(await open(running, server.url("more/progress/index.html")));
    await shown(settings, "#rb-keys");
    await settings.click("#rb-keys");
    await settings.close();
    await until(page, () => window.roadbook.site.store.get("here", "keys")?.value === "off");
    await page.focus("#tick-b0000003");
    await page.keyboard.press("s");
    assert.equal(await status("b0000003"), "todo");
    await press(page, "Отметить всё сделанным");
    assert.match(await text(page, '[data-count-for="stage:git"]'), /^6 из 6 · 100 %/);
    await press(page, "Отменить");
    assert.equal(await status("b0000001"), "doing");
    assert.match(await text(page, '[data-count-for="stage:git"]'), /^0 из 6/);
    await page.click("#tick-b0000000");
    await press(page, "Начать заново");
    assert.equal(await status("b0000000"), "todo");
    assert.equal(await page.evaluate(() => [...window.roadbook.site.store.records.keys()].filter((key) => key.includes(":past:")).length), 1);
    await page.click('[data-count-for="stage:git"] button');
    await shown(page, ".rb-left li");
    assert.equal((await page.$$(".rb-left li")).length, 6);
    assert.deepEqual(page.problems, []);
  }));
