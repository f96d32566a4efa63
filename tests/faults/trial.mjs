// trial.mjs - one fault, one engine, one audit: what came of it, how long, how much memory.
// SPDX-License-Identifier: MIT
import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { frontOpen } from "./front.mjs";
import { PUBLIC, nameServer, trapsOpen } from "./world.mjs";

/** Memory of a process and all below it, in MB: each shared page counted once. */
function memoryOf(root) {
  const parents = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const text = readFileSync(`/proc/${name}/stat`, "latin1");
      parents.set(+name, +text.slice(text.lastIndexOf(")") + 4).split(" ")[0]);
    } catch { /* it has ended */ }
  }
  const mine = new Set([root]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid, parent] of parents)
      if (mine.has(parent) && !mine.has(pid)) grew = mine.add(pid) && true;
  }
  let kilobytes = 0;
  for (const pid of mine) {
    try {
      kilobytes += +(/^Pss: +(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "latin1"))?.[1] ?? 0);
    } catch { /* it has ended */ }
  }
  return kilobytes / 1024;
}

/** Run a command with a last deadline: { code, err, seconds, memory, isKilled }. */
export function run(command, args, limit, env) {
  return new Promise((resolve) => {
    const begun = Date.now();
    const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    const result = { out: "", err: "", memory: 0, isKilled: false };
    child.stdout.on("data", (bytes) => (result.out += bytes));
    child.stderr.on("data", (bytes) => (result.err += bytes));
    const watch = setInterval(() => (result.memory = Math.max(result.memory, memoryOf(child.pid))), 250);
    const end = setTimeout(() => { result.isKilled = true; child.kill("SIGKILL"); }, limit * 1000);
    child.on("close", (code, signal) => {
      clearInterval(watch);
      clearTimeout(end);
      resolve({ ...result, code: signal ?? code, seconds: (Date.now() - begun) / 1000 });
    });
  });
}

/** What is the same in every run: no ports, no times. */
function plain(text) {
  return text.replace(/(127\.0\.0\.1|203\.0\.113\.10|shop\.test|localhost|10\.9\.8\.7):\d+/g, "$1").replace(/after \d+ ms/g, "after … ms").replace(/\d+ (ms|bytes)/g, "… $1");
}

function auditRead(folder) {
  const path = join(folder, "audit.json");
  if (!existsSync(path)) return { outcomes: [], reasons: [], fails: [], status: null };
  const audit = JSON.parse(readFileSync(path, "utf8"));
  const visits = audit.journeys.flatMap((journey) => journey.visits);
  return {
    status: audit.verdict.status,
    score: audit.verdict.score,
    outcomes: visits.map((visit) => visit.outcome),
    reasons: visits.map((visit) => plain(visit.reason ?? "")),
    steps: visits.map((visit) => visit.steps.map((step) => `${step.id}=${step.outcome}`).join(" ")),
    fails: [...new Set(audit.findings.filter((f) => f.outcome === "fail").map((f) => f.rule))],
  };
}

/** One trial. world: { shop, certificates, folder, program, isOwn }. */
export async function trial(fault, engine, world) {
  const tls = world.certificates?.load(fault.tls?.certificate ?? "good");
  const named = fault.dns && !fault.url;
  const place = { tls, address: named ? PUBLIC : "127.0.0.1" };
  const front = await frontOpen({ ...fault, host: named ? "shop.test" : undefined }, world.shop, place);
  const traps = fault.trap ? await trapsOpen(front.port) : { touched: [], stop() {} };
  front.trapPort = traps.port;
  const names = fault.dns ? await nameServer((name, type) => fault.dns(name, type, front)) : null;
  const output = join(world.folder, `${fault.id}-${engine}`);
  const trust = (fault.tls && !fault.tls.certificate) || fault.http2
    ? (engine === "http" ? ["--cacert", world.certificates.file] : ["-k"]) : [];
  // The browser takes its time: it only looks around.
  const scenario = engine === "http" ? "buy" : new URL("glance.json", import.meta.url).pathname;
  const args = ["audit", front.url, "--engine", engine, "--scenario", scenario, "--persona", "desktop", "-n", String(fault.visits ?? 1),
    "-j", "1", "--crawl", String(fault.crawl ?? 1), "--time-limit", "90s", "--pace", "brisk", "--format", "html,json,har", "-o", output, "--no-color", ...trust];
  const result = await run(world.program, args, 240, { MYSTERY_OPTION_STORE: "none", LC_ALL: "C" });
  await front.stop();
  names?.close();
  traps.stop();
  const audit = auditRead(output);
  const lastLine = result.err.trim().split("\n").filter((line) => /^mystery|hint/.test(line)).join(" ");
  if (!world.keeps) rmSync(output, { recursive: true, force: true });
  return { id: fault.id, engine, code: result.code, seconds: result.seconds, memory: Math.round(result.memory),
    isKilled: result.isKilled, says: plain(lastLine), touched: traps.touched, ...audit };
}
