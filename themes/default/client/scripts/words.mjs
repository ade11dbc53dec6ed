// Compiles the scripts' Fluent messages to `data/words.js` and `data/words-progress.js`.
//
// Input: a `.ftl` of simple messages. Output: the JSON of CONTRACT.md. Responsibility: the same
// subset as the site's generator compiles: texts, variables, string literals, one level of choices.

/** `{ id: pattern }` of the messages `client-…` of a file, without the prefix. */
export function compileFluent(source) {
  const messages = {};
  const blocks = source.split(/\n(?=[a-z])/).filter((block) => /^client-[\w-]* =/.test(block));
  for (const block of blocks) {
    const [, id, text] = /^([a-z][\w-]*) = ?([\s\S]*)$/.exec(block);
    messages[id.replace(/^client-/, "")] = pattern(text.replace(/\n#[^\n]*/g, "").trim());
  }
  return messages;
}

function pattern(text) {
  const parts = [];
  const push = (piece) => {
    if (typeof piece === "string" && typeof parts.at(-1) === "string") parts[parts.length - 1] += piece;
    else parts.push(piece);
  };
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("{", at);
    if (open < 0) {
      push(text.slice(at));
      break;
    }
    if (open > at) push(text.slice(at, open));
    let depth = 0;
    let end = open;
    do {
      if (text[end] === "{") depth++;
      if (text[end] === "}") depth--;
      end++;
    } while (depth);
    push(placeable(text.slice(open + 1, end - 1).trim()));
    at = end;
  }
  const filled = parts.filter((part) => part !== "");
  return filled.every((part) => typeof part === "string") ? filled.join("") : filled;
}

function placeable(inner) {
  const literal = /^"([^"]*)"$/.exec(inner);
  if (literal) return literal[1];
  const variable = /^\$([\w-]+)$/.exec(inner);
  if (variable) return `{$${variable[1]}}`;
  const choice = /^\$([\w-]+)\s*->\s*([\s\S]*)$/.exec(inner);
  if (!choice) throw new Error(`not in the subset: { ${inner} }`);
  const made = { sel: choice[1], "*": "" };
  for (const line of choice[2].split(/\n(?=\s*\*?\[)/)) {
    const [, star, name, text] = /^\s*(\*?)\[\s*([\w-]+)\s*\]\s*([\s\S]*)$/.exec(line);
    if (star) made["*"] = name;
    made[name] = pattern(text.trim());
  }
  return made;
}

/** The two scripts of a language. */
export function wordScripts(language, source) {
  const messages = compileFluent(source);
  const script = (wanted) =>
    `(self.roadbookSupply=self.roadbookSupply||[]).push(${JSON.stringify([
      "words",
      { language, messages: Object.fromEntries(Object.entries(messages).filter(([id]) => wanted(id))) },
    ])});\n`;
  const onlyProgress = (id) => id.startsWith("progress-") && id !== "progress-page";
  return { "words.js": script((id) => !onlyProgress(id)), "words-progress.js": script(onlyProgress) };
}
