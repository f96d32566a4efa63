// run.mjs - failure injection: each way by which a command comes to a call (of a kind) fails once.
//   node tests/inject/run.mjs PROGRAM LIBRARY [--command ID] [--kind KIND] [--most N] [--jobs N]
// --most: of every command and kind at most N calls, spread over all. SPDX-License-Identifier: MIT
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { inject } from "./sweep.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: {
  command: { type: "string" }, kind: { type: "string" }, most: { type: "string" }, jobs: { type: "string" } } });
const [program, library] = positionals.map((path) => resolve(path));
const { rows, wrong } = await inject({ program, library, only: values.command, kind: values.kind, most: +(values.most ?? Infinity), jobs: +(values.jobs ?? 2), print: console.log });
const total = rows.reduce((sum, row) => sum + row.tried, 0);
console.log(`${total} failures over ${new Set(rows.map((row) => row.command)).size} commands, ${wrong} with a wrong end`);
process.exit(wrong || !total ? 1 : 0);
