// judge.mjs - is what came of a trial what must come of it? SPDX-License-Identifier: MIT
import { readFileSync } from "node:fs";

const expected = JSON.parse(readFileSync(new URL("expected.json", import.meta.url), "utf8"));

// Of one audit with one visit, at most; the browser's own memory included.
const MOST = { http: { seconds: 150, memory: 700 }, chromium: { seconds: 200, memory: 3000 } };

const oneOf = (allowed, value) => [allowed].flat().includes(value);

/** What is wrong with a row; nothing when it is as expected. Where the outcome depends on the
 * machine, the expectation is a list; "memory": MB, of a row known to be heavy. */
export function judge(fault, row) {
  const wrong = [];
  const wanted = expected[row.id]?.[row.engine];
  const memory = wanted?.memory ?? MOST[row.engine].memory;
  const outcome = row.outcomes.join(",");
  if (row.isKilled) wrong.push("hung");
  if (typeof row.code !== "number") wrong.push(`ended by ${row.code}`);
  if (row.touched.length) wrong.push(`walked into ${row.touched.join(", ")}`);
  if (row.reasons.some((reason) => /signal \d|process failed/.test(reason))) wrong.push("a visit crashed");
  if (row.seconds > MOST[row.engine].seconds) wrong.push(`took ${row.seconds.toFixed(0)} s`);
  if (row.memory > memory) wrong.push(`took ${row.memory} MB`);
  if (!wanted) return [...wrong, `nobody said what must come of it: exit ${row.code}, ${outcome}`];
  if (!oneOf(wanted.code, row.code)) wrong.push(`exit ${row.code}, not ${wanted.code}`);
  if (!oneOf(wanted.outcome, outcome)) wrong.push(`${outcome}, not ${wanted.outcome}`);
  const said = `${row.reasons.join(" ")} ${row.says}`;
  if (wanted.says && ![wanted.says].flat().some((text) => said.includes(text))) wrong.push(`does not say '${wanted.says}'`);
  return wrong;
}
