// The preview: what a saved file does to an open page. Input: the program in ROADBOOK.
import test, { after, before } from "node:test";
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { launch } from "./browser.mjs";

const program = path.resolve(process.env.ROADBOOK ?? "target/release/roadbook");
const STAGE = "content/10-first/10-linux/README.md";
const SITE = {
  "book.toml": '[curriculum]\nid = "live"\ntitle = "Live"\nlanguage = "en"\n[theme]\nname = "mine"\n',
  "content/README.md": "---\ntitle: Live\n---\n\nHome.\n",
  "content/10-first/README.md": "---\ntitle: First\n---\n",
  [STAGE]: "---\ntitle: Linux\nid: linux\n---\n\nThe beginning.\n\n<details><summary>Hint</summary>\n\nHidden.\n\n</details>\n\n"
    + "Line.\n\n".repeat(80) + "## Weeks 1-2: Shell\n\n- [ ] Pipes\n",
  "themes/mine/theme.toml": 'name = "mine"\nparent = "default"\n',
  "themes/mine/static/mine.css": "body { outline-width: 1px }\n",
};
let browser, folder, child, root;
let lines = "";

const file = (name) => path.join(folder, name);
const save = (name, text) => writeFile(file(name), text);
const edit = async (name, from, to) => {
  const text = await readFile(file(name), "utf8");
  assert.ok(text.includes(from), `${name} holds ${from}`);
  await save(name, text.replace(from, to));
};

before(async () => {
  browser = await launch();
  folder = await mkdtemp(path.join(os.tmpdir(), "roadbook-serve-"));
  for (const [name, text] of Object.entries(SITE)) {
    await mkdir(path.dirname(file(name)), { recursive: true });
    await save(name, text);
  }
  child = spawn(program, ["serve", folder, "--port", "0", "--editor", "edit://open{file}?{line}:{column}"]);
  child.stderr.on("data", (data) => { lines += data; });
  root = await new Promise((resolve, reject) => {
    child.stdout.on("data", (data) => {
      lines += data;
      const found = /at (http:\/\/127\.0\.0\.1:\d+)\//.exec(lines);
      if (found) resolve(found[1]);
    });
    child.on("exit", () => reject(new Error(lines)));
  });
});
after(async () => {
  child?.kill();
  await browser?.close();
  await rm(folder, { recursive: true, force: true });
});

/** A page that remembers, as long as it is not loaded anew. */
async function open(address) {
  const page = await browser.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error") page.problems.push(message.text());
  });
  await page.goto(root + address);
  await page.evaluate(() => { window.stayed = true; });
  return page;
}
const shows = (page, text) => page.waitForFunction((text) => document.querySelector("main").textContent.includes(text), text);
const stayed = (page) => page.evaluate(() => window.stayed === true);

