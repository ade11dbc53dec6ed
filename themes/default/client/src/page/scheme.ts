// Colours as the reader wants them: as the system, light, dark.
//
// Input: the reader's choice. Output: `data-scheme` on the page, a record on this device.
// Responsibility: the switch. The page's head applies the choice before the first paint, by reading
// that record; where pages from disk do not share a storage, each keeps a copy for its own head.

import { keyOf, writeRecord } from "../record";
import { openStorage, SHELF } from "../keep/local";
import { make } from "./dom";
import { here, setHere, type Site } from "./site";

const SCHEMES = ["system", "light", "dark"] as const;
type Scheme = (typeof SCHEMES)[number];

export function startScheme(site: Site): void {
  const place = document.querySelector(".scheme-place");
  if (!place) return;
  const inputs = new Map<Scheme, HTMLInputElement>();
  const choice = make("div", { class: "scheme", role: "radiogroup", "aria-label": site.say("scheme") });
  for (const scheme of SCHEMES) {
    const id = `rb-scheme-${scheme}`;
    const input = make("input", { type: "radio", name: "rb-scheme", id, value: scheme });
    input.addEventListener("change", () => {
      setHere(site, "scheme", scheme);
      apply(scheme);
    });
    inputs.set(scheme, input);
    const word = site.say(`scheme-${scheme}`);
    choice.append(
      input,
      make("label", { for: id, title: word }, make("span", { class: `sign ${scheme}` }), make("span", { class: "sr" }, word)),
    );
  }

  const apply = (scheme: Scheme): void => {
    const root = document.documentElement;
    if (scheme === "system") delete root.dataset["scheme"];
    else root.dataset["scheme"] = scheme;
    inputs.get(scheme)!.checked = true;
  };

  const show = (): void => {
    const value = here(site, "scheme") as Scheme;
    apply(SCHEMES.includes(value) ? value : "system");
  };
  apply((document.documentElement.dataset["scheme"] as Scheme | undefined) ?? "system");
  site.store.onChange((changed) => {
    const key = keyOf(site.curriculum, "here", "scheme");
    const record = changed.get(key);
    if (!record) return;
    show();
    if (location.protocol !== "file:") return;
    try {
      openStorage()?.setItem(SHELF + key, writeRecord(record));
    } catch {
      // Then the next visit shows the system's colours for a moment.
    }
  });

  // On a narrow window it stands in the drawer.
  const wide = matchMedia("(min-width: 64em)");
  const settle = (): void => (wide.matches ? place : document.getElementById("rb-nav"))?.append(choice);
  wide.addEventListener("change", settle);
  settle();
}
