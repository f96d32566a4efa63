// sweep.mjs - which calls fail, one after the other; the table of how that ended.
// SPDX-License-Identifier: MIT
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commands, materialMake } from "./commands.mjs";
import { attempt, judge } from "./trial.mjs";

const REPORTED_MOST = 5;

function shopStart(program) {
  const child = spawn(program, ["demo", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    child.stdout.once("data", (bytes) => resolve({ url: `${bytes.toString().split("\n")[0]}/`, child }));
    child.on("close", () => reject(new Error("the demo shop ended")));
  });
}

function plainRun(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"] });
    let err = "";
    child.stderr.on("data", (bytes) => (err += bytes));
    child.on("close", (code) => resolve({ code, err }));
  });
}

/** The first and the last call of each way the program came to one, by kind. */
function callsOf(log) {
  const calls = new Map();
  for (const [, kind, first, last] of log.matchAll(/^(\S+) (\d+) (\d+)$/gm)) {
    if (!calls.has(kind)) calls.set(kind, new Set());
    calls.get(kind).add(+first).add(+last);
  }
  return calls;
}

/** At most so many, spread over all. */
function spread(numbers, most) {
  const sorted = [...numbers].sort((a, b) => a - b);
  if (sorted.length <= most) return sorted;
  return Array.from({ length: most }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / Math.max(1, most - 1))]);
}

async function inParallel(jobs, items, work) {
  const queue = items[Symbol.iterator]();
  await Promise.all(Array.from({ length: jobs }, async () => {
    for (const item of queue) await work(item);
  }));
}

async function kindTry(world, command, kind, clean, numbers, plan) {
  const row = { command: command.id, kind, tried: 0, hit: 0, same: 0, wrong: [] };
  const tries = numbers.flatMap((at) => (["write", "fork", "alloc"].includes(kind) && !plan.once ? [{ at }, { at, on: true }] : [{ at }]));
  await inParallel(plan.jobs, tries, async ({ at, on }) => {
    const result = await attempt(world, command, { INJECT_KIND: kind, INJECT_AT: String(at), ...(on ? { INJECT_ON: "1" } : {}) });
    const verdict = judge(command, { kind, on }, clean, result);
    row.tried++;
    if (verdict.hit !== "none") row.hit++;
    if (verdict.isSame) row.same++;
    if (verdict.wrong.length) row.wrong.push(`${at}${on ? "+" : ""}: ${verdict.wrong.join("; ")}`);
  });
  return row;
}

/** plan: program, library, env, preload, only, kind, most, jobs, once, print. */
export async function inject(plan) {
  const folder = mkdtempSync(join(tmpdir(), "mystery-inject-"));
  const shop = await shopStart(plan.program);
  const rows = [];
  let wrong = 0;
  try {
    const material = await materialMake((args) => plainRun(plan.program, args), shop.url, folder);
    const world = { folder, material, program: plan.program, preload: plan.preload ?? plan.library, env: plan.env ?? {} };
    for (const command of commands.filter((one) => !plan.only || plan.only.split(",").includes(one.id))) {
      const clean = await attempt(world, command, {});
      const traced = await attempt(world, command, { INJECT_TRACE: "1" });
      for (const [kind, numbers] of [...callsOf(traced.log)].sort()) {
        if (plan.kind && !plan.kind.split(",").includes(kind)) continue;
        const row = await kindTry(world, command, kind, clean, spread(numbers, plan.most), plan);
        rows.push(row);
        wrong += row.wrong.length;
        plan.print?.(`${row.command.padEnd(13)} ${kind.padEnd(12)} ${String(row.tried).padStart(5)} tried ${String(row.hit).padStart(5)} hit ${String(row.same).padStart(5)} without effect ${String(row.wrong.length).padStart(4)} wrong`);
        for (const text of row.wrong.slice(0, REPORTED_MOST)) plan.print?.(`    ${text}`);
      }
    }
  } finally {
    shop.child.removeAllListeners("close");
    shop.child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
  return { rows, wrong };
}
