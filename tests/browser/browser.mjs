// A browser and a server for tests. Input: a folder with a built site. Output: pages of it over
// HTTP below a sub-path, and from disk. Responsibility: nothing but the machine.
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import { existsSync } from "node:fs";
import path from "node:path";
import { chromium } from "playwright-core";

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

/** Chromium of the system; the tests never download one. */
export async function launch() {
  const candidates = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
  const executablePath = candidates.find((file) => file && existsSync(file));
  if (!executablePath) {
    throw new Error("no Chromium found: install the package `chromium`, or set CHROMIUM");
  }
  return chromium.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-quic"],
  });
}

/** Every file of a folder, as paths with `/`. */
export async function files(folder, below = "") {
  const found = [];
  for (const entry of await readdir(path.join(folder, below), { withFileTypes: true })) {
    const name = path.posix.join(below, entry.name);
    if (entry.isDirectory()) found.push(...(await files(folder, name)));
    else found.push(name);
  }
  return found.sort();
}

/** Serves a folder below `/name/`, as GitHub Pages does: with `404.html` for what is not there. */
export async function serve(folder, base = "/name/") {
  const server = createServer(async (request, response) => {
    let name = decodeURIComponent(new URL(request.url, "http://x").pathname);
    let status = 200;
    if (!name.startsWith(base)) {
      response.writeHead(404).end();
      return;
    }
    name = name.slice(base.length);
    if (name === "" || name.endsWith("/")) name += "index.html";
    let body;
    try {
      body = await readFile(path.join(folder, name));
    } catch {
      status = 404;
      name = "404.html";
      body = await readFile(path.join(folder, name));
    }
    response.writeHead(status, { "content-type": TYPES[path.extname(name)] ?? "application/octet-stream" });
    response.end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { address: `http://127.0.0.1:${server.address().port}${base}`, close: () => server.close() };
}
