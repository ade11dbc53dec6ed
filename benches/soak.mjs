// What many saves do to a running preview: whether it stays up, what memory it takes, and whether the
// last state is shown.
//
//     cargo build --release && node benches/soak.mjs [DIR] [saves] [seconds]
//
// A copy of DIR (the roadmap where none is given) is served while a stage is saved again and again: 10,000
// saves in 60 seconds, every hundredth one with a mistake, every tenth with another title. Then `content`
// is removed and restored. It ends with 1 where the preview is gone or does not show the last state.
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";

const [source = ".", saves = "10000", seconds = "60"] = process.argv.slice(2);
const program = path.resolve(process.env.ROADBOOK ?? "target/release/roadbook");
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const folder = mkdtempSync(path.join(os.tmpdir(), "roadbook-soak-"));
for (const name of readdirSync(source)) {
  if (["book.toml", "content", "progress.lock", "static", "themes"].includes(name)) {
    cpSync(path.join(source, name), path.join(folder, name), { recursive: true });
  }
}
const content = path.join(folder, "content");
const level = path.join(content, readdirSync(content).filter((name) => /^\d/.test(name)).sort()[0]);
const stages = readdirSync(level, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const { name } = stages[0];
const file = path.join(level, name, "README.md");
const before = readFileSync(file, "utf8");
const id = /^id: (.+)$/m.exec(before)?.[1] ?? name.replace(/^\d+-/, "");
const body = before.indexOf("\n\n", before.indexOf("\n---\n", 4) + 5);

const child = spawn(program, ["serve", folder, "--port", "0"]);
const address = await new Promise((done, fail) => {
  let said = "";
  child.stdout.on("data", (data) => {
    const found = /at (http:\S+\/);/.exec((said += data));
    if (found) done(found[1]);
  });
  child.on("exit", () => fail(new Error(said)));
});
child.stderr.resume();

const memory = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024;
const shown = async (words) => (await (await fetch(`${address}stages/${id}/`)).text()).includes(words);
async function shows(words) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await shown(words)) return true;
    await pause(50);
  }
  return false;
}

let well = true;
const told = (what, is) => {
  well &&= is;
  console.log(`${is ? "yes" : "NO "}  ${what}`);
};
try {
  const [start, tenth] = [performance.now(), Math.ceil(Number(saves) / 10)];
  for (let no = 1; no <= Number(saves); no += 1) {
    let text = `${before.slice(0, body)} zzsave${no}.${before.slice(body)}`;
    if (no % 10 === 0) text = text.replace(/^title: .*$/m, `title: Title ${no}`);
    if (no % 100 === 50) text = text.replace(/^---$/m, "--");
    writeFileSync(file, text);
    if (no % tenth === 0) {
      console.log(`${no} saves after ${((performance.now() - start) / 1000).toFixed(1)} s: ${memory().toFixed(0)} MB`);
    }
    await pause(start + (no * Number(seconds) * 1000) / Number(saves) - performance.now());
  }
  told("the last state is shown", await shows(`zzsave${saves}.`));
  renameSync(content, `${content}-aside`);
  await pause(1000);
  renameSync(`${content}-aside`, content);
  await pause(500);
  writeFileSync(file, before.replace(/^title: .*$/m, "title: Back again"));
  told("and again when the content was gone and came back", await shows("Back again"));
  told("the preview is up", child.exitCode === null);
} finally {
  child.removeAllListeners("exit");
  child.kill();
  rmSync(folder, { recursive: true });
}
process.exitCode = well ? 0 : 1;
