// A curriculum that is hard to lay out: titles of 60 characters and of one long word, a stage of 40
// topics, code and tables wider than a phone. Input: a folder to write to; how many levels (3 where
// nothing is said; above 24 home has no cards). Output: the curriculum, to be built and looked at
// (`scripts/screenshots`) and to be held to the rules of tests/browser/look.test.mjs.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const folder = process.argv[2];
const levels = Number(process.argv[3] ?? 3);

const LONG = "Проектирование отказоустойчивых распределённых хранилищ дан.";
const WORD = "Высокопроизводительнейшие";
const TITLES = [LONG, `${WORD} вычисления`, "Git", "Observability: metrics, traces and logs of a running service", "Основы"];
if (LONG.length !== 60) throw new Error(`the long title has ${LONG.length} characters`);
const title = (no) => TITLES[no % TITLES.length] + (no < TITLES.length ? "" : ` ${no}`);

function write(name, front, body = "") {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `---\n${front.join("\n")}\n---\n\n${body}`);
}

const topics = (from, count) => Array.from({ length: count }, (_, at) => {
  const no = from + at;
  const text = no % 7 === 0 ? `${LONG} И ещё раз то же самое, чтобы строк было три: ${LONG.toLowerCase()}` : `Тема ${no}: \`kubectl get pods --all-namespaces\` и права`;
  const note = no % 3 === 0 ? `\n  - Умею объяснить ${WORD.toLowerCase()} и показать их на примере из ${no} строк.` : "";
  return `- [ ] ${text}${note}`;
}).join("\n");

mkdirSync(folder, { recursive: true });
writeFileSync(path.join(folder, "book.toml"), `[curriculum]
id = "hard-to-lay-out"
title = "${LONG}"
language = "ru"
description = "${LONG} ${LONG.toLowerCase()}"
license = "CC-BY-SA-4.0"
icon = "🧭"
`);
write("content/README.md", [`title: ${LONG}`], `${LONG} ${WORD.repeat(3)}\n`);
let stages = 0;
for (let level = 0; level < levels; level++) {
  const at = `content/${10 + level}-level-${level}`;
  write(`${at}/README.md`, [`title: "${title(level)}"`, "icon: 🧱", `goal: ${LONG}`, "duration: 12-18 months"], `${LONG}\n`);
  const count = levels > 6 ? 1 : 3;
  for (let stage = 0; stage < count; stage++) {
    const no = stages++;
    const below = `${at}/${10 + stage}-stage-${no}`;
    const needs = no > 1 ? [`requires: [stage-${no - 1}, stage-${no - 2}]`] : [];
    const many = no === 0 ? 40 : 3;
    write(`${below}/README.md`, [`title: "${title(no)}"`, "icon: 🖥️", "duration: 6-8 weeks", `goal: ${LONG}`, ...needs], `${LONG}

## Недели 1–${many}: ${LONG}

Длинный адрес <https://example.org/${"очень-длинный-путь/".repeat(6)}> и код \`${"long_identifier_".repeat(6)}\`.

${topics(1, many)}

## Недели ${many + 1}–${many + 2}: ${WORD}

| ${WORD} | Столбец | Столбец | Столбец | Столбец |
| --- | --- | ---: | --- | --- |
| ${LONG} | \`cell\` | 1024 | да | нет |

\`\`\`bash title="scripts/${"deeply/nested/".repeat(4)}run.sh"
${"find / -type f -printf '%s\\t%p\\n' | sort -rn | ".repeat(3)}head -n 5
\`\`\`

${topics(many + 1, 3)}
`);
    write(`${below}/10-project-${no}.md`, [`title: "${title(no + 1)}"`, "difficulty: 4", "hours: 20-40", `summary: ${LONG}`,
      `skills: [${WORD}, Docker, "${LONG}"]`], `## Шаги\n\n${topics(1, 4)}\n`);
  }
}
