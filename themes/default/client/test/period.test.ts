// ISO weeks, months, quarters.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dayOf, daysBefore, periodOf, weekOf } from "../src/period";

test("weeks at the turn of the year", () => {
  const cases: [string, string][] = [
    ["2026-11-22", "2026-W47"], ["2026-11-23", "2026-W48"], ["2025-12-28", "2025-W52"], ["2025-12-29", "2026-W01"],
    ["2026-12-31", "2026-W53"], ["2027-01-01", "2026-W53"], ["2027-01-03", "2026-W53"], ["2027-01-04", "2027-W01"],
    ["2024-12-30", "2025-W01"], ["2021-01-03", "2020-W53"], ["2016-01-01", "2015-W53"],
  ];
  for (const [day, week] of cases) assert.equal(weekOf(new Date(`${day}T23:30:00`)), week, day);
});

test("every week has seven days and weeks never go backwards", () => {
  let last = "";
  let days = 0;
  for (let n = 8000; n >= 0; n--) {
    const week = weekOf(daysBefore(new Date(2036, 0, 15), n));
    assert.ok(week >= last);
    if (week !== last && last && n < 7990) assert.equal(days, 7, last);
    days = week === last ? days + 1 : 1;
    last = week;
  }
});

test("periods by cadence", () => {
  const moment = new Date(2026, 10, 22, 12);
  assert.equal(periodOf("weekly", moment), "2026-W47");
  assert.equal(periodOf("monthly", moment), "2026-11");
  assert.equal(periodOf("quarterly", moment), "2026-Q4");
  assert.equal(periodOf("once", moment), "");
  assert.equal(periodOf(undefined, moment), "");
  assert.equal(dayOf(moment), "2026-11-22");
});
