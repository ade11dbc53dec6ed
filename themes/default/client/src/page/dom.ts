// Making elements.
//
// Responsibility: markup from script without `innerHTML`: texts of learners and authors stay texts.

type Child = Node | string | undefined | false;
type Listener = (event: Event) => void;

/** An element with attributes (`onclick` and such take a function; false leaves one out). */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Record<string, string | number | boolean | Listener | undefined> = {},
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(attribute.slice(2), value);
    else element.setAttribute(attribute, value === true ? "" : String(value));
  }
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
  return element;
}

export function button(text: string, press: Listener, attributes: Record<string, string> = {}): HTMLButtonElement {
  return make("button", { type: "button", class: "rb-button", ...attributes, onclick: press }, text);
}

/** Sets text only where it differs, so that readers of live regions hear no repetition. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function all<Found extends Element>(selector: string, inside: ParentNode = document): Found[] {
  return Array.from(inside.querySelectorAll<Found>(selector));
}

/** Hands the learner a file. */
export function download(name: string, type: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
