// The interface's words.
//
// Input: messages compiled from the theme's Fluent files (CONTRACT.md). Output: text. Responsibility:
// variables and plural forms, which is all of Fluent that the scripts need.

/** A text with `{$name}`, or texts and choices in a row. */
export type Pattern = string | (string | Choice)[];

/** A choice by a variable: `sel` names it, `*` the variant taken where none fits. */
export interface Choice {
  sel: string;
  "*": string;
  [variant: string]: Pattern;
}

export type Arguments = Record<string, string | number>;
export type Say = (id: string, values?: Arguments) => string;

/** Says messages in a language. A missing message shows its id, so that it is noticed. */
export function speaker(language: string, messages: Record<string, Pattern>): Say {
  let plurals: Intl.PluralRules | undefined;
  try {
    plurals = new Intl.PluralRules(language);
  } catch {
    // An unknown language tag: the default variants are still right.
  }
  const write = (pattern: Pattern, values: Arguments): string =>
    typeof pattern === "string"
      ? pattern.replace(/\{\$([\w-]+)\}/g, (whole, name: string) => String(values[name] ?? whole))
      : pattern.map((part) => (typeof part === "string" ? write(part, values) : choose(part, values))).join("");
  const choose = (choice: Choice, values: Arguments): string => {
    const value = values[choice.sel];
    const exact = String(value);
    const fits = exact !== "sel" && exact !== "*" && exact in choice;
    const form = typeof value === "number" && plurals ? plurals.select(value) : "";
    const name = fits ? exact : form && form in choice ? form : choice["*"];
    return write(choice[name] ?? "", values);
  };
  return (id, values = {}) => {
    const pattern = messages[id];
    return pattern === undefined ? id : write(pattern, values);
  };
}
