// table.mjs - rows that run.mjs wrote (--write FILE), as the table of docs/faults.md:
//   node tests/faults/table.mjs HTTP.json CHROMIUM.json...
// SPDX-License-Identifier: MIT
import { readFileSync } from "node:fs";
import { all } from "./all.mjs";
import { judge } from "./judge.mjs";

const rows = process.argv.slice(2).flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
const cell = (row) => {
  if (!row) return "not run | |";
  const said = row.reasons.find((one) => one && row.code !== 0) ?? "";
  return `${judge({}, row).length ? "**unexpected** " : ""}${row.outcomes.join(", ") || "-"} (${row.code})${said ? `: ${said.slice(0, 90).replaceAll("|", "\\|")}` : ""} | ${row.seconds.toFixed(0)} s | ${row.memory} MB`;
};
console.log("| fault | http | time | memory | Chromium | time | memory |\n|---|---|---|---|---|---|---|");
for (const fault of all) {
  const of = (engine) => rows.findLast((row) => row.id === fault.id && row.engine === engine);
  if (of("http") || of("chromium")) console.log(`| \`${fault.id}\`: ${fault.what.replaceAll("|", "\\|")} | ${cell(of("http"))} | ${cell(of("chromium"))} |`);
}
for (const engine of ["http", "chromium"]) {
  const mine = rows.filter((row) => row.engine === engine);
  console.log(`\n${engine}: ${mine.length} runs, ${mine.filter((row) => judge({}, row).length).length} unexpected, longest ${Math.max(...mine.map((row) => row.seconds)).toFixed(0)} s, most memory ${Math.max(...mine.map((row) => row.memory))} MB.`);
}
