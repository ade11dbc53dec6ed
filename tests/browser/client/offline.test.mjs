// Without a network: visit, stop the server, walk on, restart the browser; a broken deployment
// changes nothing, the next good one heals; a new version waits; the kill switch.
//
// Input: the program in ROADBOOK, which builds a small curriculum in several editions.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { launch, open, present, ready, remove, temporary } from "./browsers.mjs";

const target = join(dirname(fileURLToPath(import.meta.url)), "../../../target");
const roadbook = [process.env.ROADBOOK, join(target, "release/roadbook"), join(target, "debug/roadbook")].find((file) => file && existsSync(file));
const skip = roadbook ? false : "no program: build it, or name it in ROADBOOK";
const home = temporary("offline");
after(() => remove(home));

const book = join(home, "book");
const write = (path, text) => {
  mkdirSync(join(book, path, ".."), { recursive: true });
  writeFileSync(join(book, path), text);
};

/** Builds an edition: its own text on the first stage, settings added to `book.toml`. */
function edition(name, settings = "") {
  write("book.toml", `[curriculum]\nid = "probe"\ntitle = "Проба"\nlanguage = "ru"\nicon = "🚀"\n${settings}`);
  write("content/README.md", "---\ntitle: Проба\n---\n");
  write("content/10-first/README.md", "---\ntitle: Основы\n---\n");
  write("content/10-first/10-linux/README.md", `---\ntitle: Linux\n---\n## Недели 1–2: начало\n- [ ] Файлы\n- [ ] Права\n\nРедакция ${name}.\n`);
  write("content/10-first/20-git/README.md", "---\ntitle: Git\n---\n## Недели 3–4: дальше\n- [ ] Ветки\n\nРедакция " + name + ".\n");
  const out = join(home, name);
  execFileSync(roadbook, ["build", book, "--out", out], { stdio: ["ignore", "ignore", "pipe"] });
  return out;
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".webmanifest": "application/manifest+json" };

/** A host below a sub-path, as Pages is: folders, ten minutes of cache, a port that stays. */
async function host() {
  const asked = [];
  const state = { folder: "", missing: undefined };
  let server;
  const listen = (port) =>
    new Promise((resolve) => {
      server = createServer((request, response) => {
        const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
        asked.push(path);
        if (!path.startsWith("/name/")) return response.writeHead(404).end();
        let file = path.slice("/name/".length);
        if (file === "" || file.endsWith("/")) file += "index.html";
        if (file === state.missing || !existsSync(join(state.folder, file))) return response.writeHead(404).end("nothing");
        response.writeHead(200, { "content-type": `${TYPES[extname(file)] ?? "application/octet-stream"}; charset=utf-8`, "cache-control": "max-age=600" });
        response.end(readFileSync(join(state.folder, file)));
      });
      server.listen(port, "127.0.0.1", () => resolve(server.address().port));
    });
  const port = await listen(0);
  return {
    state,
    asked,
    url: (path) => `http://127.0.0.1:${port}/name/${path}`,
    stop: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
    start: () => listen(port),
  };
}

async function withHost(browser, body) {
  const profile = temporary("profile");
  const server = await host();
  let running = await launch(browser, profile);
  const again = async () => {
    await running.close();
    running = await launch(browser, profile);
    return running;
  };
  try {
    await body(server, running, again);
  } finally {
    await running.close().catch(() => undefined);
    await server.stop().catch(() => undefined);
    remove(profile);
  }
}

const until = (page, body, ...given) => page.waitForFunction(body, { timeout: 30_000, polling: 200 }, ...given);
const inForce = (page) => until(page, () => navigator.serviceWorker.controller);
const waiting = (page) => until(page, async () => (await navigator.serviceWorker.getRegistration())?.waiting);
const text = (page) => page.$eval("main", (main) => main.textContent);
const LINUX = "stages/linux/index.html";
const GIT = "stages/git/index.html";
/** Asks for a new version, and waits until it has come to an end, whichever. */
const update = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    await registration.update().catch(() => undefined);
    const coming = registration.installing;
    if (!coming) return;
    await new Promise((resolve) => {
      const look = () => coming.state !== "installing" && resolve();
      coming.addEventListener("statechange", look);
      look();
    });
  });

