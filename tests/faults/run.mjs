// run.mjs - the fault shop's table: every fault against every engine.
//   node tests/faults/run.mjs PROGRAM [--engine http|chromium] [--only PATTERN] [--write FILE]
// SPDX-License-Identifier: MIT
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { all } from "./all.mjs";
import { judge } from "./judge.mjs";
import { trial } from "./trial.mjs";
import { certificatesMake, folderMake, worldArguments, worldMake } from "./world.mjs";

const { values, positionals } = parseArgs({ allowPositionals: true, options: {
  engine: { type: "string" }, only: { type: "string" }, write: { type: "string" }, keep: { type: "boolean" } } });
const program = positionals[0] ?? "./mystery";

// Once more, inside a network of our own.
if (!process.env.FAULTS_WORLD) {
  const args = worldArguments();
  const env = { ...process.env, FAULTS_WORLD: args ? "own" : "none" };
  const self = [process.execPath, ...process.argv.slice(1)];
  const done = args ? spawnSync("unshare", [...args, ...self], { stdio: "inherit", env })
    : spawnSync(self[0], self.slice(1), { stdio: "inherit", env });
  process.exit(done.status ?? 1);
}

const isOwn = process.env.FAULTS_WORLD === "own";
const folder = folderMake();
if (isOwn) worldMake(folder);

function shopStart() {
  const child = spawn(program, ["demo", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.stdout.once("data", (bytes) => resolve({ url: `${bytes.toString().split("\n")[0]}/`, child }));
    child.on("close", () => reject(new Error("the demo shop ended")));
  });
}

const shop = await shopStart();
const world = { shop: shop.url, folder, program, isOwn, certificates: certificatesMake(folder), keeps: values.keep };
const pattern = new RegExp(values.only ?? ".");
const engines = values.engine ? [values.engine] : ["http", "chromium"];
const rows = [];
const wrong = [];
for (const fault of all.filter((one) => pattern.test(one.id)))
  for (const engine of engines) {
    if ((fault.dns || fault.netns || fault.trap) && !isOwn) {
      console.log(`${fault.id.padEnd(22)} ${engine.padEnd(9)} skipped: needs a network of its own`);
      continue;
    }
    const row = await trial(fault, engine, world);
    row.faults = judge(fault, row);
    rows.push(row);
    if (values.write) writeFileSync(values.write, JSON.stringify(rows, null, 1));
    if (row.faults.length) wrong.push(row);
    console.log([fault.id.padEnd(22), engine.padEnd(9), String(row.code).padStart(2), `${row.seconds.toFixed(1)} s`.padStart(8),
      `${row.memory} MB`.padStart(8), row.faults.length ? `UNEXPECTED (${row.faults.join("; ")})` : "as expected",
      row.outcomes.join(",") || row.says || "-", row.reasons.join(" | ")].join("  ").slice(0, 300));
  }
shop.child.removeAllListeners("close");
shop.child.kill();
if (!values.keep) rmSync(folder, { recursive: true, force: true });
else console.log(`kept in ${folder}`);
console.log(`${all.length} faults, ${rows.length} runs, ${wrong.length} unexpected; longest ${Math.max(...rows.map((r) => r.seconds)).toFixed(0)} s, most memory ${Math.max(...rows.map((r) => r.memory))} MB`);
process.exit(wrong.length ? 1 : 0);
