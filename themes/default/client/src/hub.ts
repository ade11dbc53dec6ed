// The script of `hub.html`: the one storage of all pages opened from disk.
//
// Input: messages of the page around it. Output: records, confirmations, what other tabs wrote.
// Responsibility: over HTTP it stays silent, since there any sandboxed frame has the origin "null"
// too and pages need no hub.

import { mergeInto, type Records } from "./merge";
import { type Answer, isMessage, pack, unpack } from "./keep/hub";
import { localKeeper } from "./keep/local";

const curriculum = document.documentElement.dataset["curriculum"];

if (location.protocol === "file:" && parent !== window && curriculum) {
  const keeper = localKeeper(curriculum);
  const records: Records = new Map();
  const tell = (message: Answer): void => parent.postMessage(message, "*");
  let asked = false;
  let unsafe = false;

  addEventListener("message", (event) => {
    if (event.source !== parent || !isMessage(event.data)) return;
    if (event.data["ask"] === "read") {
      asked = true;
      tell({ roadbook: 1, answer: "records", records: pack(records) });
    } else if (event.data["ask"] === "write") {
      const arriving = unpack(event.data["records"], curriculum);
      mergeInto(records, arriving);
      keeper.write(arriving);
      // Confirmed only when IndexedDB has it as well: until then the page keeps its own copy.
      void keeper.settled().then(() => {
        if (!unsafe) tell({ roadbook: 1, answer: "kept", records: pack(arriving) });
      });
    }
  });
  keeper.start({
    arrived(arriving) {
      const changed = mergeInto(records, arriving);
      if (asked && changed.size) tell({ roadbook: 1, answer: "records", records: pack(changed) });
    },
    trouble(trouble) {
      if (trouble === "blocked" || trouble === "lost" || trouble === "newer") unsafe = true;
      tell({ roadbook: 1, answer: "trouble", trouble });
    },
  });
  tell({ roadbook: 1, answer: "here" });
}