for (const browser of present) {
  test(`${browser}: visit, stop the server, walk on, tick, restart the browser: all there`, { skip }, () =>
    withHost(browser, async (server, running, again) => {
      server.state.folder = edition("one");
      let page = await ready(await open(running, server.url("index.html")));
      await inForce(page);
      await server.stop();
      page = await ready(await open(running, server.url(LINUX)));
      assert.match(await text(page), /Редакция one/);
      await page.$eval("input[data-item]", (box) => box.click());
      await new Promise((resolve) => setTimeout(resolve, 500));
      assert.deepEqual(page.problems, []);
      running = await again();
      page = await ready(await open(running, server.url("stages/linux")));
      assert.equal(page.url(), server.url("stages/linux/"));
      assert.ok(await page.$eval("input[data-item]", (box) => box.checked));
      for (const path of [GIT, "levels/first/", "progress/index.html", "help/index.html", ""]) {
        page = await ready(await open(running, server.url(path)));
        assert.deepEqual(page.problems, [], path);
      }
      await until(page, () => /^1 из 3/.test(document.querySelector('[data-count-for="curriculum"]')?.textContent ?? ""));
      await page.keyboard.press("/");
      await page.waitForSelector("#rb-search-field", { visible: true });
      await page.type("#rb-search-field", "linux");
      await until(page, () => /stages\/linux/.test(document.querySelector("[data-result]")?.href ?? ""));
      assert.deepEqual(page.problems, [], "search");
      page = await open(running, server.url("nowhere/index.html"));
      assert.equal(page.url(), server.url("offline.html"));
    }));

  if (browser === "chrome") {
    test("chrome: the site can be installed, with icons of its own", { skip }, () =>
      withHost(browser, async (server, running) => {
        server.state.folder = edition("one");
        const page = await ready(await open(running, server.url(LINUX)));
        await inForce(page);
        const session = await page.createCDPSession();
        await until(page, () => document.querySelector("link[rel=manifest]"));
        const { url, errors, data } = await session.send("Page.getAppManifest");
        assert.deepEqual([url, errors], [server.url("manifest.webmanifest"), []]);
        const { icons, name } = JSON.parse(data);
        assert.deepEqual([name, icons.length], ["Проба", 3]);
        for (const { src, sizes } of icons) {
          const size = await page.evaluate(async (src) => {
            const image = new Image();
            image.src = src;
            await image.decode();
            return `${image.naturalWidth}x${image.naturalHeight}`;
          }, server.url(src));
          assert.equal(size, sizes, src);
        }
        const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
        assert.deepEqual(installabilityErrors.map((error) => error.errorId), []);
      }));
  }

  test(`${browser}: a broken deployment changes nothing, the next good one heals, and waits to be taken`, { skip }, () =>
    withHost(browser, async (server, running) => {
      server.state.folder = edition("one");
      const page = await ready(await open(running, server.url(LINUX)));
      await inForce(page);
      const readAgain = async () => {
        await page.goto(server.url(LINUX), { waitUntil: "load" });
        await ready(page);
        return text(page);
      };
      server.state.folder = edition("two");
      server.state.missing = GIT;
      // One page of the release is not there: nothing of the release comes into force.
      await update(page);
      assert.match(await readAgain(), /Редакция one/);
      assert.equal(await page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)), false);

      server.state.missing = undefined;
      server.asked.length = 0;
      await update(page);
      await waiting(page);
      assert.match(await readAgain(), /Редакция one/);
      // What was fetched and verified before the failure, and what did not change, is not fetched again.
      const fetched = server.asked.filter((path) => !path.endsWith("/sw.js"));
      assert.ok(fetched.includes(`/name/${GIT}`), fetched.join(" "));
      assert.ok(!fetched.some((path) => /\.css|roadbook\.js|words\.js|progress\/index/.test(path)), fetched.join(" "));

      await page.waitForSelector('[data-notice="update"] button');
      const loaded = page.waitForNavigation({ waitUntil: "load" });
      await page.click('[data-notice="update"] button');
      await loaded;
      await ready(page);
      assert.match(await text(page), /Редакция two/);
      const caches = await page.evaluate(() => caches.keys());
      assert.equal(caches.length, 1, caches.join());
      assert.match(caches[0], /^roadbook-offline:probe:\/name\/:[\w-]{22}$/);
      assert.deepEqual(page.problems.filter((problem) => !/404/.test(problem)), []);
    }));

  test(`${browser}: a file of another release under the old name is refused`, { skip }, () =>
    withHost(browser, async (server, running) => {
      const one = edition("one");
      server.state.folder = one;
      const page = await ready(await open(running, server.url(LINUX)));
      await inForce(page);
      // A host in the midst of a deployment: the new worker, an old page.
      const mixed = join(home, `mixed ${browser}`);
      cpSync(edition("three"), mixed, { recursive: true });
      cpSync(join(one, LINUX), join(mixed, LINUX));
      server.state.folder = mixed;
      await update(page);
      assert.equal(await page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration()).waiting)), false);
      await page.goto(server.url(LINUX), { waitUntil: "load" });
      assert.match(await text(page), /Редакция one/);
    }));

  test(`${browser}: of a large site the shell and what was read stay; the rest is taken on request`, { skip }, () =>
    withHost(browser, async (server, running) => {
      mkdirSync(join(book, "static"), { recursive: true });
      writeFileSync(join(book, "static/large.bin"), Buffer.alloc(1 << 20, 7));
      server.state.folder = edition("large", "[offline]\nmegabytes = 1\n");
      rmSync(join(book, "static"), { recursive: true });
      let page = await ready(await open(running, server.url("index.html")));
      await inForce(page);
      page = await ready(await open(running, server.url(LINUX)));
      const held = (path) => page.evaluate(async (path) => Boolean(await caches.match(path)), `/name/${path}`);
      await until(page, async (path) => Boolean(await caches.match(path)), `/name/${LINUX}`);
      assert.deepEqual([await held("index.html"), await held(GIT), await held("large.bin")], [true, false, false]);
      await server.stop();
      page = await ready(await open(running, server.url(LINUX)));
      page = await open(running, server.url(GIT));
      assert.equal(page.url(), server.url("offline.html"));
      await server.start();
      page = await ready(await open(running, server.url("progress/index.html")));
      await until(page, () => [...document.querySelectorAll("button")].some((one) => one.textContent === "Взять программу с собой"));
      await page.evaluate(() => [...document.querySelectorAll("button")].find((one) => one.textContent === "Взять программу с собой").click());
      await until(page, () => /Программа целиком на этом устройстве/.test(document.querySelector("main").textContent));
      await server.stop();
      page = await ready(await open(running, server.url(GIT)));
      assert.match(page.url(), /git/);
      assert.ok(await page.evaluate(async () => Boolean(await caches.match("/name/large.bin"))));
    }));

  test(`${browser}: the kill switch frees every reader`, { skip }, () =>
    withHost(browser, async (server, running) => {
      server.state.folder = edition("one");
      const page = await ready(await open(running, server.url(LINUX)));
      await inForce(page);
      server.state.folder = edition("off", "[offline]\nenabled = false\n");
      assert.equal(readdirSync(server.state.folder).includes("offline.html"), false);
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration()).update());
      await until(page, async () => !(await navigator.serviceWorker.getRegistration()) && (await caches.keys()).length === 0);
      // Past the ten minutes for which the browser itself keeps the page.
      await page.goto(server.url(`${LINUX}?now`), { waitUntil: "load" });
      await ready(page);
      assert.match(await text(page), /Редакция off/);
      assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
    }));
}