test("a paragraph is replaced where it stands", async () => {
  const page = await open("/stages/linux/");
  await page.locator("summary", { hasText: "Hint" }).click();
  await page.locator("main input[type=checkbox][data-item]").first().check();
  await page.evaluate(() => window.scrollTo(0, 300));
  await edit(STAGE, "The beginning.", "A **new** beginning.");
  await shows(page, "A new beginning.");
  assert.ok(await stayed(page), "the page was not loaded again");
  assert.equal(await page.evaluate(() => window.scrollY), 300);
  assert.ok(await page.evaluate(() => [...document.querySelectorAll("details")].some((d) => d.textContent.includes("Hidden") && d.open)));
  assert.ok(await page.locator("main input[type=checkbox][data-item]").first().isChecked());
  await edit(STAGE, "A **new** beginning.", "One.\n\nTwo.");
  await shows(page, "Two.");
  assert.ok(await stayed(page));
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("a title, and a topic, load the page again with its panels open", async () => {
  const page = await open("/stages/linux/");
  await page.locator("summary", { hasText: "Hint" }).click();
  await edit(STAGE, "- [ ] Pipes", "- [ ] Pipes\n- [ ] Processes");
  await shows(page, "Processes");
  await page.waitForFunction(() => [...document.querySelectorAll("details")].some((d) => d.textContent.includes("Hidden") && d.open));
  await edit(STAGE, "title: Linux", "title: Linux at home");
  await shows(page, "Linux at home");
  await page.close();
});

test("a title loads each page that shows it once, with the data that belong to it", async () => {
  const pages = [await open("/stages/linux/"), await open("/"), await open("/help/")];
  const loads = pages.map(() => 0);
  pages.forEach((page, no) => page.on("load", () => { loads[no] += 1; }));
  await edit(STAGE, "title: Linux at home", "title: Linux at work");
  await Promise.all(pages.slice(0, 2).map((page) => shows(page, "Linux at work")));
  // By now all that follows has been made too.
  await pages[0].waitForTimeout(700);
  assert.deepEqual(loads.slice(0, 2), [1, 1]);
  const data = await pages[0].evaluate(async () => (await fetch("/data/level-first.js")).text());
  assert.match(data, /Linux at work/);
  assert.deepEqual(pages.flatMap((page) => page.problems), []);
  await Promise.all(pages.map((page) => page.close()));
});

test("a stylesheet is replaced alone", async () => {
  const page = await open("/stages/linux/");
  await save("themes/mine/static/mine.css", "body { outline-width: 7px }\n");
  await page.waitForFunction(() => [...document.querySelectorAll("link[rel=stylesheet]")].every((link) => link.href.includes("renewed=")));
  assert.ok(await stayed(page));
  await page.close();
});

test("a mistake is shown over the last good page, and goes when it is mended", async () => {
  const page = await open("/stages/linux/");
  await edit(STAGE, "id: linux", "id: linux\nrequires: [nowhere]");
  const alert = page.getByRole("alert").filter({ hasText: "unknown-reference" });
  await alert.waitFor();
  const link = alert.getByRole("link", { name: `${STAGE}:4:12` });
  assert.equal(await link.getAttribute("href"), `edit://open${encodeURI(file(STAGE))}?4:12`);
  assert.ok(await page.evaluate(() => document.querySelector("main").textContent.includes("Pipes")));
  assert.ok(await stayed(page));
  await edit(STAGE, "\nrequires: [nowhere]", "");
  await alert.waitFor({ state: "detached" });
  assert.ok(await stayed(page));
  assert.deepEqual(page.problems, []);
  await page.close();
});

test("editors that replace the file, a folder that goes and comes back, and many saves", async () => {
  const page = await open("/stages/linux/");
  const text = await readFile(file(STAGE), "utf8");
  await save(`${STAGE}~new`, text.replace("Two.", "Three."));
  await rename(file(`${STAGE}~new`), file(STAGE));
  await shows(page, "Three.");
  await cp(file("content"), file("aside"), { recursive: true });
  await rm(file("content"), { recursive: true });
  await page.waitForTimeout(300);
  await cp(file("aside"), file("content"), { recursive: true });
  await page.waitForTimeout(300);
  await edit(STAGE, "Three.", "Four.");
  await shows(page, "Four.");
  for (let number = 0; number < 500; number += 1) {
    await save(STAGE, text.replace("Two.", `Number ${number}.`));
  }
  await shows(page, "Number 499.");
  assert.equal(child.exitCode, null);
  await page.close();
});

test("other names, other origins and other ways get nothing", async () => {
  const { port } = new URL(root);
  const ask = (path, headers = {}) => new Promise((resolve, reject) => {
    http.get({ host: "127.0.0.1", port, path, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on("error", reject);
  });
  assert.equal(await ask("/"), 200);
  assert.equal(await ask("/", { host: "evil.example" }), 403);
  assert.equal(await ask("/", { origin: "http://evil.example" }), 403);
  for (const path of ["/../book.toml", "/%2e%2e/book.toml", "/..%2fbook.toml", "/..%5cbook.toml", "/%00", "/%", "//etc/passwd"]) {
    assert.equal(await ask(path), 404, path);
  }
});
