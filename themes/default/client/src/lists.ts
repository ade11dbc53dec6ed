// The curriculum's items as the site publishes them.
//
// Input: what the scripts of `data/` hand over (CONTRACT.md). Output: lists of a level's stages,
// topics, projects and steps. Responsibility: their shape, and which ids belong where.

export interface Entry {
  id: string;
  /** Hash of the text normalised for spelling, case and punctuation; only ever compared. */
  hash: string;
}

export interface ProjectList extends Entry {
  /** The page's id; `id` is the item's. */
  page: string;
  title: string;
  url: string;
  steps: Entry[];
}

export interface StageList {
  id: string;
  number: string;
  title: string;
  url: string;
  topics: Entry[];
  projects: ProjectList[];
}

export interface LevelList {
  id: string;
  digest: string;
  stages: StageList[];
  /** Former id → present id. */
  aliases: Map<string, string>;
  /** Present id → all the ids it was merged from, itself included where it was one of them. */
  merged: Map<string, string[]>;
  /** Id of a part that was split off → the id that kept the record. */
  split: Map<string, string>;
}

export interface LevelTotals {
  id: string;
  number: string;
  title: string;
  url: string;
  digest: string;
  topics: number;
  projects: number;
}

export interface Totals {
  title: string;
  /** How many scripts `about-N` there are. */
  about?: number;
  levels: LevelTotals[];
}

/** A level as `data/level-ID.js` hands it over. Entries are `"id hash"`. */
export interface PublishedLevel {
  id: string;
  digest: string;
  stages: {
    id: string;
    number?: string;
    title: string;
    url: string;
    topics?: string[];
    projects?: { id: string; item: string; title: string; url: string; steps?: string[] }[];
  }[];
  aliases?: Record<string, string>;
  merged?: Record<string, string[]>;
  split?: Record<string, string>;
}

export function readLevel(level: PublishedLevel): LevelList {
  return {
    id: level.id,
    digest: level.digest,
    stages: level.stages.map((stage) => ({
      id: stage.id,
      number: stage.number ?? "",
      title: stage.title,
      url: stage.url,
      topics: (stage.topics ?? []).map(entry),
      projects: (stage.projects ?? []).map((project) => ({
        ...entry(project.item),
        page: project.id,
        title: project.title,
        url: project.url,
        steps: (project.steps ?? []).map(entry),
      })),
    })),
    aliases: new Map(Object.entries(level.aliases ?? {})),
    merged: new Map(Object.entries(level.merged ?? {})),
    split: new Map(Object.entries(level.split ?? {})),
  };
}

/** Every entry of a stage: topics, projects, steps. */
export function entriesOf(stage: StageList): Entry[] {
  return [
    ...stage.topics,
    ...stage.projects.flatMap((project): Entry[] => [project, ...project.steps]),
  ];
}

function entry(text: string): Entry {
  const blank = text.indexOf(" ");
  return blank < 0
    ? { id: text, hash: "" }
    : { id: text.slice(0, blank), hash: text.slice(blank + 1) };
}
