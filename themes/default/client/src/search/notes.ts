// The learner's own notes that answer a question.
//
// Input: records of this device. Output: notes with the addresses of their items. Responsibility:
// notes never leave the device, so they are looked through here and are in no index.

import type { Site } from "../page/site";
import { readKey } from "../record";
import type { Question } from "./query";
import type { Shelf } from "./shelf";
import { words } from "./token";

export interface FoundNote {
  text: string;
  /** What it was written about. */
  about: string;
  url: string;
}

const MOST = 5;

export async function findNotes(site: Site, shelf: Shelf, question: Question): Promise<FoundNote[]> {
  const found: { id: string; text: string; answered: number }[] = [];
  for (const [key, { value }] of site.store.records) {
    const { kind, id } = readKey(key) ?? {};
    if (kind !== "note" || id === undefined || typeof value !== "string" || !value) continue;
    const forms = words(value);
    const stems = new Set(forms.map((form) => shelf.stems.stem(form) ?? form));
    const answered = question.clauses.filter(
      (clause) =>
        stems.has(shelf.stems.stem(clause.asked) ?? clause.asked) ||
        clause.variants.some(({ word }) => stems.has(word.stem)) ||
        (clause.asked.length > 2 && forms.some((form) => form.startsWith(clause.asked))),
    ).length;
    if (answered) found.push({ id, text: value, answered });
  }
  found.sort((a, b) => b.answered - a.answered);
  const best = found.slice(0, MOST);
  if (!best.length) return [];
  const places = await placesOf(site, new Set(best.map(({ id }) => id)));
  return best.flatMap(({ id, text }) => {
    const place = places.get(id);
    return place ? [{ text, ...place }] : [];
  });
}

/** Where items stand: the lists of their levels know. */
async function placesOf(site: Site, ids: Set<string>): Promise<Map<string, { about: string; url: string }>> {
  const places = new Map<string, { about: string; url: string }>();
  for (const { id } of site.supply.totals.levels) {
    if (places.size === ids.size) break;
    await site.supply.load(`level-${id}`).catch(() => {});
    for (const stage of site.supply.levels.get(id)?.stages ?? []) {
      for (const topic of stage.topics) if (ids.has(topic.id)) places.set(topic.id, { about: stage.title, url: `${stage.url}#${topic.id}` });
      for (const project of stage.projects) {
        for (const one of [project.id, ...project.steps.map((step) => step.id)]) {
          if (ids.has(one)) places.set(one, { about: project.title, url: `${project.url}#${one}` });
        }
      }
    }
  }
  return places;
}
