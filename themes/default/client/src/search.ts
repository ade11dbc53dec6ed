// The search, loaded when it is first opened.
//
// Input: what `roadbook.js` has prepared. Output: the dialog, open. Responsibility: brings index and
// dialog together.

import { loadStyle } from "./page/load";
import { Dialog } from "./search/dialog";
import { Shelf } from "./search/shelf";

const given = window.roadbook;

if (given && !given.search) {
  const { site } = given;
  loadStyle(`${site.root}assets/search.css`);
  const shelf = new Shelf((name) => site.supply.load(name));
  site.supply.others((kind, value) => shelf.take(kind, value));
  given.search = () => {};
  // On its way while the dialog's words are; where it is missing the first question says so.
  shelf.open().catch(() => undefined);
  const start = (): void => {
    const dialog = new Dialog(site, shelf);
    given.search = () => dialog.open();
    dialog.open();
  };
  // Without its words it shows their names, which is better than nothing.
  site.supply.load("words-search").then(start, start);
}
