// A small generator of random cases, repeatable by its seed.
//
// Responsibility: property tests without a dependency; a failing case is named by its seed.

export interface Random {
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  chance(part: number): boolean;
}

export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return {
    below: (limit) => Math.floor(next() * limit),
    pick: (from) => from[Math.floor(next() * from.length)]!,
    chance: (part) => next() < part,
  };
}

/** Runs a property for many seeds. */
export function forAll(cases: number, property: (random: Random) => void): void {
  for (let seed = 1; seed <= cases; seed++) {
    try {
      property(random(seed));
    } catch (error) {
      throw new Error(`with seed ${seed}: ${String(error)}`);
    }
  }
}
