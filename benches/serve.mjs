// How long it takes from a save to the new words in an open page, in Chromium.
//
//     cargo bench --bench cold -- --write DIR 1000 && cargo build --release
//     (cd tests/browser && npm ci) && node benches/serve.mjs DIR [runs]
//
// A stage in the middle of the road is edited again and again: a paragraph, which is put into its place,
// and the title, which other pages show too, so that the page is loaded again. The clock starts before
// the file is written and stops when the page holds the new words. At the end the folder is as it was.
import { spawn } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { launch } from "../tests/browser/browser.mjs";

const [folder, runs = "15"] = process.argv.slice(2);
const program = path.resolve(process.env.ROADBOOK ?? "target/release/roadbook");
const now = () => performance.timeOrigin + performance.now();
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const levels = readdirSync(path.join(folder, "content")).filter((name) => /^\d/.test(name));
const level = path.join(folder, "content", levels[levels.length >> 1]);
const stages = readdirSync(level, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const { name } = stages[stages.length >> 1];
const file = path.join(level, name, "README.md");
const before = readFileSync(file, "utf8");
const id = /^id: (.+)$/m.exec(before)?.[1] ?? name.replace(/^\d+-/, "");

const child = spawn(program, ["serve", folder, "--port", "0"]);
const address = await new Promise((done, fail) => {
  let said = "";
  child.stdout.on("data", (data) => {
    said += data;
    const found = /at (http:\S+\/);/.exec(said);
    if (found) done(found[1]);
  });
  child.on("exit", () => fail(new Error(said)));
});
const browser = await launch();
const page = await browser.newPage();
const waiting = new Map();
await page.exposeBinding("told", (_, words, time) => {
  waiting.get(words)?.(time);
  waiting.delete(words);
});
await page.addInitScript(() => {
  let last = "";
  const look = () => {
    const found = /zzsave\d+/.exec(document.querySelector("main")?.textContent ?? "");
    if (!found || found[0] === last) return;
    last = found[0];
    window.told(last, performance.timeOrigin + performance.now());
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true });
});
await page.goto(`${address}stages/${id}/`);

let count = 0;
async function measure(edit) {
  const times = [];
  for (let run = 0; run < Number(runs) + 1; run += 1) {
    // So that each edit finds the program at rest.
    await pause(Number(process.env.PAUSE ?? 1500));
    count += 1;
    const words = `zzsave${count}`;
    const seen = new Promise((done) => waiting.set(words, done));
    const start = now();
    writeFileSync(file, edit(words));
    const time = (await seen) - start;
    // The first finds nothing prepared.
    if (run > 0) times.push(time);
  }
  times.sort((a, b) => a - b);
  return [times[times.length >> 1], times[0], times.at(-1)].map((time) => time.toFixed(0).padStart(7)).join("");
}

try {
  console.log("edit        median  least   most   (ms)");
  const body = before.indexOf("\n\n", before.indexOf("\n---\n", 4) + 5);
  console.log(`paragraph  ${await measure((words) => `${before.slice(0, body)} ${words}${before.slice(body)}`)}`);
  console.log(`title      ${await measure((words) => before.replace(/^title: .*$/m, `title: The new ${words}`))}`);
} finally {
  writeFileSync(file, before);
  const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
  console.log(`memory of the program: ${Math.round(/VmRSS:\s+(\d+)/.exec(status)[1] / 1024)} MB`);
  await browser.close();
  child.kill();
}
