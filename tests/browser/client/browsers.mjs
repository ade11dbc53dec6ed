// The browsers of the tests.
//
// Output: Chromium and Firefox as people have them, found on the PATH, each with a profile of its
// own that outlives a restart. Responsibility: Firefox's `security.fileuri.strict_origin_policy`
// stays true; test drivers switch it off, and then the storage looks shared where it is not.

import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const NAMES = { chrome: ["chromium", "chromium-browser", "google-chrome"], firefox: ["firefox-esr", "firefox"] };

/** The path of a browser, or none; the tests say what is missing. */
export function find(browser) {
  for (const name of NAMES[browser]) {
    try {
      return execFileSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" }).trim();
    } catch {
      // The next name.
    }
  }
  return undefined;
}

export const missing = Object.keys(NAMES).filter((browser) => !find(browser));
export const present = Object.keys(NAMES).filter((browser) => find(browser));
for (const browser of missing) console.error(`not on the PATH: ${NAMES[browser].join(" or ")}; its tests are skipped`);

export function temporary(name) {
  return mkdtempSync(join(tmpdir(), `roadbook-${name}-`));
}

const launched = [];

// A test that fails leaves its browser behind, which would keep the process, and so the failure
// unsaid, for ever.
after(async () => {
  for (const browser of launched) if (browser.connected) await browser.close().catch(() => undefined);
});

/** Starts a browser on a profile. */
export async function launch(browser, profile, prefs = {}) {
  const running = await start(browser, profile, prefs);
  launched.push(running);
  return running;
}

async function start(browser, profile, prefs) {
  if (browser === "firefox") {
    if (readdirSync(profile).length === 0) cpSync(await used(), profile, { recursive: true });
    return firefox(profile, prefs);
  }
  return puppeteer.launch({
    browser: "chrome",
    executablePath: find("chrome"),
    headless: true,
    userDataDir: profile,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

function firefox(profile, prefs = {}) {
  const all = {
    "security.fileuri.strict_origin_policy": true,
    "browser.shell.checkDefaultBrowser": false,
    "datareporting.policy.dataSubmissionEnabled": false,
    "app.update.enabled": false,
    "network.captive-portal-service.enabled": false,
    "browser.safebrowsing.downloads.remote.enabled": false,
    ...prefs,
  };
  return puppeteer.launch({
    browser: "firefox",
    executablePath: find("firefox"),
    headless: true,
    userDataDir: profile,
    extraPrefsFirefox: all,
  });
}

/**
 * A profile on which Firefox was started once and that saw no page: on an empty one it computes twice
 * as long before it is there. All test files share it.
 */
async function used() {
  const cache = join(dirname(fileURLToPath(import.meta.url)), "node_modules/.cache");
  const shared = join(cache, `firefox-${statSync(realpathSync(find("firefox"))).mtimeMs}`);
  if (existsSync(shared)) return shared;
  mkdirSync(cache, { recursive: true });
  const own = mkdtempSync(join(cache, "making-"));
  const running = await firefox(own);
  await running.newPage();
  await running.close();
  try {
    renameSync(own, shared);
  } catch {
    // Another file's was there first.
    remove(own);
  }
  return shared;
}

/** A page that remembers what went wrong on it. */
export async function open(browser, url) {
  const page = await browser.newPage();
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => {
    if (message.type() === "error" && !/favicon/.test(message.text())) page.problems.push(message.text());
  });
  await page.goto(url, { waitUntil: "load" });
  return page;
}

/** Waits until the script has the learner's records. */
export async function ready(page) {
  await page.waitForFunction(() => window.roadbook?.site.store.ready, { timeout: 30_000 });
  return page;
}

export const fileUrl = (folder, path) => pathToFileURL(join(folder, path)).href;

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

/** Serves a folder on a port of the system's choice. */
export function serve(folder) {
  return new Promise((resolve) => {
    const server = createServer((request, response) => {
      if (request.url === "/favicon.ico") return response.writeHead(204).end();
      const path = normalize(decodeURIComponent(new URL(request.url, "http://x").pathname));
      try {
        const bytes = readFileSync(join(folder, path));
        response.writeHead(200, { "content-type": `${TYPES[extname(path)] ?? "text/plain"}; charset=utf-8` });
        response.end(bytes);
      } catch {
        response.writeHead(404);
        response.end();
      }
    });
    server.listen(0, "127.0.0.1", () =>
      resolve({ url: (path) => new URL(encodeURI(path), `http://127.0.0.1:${server.address().port}/`).href, close: () => server.close() }),
    );
  });
}

export function remove(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  } catch {
    // A browser that was killed may still write; the system clears its temporary files.
  }
}
