// The logical clock that orders all changes of all devices.
//
// Input: the wall clock and every stamp seen. Output: stamps whose order as text is their order in
// time. Responsibility: a stamp is later than everything this device knew when it was made, even
// where the wall clock was set back.

/** Nine places of milliseconds, three of a counter, six that name the tab; all in base 36. */
export interface Clock {
  /** A stamp later than all seen. */
  next(): string;
  /** Takes notice of a stamp made elsewhere. */
  observe(stamp: string): void;
}

const COUNTS = 36 ** 3;

export function makeClock(now: () => number, tab: string): Clock {
  let last = 0;
  let count = 0;
  return {
    next() {
      const wall = now();
      if (wall > last) {
        last = wall;
        count = 0;
      } else if (++count >= COUNTS) {
        last += 1;
        count = 0;
      }
      return digits(last, 9) + digits(count, 3) + tab;
    },
    observe(stamp) {
      const time = parseInt(stamp.slice(0, 9), 36);
      const counted = parseInt(stamp.slice(9, 12), 36);
      if (time > last || (time === last && counted > count)) {
        last = time;
        count = counted;
      }
    },
  };
}

/** Six random places: two tabs never make the same stamp. */
export function tabName(): string {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return digits(random[0]! % 36 ** 3, 3) + digits(random[1]! % 36 ** 3, 3);
}

function digits(value: number, places: number): string {
  return Math.floor(value).toString(36).padStart(places, "0");
}
