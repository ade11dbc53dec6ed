// A QR code.
//
// Input: text. Output: the square of dark and light modules. Responsibility: byte mode, versions 1
// to 40, error correction M where it fits, else L (ISO/IEC 18004).

const ECC = {
  L: {
    bits: 1,
    perBlock: [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28, 28, 28, 30, 30, 26, 28, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30],
    blocks: [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8, 8, 9, 9, 10, 12, 12, 12, 13, 14, 15, 16, 17, 18, 19, 19, 20, 21, 22, 24, 25],
  },
  M: {
    bits: 0,
    perBlock: [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28],
    blocks: [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49],
  },
};

type Level = keyof typeof ECC;
export type Modules = boolean[][];

/** The code, or none where the text is too long for any. */
export function qrCode(text: string): Modules | undefined {
  const bytes = [...new TextEncoder().encode(text)];
  for (const level of ["M", "L"] as Level[]) {
    for (let version = 1; version <= 40; version++) {
      const capacity = dataBytes(version, level);
      const lengthBits = version < 10 ? 8 : 16;
      if (4 + lengthBits + bytes.length * 8 > capacity * 8) continue;
      // A coarser code is easier to scan than one with more correction.
      if (level === "M" && version > 25) break;
      return draw(version, level, codewords(bytes, version, level, lengthBits, capacity));
    }
  }
  return undefined;
}

function rawModules(version: number): number {
  let sum = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const along = Math.floor(version / 7) + 2;
    sum -= (25 * along - 10) * along - 55;
    if (version >= 7) sum -= 36;
  }
  return sum;
}

function dataBytes(version: number, level: Level): number {
  const { perBlock, blocks } = ECC[level];
  return Math.floor(rawModules(version) / 8) - perBlock[version - 1]! * blocks[version - 1]!;
}

function codewords(bytes: number[], version: number, level: Level, lengthBits: number, capacity: number): number[] {
  const bits: number[] = [];
  const push = (value: number, width: number): void => {
    for (let at = width - 1; at >= 0; at--) bits.push((value >> at) & 1);
  };
  push(4, 4);
  push(bytes.length, lengthBits);
  for (const byte of bytes) push(byte, 8);
  push(0, Math.min(4, capacity * 8 - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < capacity * 8; pad ^= 0xec ^ 0x11) push(pad, 8);
  const words: number[] = [];
  for (let at = 0; at < bits.length; at += 8) words.push(parseInt(bits.slice(at, at + 8).join(""), 2));

  const count = ECC[level].blocks[version - 1]!;
  const check = ECC[level].perBlock[version - 1]!;
  const total = Math.floor(rawModules(version) / 8);
  const short = count - (total % count);
  const shortData = Math.floor(total / count) - check;
  const divisor = generator(check);
  const blocks: number[][] = [];
  const checks: number[][] = [];
  for (let n = 0, from = 0; n < count; n++) {
    const block = words.slice(from, (from += shortData + (n < short ? 0 : 1)));
    blocks.push(block);
    checks.push(remainder(block, divisor));
  }
  const woven: number[] = [];
  for (const rows of [blocks, checks]) {
    for (let at = 0; at < Math.max(...rows.map((row) => row.length)); at++) {
      for (const row of rows) if (at < row.length) woven.push(row[at]!);
    }
  }
  return woven;
}

function times(a: number, b: number): number {
  let product = 0;
  for (let at = 7; at >= 0; at--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> at) & 1) * a;
  }
  return product;
}

function generator(degree: number): number[] {
  const result = new Array<number>(degree).fill(0);
  result[degree - 1] = 1;
  let root = 1;
  for (let n = 0; n < degree; n++) {
    for (let at = 0; at < degree; at++) {
      result[at] = times(result[at]!, root) ^ (result[at + 1] ?? 0);
    }
    root = times(root, 2);
  }
  return result;
}

function remainder(words: number[], divisor: number[]): number[] {
  const result = divisor.map(() => 0);
  for (const word of words) {
    const factor = word ^ result.shift()!;
    result.push(0);
    divisor.forEach((part, at) => (result[at]! ^= times(part, factor)));
  }
  return result;
}

