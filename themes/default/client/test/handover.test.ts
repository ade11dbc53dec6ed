// The link: what is put in comes out, in its own list alone.

import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeLink, encodeLink, gains } from "../src/handover";
import type { Status } from "../src/record";
import { forAll } from "./generate";

const ids = Array.from({ length: 700 }, (_, n) => `i${(n * 7919).toString(36)}`);

test("what is put in comes out, however the list is ordered", () => {
  forAll(300, (random) => {
    const list = ids.slice(0, 1 + random.below(ids.length));
    const density = random.pick([0, 0.02, 0.3, 0.9, 1]);
    const kinds: Status[] = random.chance(0.5) ? ["done"] : ["done", "doing", "skipped"];
    const status = new Map(list.map((id) => [id, random.chance(density) ? random.pick(kinds) : ("todo" as Status)]));
    const link = encodeLink(list, (id) => status.get(id)!);
    const carried = decodeLink(`#${link}`, [...list].reverse());
    assert.ok(typeof carried === "object");
    assert.deepEqual([...carried].sort(), [...status].sort());
  });
});

test("300 items are short enough for a code", () => {
  const link = encodeLink(ids.slice(0, 300), (id) => (id.length % 2 ? "done" : "todo"));
  assert.ok(link.length < 90, String(link.length));
});

test("another list is refused, and so is a link cut short", () => {
  const link = encodeLink(ids, () => "done");
  assert.equal(decodeLink(link, [...ids.slice(1), "new"]), "another-list");
  assert.equal(decodeLink(link.replace("take=1.", "take=2."), ids), "newer");
  forAll(200, (random) => {
    const cut = link.slice(0, random.below(link.length));
    assert.equal(typeof decodeLink(cut, ids), "string");
    const at = link.length - 1 - random.below(60);
    const spoilt = link.slice(0, at) + (link[at] === "A" ? "B" : "A") + link.slice(at + 1);
    assert.equal(typeof decodeLink(spoilt, ids), "string");
  });
});

test("a link never turns done into to-do, nor anything back", () => {
  const carried = new Map<string, Status>([["a", "todo"], ["b", "doing"], ["c", "done"], ["d", "skipped"], ["e", "skipped"]]);
  const here: Record<string, Status> = { a: "done", b: "done", c: "skipped", d: "todo", e: "doing" };
  assert.deepEqual([...gains(carried, (id) => here[id]!)], [["c", "done"], ["d", "skipped"]]);
});
