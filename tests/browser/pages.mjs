// One page of each kind, for tests and pictures that need not see all. Input: the files of a built
// site. Output: a path for each kind, chosen by what it is and not by its name. Responsibility: no
// kind of page is forgotten.
import { statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const first = (pattern) => (files) => files.find((file) => pattern.test(file));

/** Documents hold whole levels, so that the smallest is long enough to stand for them. */
const smallest = (pattern) => (files, site) => files.filter((file) => pattern.test(file))
  .sort((a, b) => statSync(path.join(site, a)).size - statSync(path.join(site, b)).size)[0];

/** The kinds of pages by name, each a function of all files and the site's folder; each is absent where a site has none. */
export const KINDS = {
  home: first(/^index\.html$/),
  level: first(/^levels\/[^/]+\/index\.html$/),
  stage: (files) => files.find((file) => file === "stages/linux/index.html") ?? first(/^stages\/[^/]+\/index\.html$/)(files),
  project: first(/^projects\/[^/]+\/index\.html$/),
  source: first(/^sources\/[^/]+\/index\.html$/),
  tracking: first(/^tracking\/[^/]+\/index\.html$/),
  page: first(/^pages\/[^/]+\/index\.html$/),
  progress: first(/^progress\/index\.html$/),
  topics: first(/^topics\/index\.html$/),
  projects: first(/^projects\/index\.html$/),
  sources: first(/^sources\/index\.html$/),
  glossary: first(/^glossary\/index\.html$/),
  print: smallest(/^print\/[^/]+\/index\.html$/),
  help: first(/^help\/index\.html$/),
  map: first(/^map\/index\.html$/),
  timeline: first(/^timeline\/index\.html$/),
  technologies: first(/^technologies\/index\.html$/),
  "not-found": first(/^404\.html$/),
};

/** Ticks every other item of a stage, so that figures are neither empty nor full. */
export async function tickSome(page, site, files) {
  const stage = KINDS.stage(files);
  if (stage) await tick(page, site, stage, 2);
}

/** Ticks everything that can be ticked, so that every figure is full. */
export async function tickAll(page, site, files) {
  for (const file of files.filter((name) => /^(stages|projects)\/[^/]+\/index\.html$/.test(name))) await tick(page, site, file, 1);
}

async function tick(page, site, file, every) {
  await page.goto(pathToFileURL(path.join(site, file)).href);
  await page.waitForFunction(() => [...document.querySelectorAll("input[data-item]")].every((box) => !box.disabled));
  await page.evaluate((every) => {
    document.querySelectorAll("input[data-item]").forEach((box, at) => { if (at % every === 0 && !box.checked) box.click(); });
  }, every);
  await page.waitForTimeout(200);
  // What is said once has been said.
  for (const close of await page.$$(".rb-close")) await close.click();
}
