// judge.mjs - is what came of a trial what must come of it? SPDX-License-Identifier: MIT
import { readFileSync } from "node:fs";

const expected = JSON.parse(readFileSync(new URL("expected.json", import.meta.url), "utf8"));

// Of one audit with one visit, at most; the browser's own memory included.
const MOST = { http: { seconds: 150, memory: 700 }, chromium: { seconds: 200, memory: 3000 } };

/** What is wrong with a row; nothing when it is as expected. */
export function judge(fault, row) {
  const wrong = [];
  const wanted = expected[row.id]?.[row.engine];
  if (row.isKilled) wrong.push("hung");
  if (typeof row.code !== "number") wrong.push(`ended by ${row.code}`);
  if (row.touched.length) wrong.push(`walked into ${row.touched.join(", ")}`);
  if (row.reasons.some((reason) => /signal \d|process failed/.test(reason))) wrong.push("a visit crashed");
  if (row.seconds > MOST[row.engine].seconds) wrong.push(`took ${row.seconds.toFixed(0)} s`);
  if (row.memory > MOST[row.engine].memory) wrong.push(`took ${row.memory} MB`);
  // Where the outcome depends on the machine, only the bounds are held.
  if (!wanted) return wrong;
  if (row.code !== wanted.code) wrong.push(`exit ${row.code}, not ${wanted.code}`);
  if (row.outcomes.join(",") !== wanted.outcome) wrong.push(`${row.outcomes.join(",")}, not ${wanted.outcome}`);
  if (wanted.says && !`${row.reasons.join(" ")} ${row.says}`.includes(wanted.says)) wrong.push(`does not say '${wanted.says}'`);
  return wrong;
}
