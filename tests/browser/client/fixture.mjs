// A small site by hand, in the shape of CONTRACT.md.
//
// Output: a folder with two levels, stages with topics, projects with steps, tracking lists and the
// progress page. The built scripts come from STATIC (default: the theme's `static`).

import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const client = [process.env.CLIENT, join(here, ".."), join(here, "../../../themes/default/client")].find(
  (folder) => folder && existsSync(join(folder, "scripts/words.mjs")),
);
const { wordScripts } = await import(join(client, "scripts/words.mjs"));
const statics = [process.env.STATIC, join(client, "../static"), join(client, "static")].find(
  (folder) => folder && existsSync(join(folder, "roadbook.js")),
);
const locale = [process.env.LOCALE, join(client, "locales/client.ru.ftl"), join(client, "../locales/client.ru.ftl")].find(
  (file) => file && existsSync(file),
);

export const CURRICULUM = "probe";
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; frame-src 'self'; base-uri 'none'; form-action 'none'";

const id = (letter, number) => `${letter}${String(number).padStart(7, "0")}`;

/** The lists of a site; `change` may alter them before they are written. */
export function lists(topics = 500) {
  const stage = (name, letter, count, title) => ({
    id: name,
    number: letter,
    title,
    url: `stages/${name}/index.html`,
    topics: Array.from({ length: count }, (_, n) => `${id(letter, n)} h${n}`),
    projects: [
      {
        id: `${name}-backup`,
        item: id(letter, 9000),
        title: `Проект ${title}`,
        url: `projects/${name}-backup/index.html`,
        steps: Array.from({ length: 10 }, (_, n) => `${id(letter, 9001 + n)} s${n}`),
      },
    ],
  });
  return [
    { id: "first", digest: "d1", stages: [stage("linux и сети", "a", topics, "Linux и сети"), stage("git", "b", 5, "Git")] },
    { id: "second", digest: "d2", stages: [stage("docker", "c", 7, "Docker")] },
  ];
}