const MASKS: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function draw(version: number, level: Level, words: number[]): Modules {
  const size = version * 4 + 17;
  const modules: Modules = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const fixed: Modules = Array.from({ length: size }, () => new Array<boolean>(size).fill(false));
  const set = (x: number, y: number, dark: boolean): void => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    modules[y]![x] = dark;
    fixed[y]![x] = true;
  };
  const square = (cx: number, cy: number, radius: number, dark: (distance: number) => boolean): void => {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) set(cx + dx, cy + dy, dark(Math.max(Math.abs(dx), Math.abs(dy))));
    }
  };
  const format = (mask: number): void => {
    const value = (ECC[level].bits << 3) | mask;
    let rest = value;
    for (let n = 0; n < 10; n++) rest = (rest << 1) ^ ((rest >>> 9) * 0x537);
    const bits = ((value << 10) | rest) ^ 0x5412;
    const bit = (at: number): boolean => ((bits >>> at) & 1) === 1;
    for (let at = 0; at <= 5; at++) set(8, at, bit(at));
    set(8, 7, bit(6));
    set(8, 8, bit(7));
    set(7, 8, bit(8));
    for (let at = 9; at < 15; at++) set(14 - at, 8, bit(at));
    for (let at = 0; at < 8; at++) set(size - 1 - at, 8, bit(at));
    for (let at = 8; at < 15; at++) set(8, size - 15 + at, bit(at));
    set(8, size - 8, true);
  };

  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]] as const) {
    square(x, y, 4, (distance) => distance !== 2 && distance !== 4);
  }
  const places = alignments(version);
  places.forEach((x, i) =>
    places.forEach((y, j) => {
      const last = places.length - 1;
      if ((i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)) return;
      square(x, y, 2, (distance) => distance !== 1);
    }),
  );
  format(0);
  if (version >= 7) {
    let rest = version;
    for (let n = 0; n < 12; n++) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25);
    const bits = (version << 12) | rest;
    for (let at = 0; at < 18; at++) {
      const dark = ((bits >>> at) & 1) === 1;
      const a = size - 11 + (at % 3);
      const b = Math.floor(at / 3);
      set(a, b, dark);
      set(b, a, dark);
    }
  }

  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step++) {
      for (const x of [right, right - 1]) {
        const upwards = ((right + 1) & 2) === 0;
        const y = upwards ? size - 1 - step : step;
        if (fixed[y]![x] || at >= words.length * 8) continue;
        modules[y]![x] = ((words[at >>> 3]! >>> (7 - (at & 7))) & 1) === 1;
        at++;
      }
    }
  }

  const turn = (mask: number): void => {
    for (let y = 0; y < size; y++) {
      for (let x = 0; x < size; x++) if (!fixed[y]![x] && MASKS[mask]!(x, y)) modules[y]![x] = !modules[y]![x];
    }
  };
  let best = 0;
  let least = Infinity;
  for (let mask = 0; mask < 8; mask++) {
    turn(mask);
    format(mask);
    const found = penalty(modules);
    if (found < least) [best, least] = [mask, found];
    turn(mask);
  }
  turn(best);
  format(best);
  return modules;
}

function alignments(version: number): number[] {
  if (version === 1) return [];
  const along = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + along * 3 + 5) / (along * 4 - 4)) * 2;
  const places = [6];
  for (let at = version * 4 + 10; places.length < along; at -= step) places.splice(1, 0, at);
  return places;
}

/** Long runs, blocks, patterns like a finder's, and too much of one colour make scanning harder. */
function penalty(modules: Modules): number {
  const size = modules.length;
  let sum = 0;
  let dark = 0;
  const line = (at: (n: number) => boolean): void => {
    let text = "";
    for (let n = 0; n < size; n++) text += at(n) ? "1" : "0";
    for (const run of text.match(/0{5,}|1{5,}/g) ?? []) sum += run.length - 2;
    for (const pattern of ["10111010000", "00001011101"]) {
      for (let from = text.indexOf(pattern); from >= 0; from = text.indexOf(pattern, from + 1)) sum += 40;
    }
  };
  for (let n = 0; n < size; n++) {
    line((at) => modules[n]![at]!);
    line((at) => modules[at]![n]!);
  }
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (modules[y]![x]) dark++;
      if (!x || !y) continue;
      const colour = modules[y]![x];
      if (modules[y - 1]![x] === colour && modules[y]![x - 1] === colour && modules[y - 1]![x - 1] === colour) sum += 3;
    }
  }
  return sum + Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10;
}