export function writeSite(folder, levels = lists(), options = {}) {
  const write = (path, text) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  };
  const curriculum = options.curriculum ?? CURRICULUM;
  const parcel = (kind, value) => `(self.roadbookSupply=self.roadbookSupply||[]).push(${JSON.stringify([kind, value])});\n`;
  mkdirSync(join(folder, "assets"), { recursive: true });
  for (const name of ["roadbook.js", "hub.js", "progress.js", "roadbook.css", "progress.css"]) {
    const from = join(statics, name);
    if (existsSync(from)) cpSync(from, join(folder, "assets", name));
  }
  // The build appends the theme's design tokens to the style sheet.
  if (process.env.SITE) cpSync(join(process.env.SITE, "assets/roadbook.css"), join(folder, "assets/roadbook.css"));
  for (const [name, text] of Object.entries(wordScripts("ru", readFileSync(locale, "utf8")))) write(`data/${name}`, text);
  const hub = readFileSync([join(statics, "hub.html"), join(client, "../templates/hub.html")].find(existsSync), "utf8");
  write("hub.html", hub.replace("{{ site.language }}", "ru").replace("{{ site.id }}", curriculum));
  write(
    "data/totals.js",
    parcel("totals", {
      title: "Проба",
      levels: levels.map((level, at) => ({
        id: level.id,
        number: String(at + 1),
        title: `Уровень ${level.id}`,
        url: `levels/${level.id}/index.html`,
        digest: level.digest,
        topics: level.stages.reduce((sum, stage) => sum + stage.topics.length, 0),
        projects: level.stages.reduce((sum, stage) => sum + stage.projects.length, 0),
      })),
    }),
  );
  write("data/retired.js", parcel("retired", options.retired ?? []));
  write("data/tracking.js", parcel("tracking", [
    { id: "weekly", title: "Каждую неделю", cadence: "weekly", url: "tracking/weekly/index.html", items: [{ id: "w0000001", text: "Читал документацию" }, { id: "w0000002", text: "Решал задачи" }] },
    { id: "milestones", title: "Вехи", cadence: "once", url: "tracking/milestones/index.html", items: Array.from({ length: 8 }, (_, n) => ({ id: `q000000${n + 1}`, text: `Q${n + 1}` })) },
  ]));
  const page = (path, kind, pageId, level, body, scripts = "") => {
    const root = "../".repeat(path.split("/").length - 1);
    const levelScript = level ? `<script src="${root}data/level-${encodeURIComponent(level)}.js" defer></script>` : "";
    write(
      path,
      `<!DOCTYPE html>
<html lang="ru" data-curriculum="${curriculum}" data-root="${root}" data-page-kind="${kind}" data-page-id="${pageId}">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${CSP}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${pageId}</title>
<link rel="stylesheet" href="${root}assets/roadbook.css">
<script src="${root}data/words.js" defer></script><script src="${root}data/totals.js" defer></script>${levelScript}
<script src="${root}assets/roadbook.js" defer></script>${scripts}</head>
<body><main>${body}</main></body></html>
`,
    );
  };
  const figure = (scope, max) =>
    `<p class="rb-figure"><progress data-scope="${scope}" max="${max}" value="0" aria-label="Сделано" hidden></progress> <span data-count-for="${scope}"></span></p>`;
  const item = (entry, text, note) =>
    `<li class="item" id="${entry}"><input type="checkbox" id="tick-${entry}" data-item="${entry}"${note ? ` aria-describedby="note-${entry}"` : ""} disabled> <label for="tick-${entry}">${text}</label>${note ? `\n<div class="note" id="note-${entry}"><p>${note}</p></div>` : ""}</li>`;
  const bare = (entry) => entry.split(" ")[0];
  const text = (entry) => `Тема ${bare(entry)}`;
  for (const level of levels) {
    write(`data/level-${level.id}.js`, parcel("level", level));
    const texts = {};
    const notes = {};
    for (const stage of level.stages) {
      for (const entry of stage.topics) {
        texts[bare(entry)] = text(entry);
        notes[bare(entry)] = `Умею ${bare(entry)}`;
      }
      for (const project of stage.projects) {
        texts[project.item] = project.title;
        for (const step of project.steps) texts[bare(step)] = `Шаг ${bare(step)}`;
        page(project.url, "project", project.id, level.id,
          `<h1>${project.title}</h1>${figure(`project:${project.id}`, 10)}
<div class="item project-item" id="${project.item}"><input type="checkbox" id="tick-${project.item}" data-item="${project.item}" disabled> <label for="tick-${project.item}">Проект готов</label></div>
<ul class="items">${project.steps.map((step) => item(bare(step), `Шаг ${bare(step)}`)).join("\n")}</ul>`);
      }
      page(stage.url, "stage", stage.id, level.id,
        `<h1>${stage.title}</h1>${figure(`stage:${stage.id}`, stage.topics.length + 1)}${figure(`level:${level.id}`, 1)}${figure("curriculum", 1)}
<div class="rb-actions" data-actions-for="stage:${stage.id}"></div>
<section class="block"><h2 id="block-1">Недели 1–2: начало</h2>${figure("block:block-1", 5)}<div class="rb-actions" data-actions-for="block:block-1"></div>
<ul class="items">${stage.topics.map((entry) => item(bare(entry), text(entry), `Умею ${bare(entry)}`)).join("\n")}</ul></section>
<p id="after">После блока.</p>`);
    }
    write(`data/level-${level.id}-texts.js`, parcel("texts", { level: level.id, texts, notes }));
    page(`levels/${level.id}/index.html`, "level", level.id, level.id,
      `<h1>Уровень ${level.id}</h1>${figure(`level:${level.id}`, 1)}${level.stages.map((stage) => `<h2>${stage.title}</h2>${figure(`stage:${stage.id}`, 1)}`).join("")}`);
  }
  page("index.html", "home", "", "", `<h1>Дом</h1>${figure("curriculum", 1)}${levels.map((level) => figure(`level:${level.id}`, 1)).join("")}`);
  page("tracking/weekly/index.html", "tracking", "weekly", "",
    `<h1>Каждую неделю</h1><div data-list="weekly" data-cadence="weekly">${figure("list:weekly", 2)}<ul class="items">${item("w0000001", "Читал документацию")}${item("w0000002", "Решал задачи")}</ul></div>`);
  page("progress/index.html", "progress", "progress", "",
    `<h1>Мой прогресс</h1><div id="rb-progress"></div>`,
    `<link rel="stylesheet" href="../assets/progress.css"><script src="../data/words-progress.js" defer></script><script src="../assets/progress.js" defer></script>`);
  return folder;
}
