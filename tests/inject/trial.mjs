// trial.mjs - one command with one call that fails: did it end as it must?
// SPDX-License-Identifier: MIT
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, openSync, closeSync, readdirSync, readFileSync, readlinkSync, lstatSync, rmSync } from "node:fs";
import { join } from "node:path";
import { oldMake } from "./commands.mjs";

const LIMIT_MS = 90_000;
// Tried again or in pieces, a call is done: nothing may differ.
const HARMLESS = ["interrupt", "short-read", "short-write"];
// What a visit meets on its way is told in its result.
const NETWORK = ["connect", "receive", "send"];

/** All files below a folder by name: their bytes; of a link, where it leads. */
function filesOf(folder, under = "") {
  const files = new Map();
  for (const name of readdirSync(join(folder, under))) {
    const path = join(under, name);
    const status = lstatSync(join(folder, path));
    if (status.isDirectory()) for (const [key, value] of filesOf(folder, path)) files.set(key, value);
    else files.set(path, status.isSymbolicLink() ? `-> ${readlinkSync(join(folder, path))}` : readFileSync(join(folder, path), "latin1"));
  }
  return files;
}

/** Who still runs, started by a trial of this mark? */
function leftRunning(mark) {
  return readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, "latin1").includes(mark) && !/^State:\s+Z/m.test(readFileSync(`/proc/${name}/status`, "latin1"));
    } catch {
      return false;
    }
  });
}

function start(world, command, folder, inject) {
  const log = join(folder, "log");
  const fd = openSync(log, "w");
  const env = { ...process.env, LC_ALL: "C", NO_COLOR: "1", HOME: join(folder, "tmp"), TMPDIR: join(folder, "tmp"), MYSTERY_OPTION_STORE: "none", SOURCE_DATE_EPOCH: "1800000000",
    ...world.env, INJECT_MARK: folder, INJECT_LOG: "3", LD_PRELOAD: world.preload, ...inject };
  return new Promise((resolve) => {
    const child = spawn(world.program, command.args(world.material, folder), { cwd: folder, env, stdio: ["ignore", "pipe", "pipe", fd] });
    closeSync(fd);
    const result = { out: "", err: "" };
    child.stdout.on("data", (bytes) => (result.out += bytes.toString("latin1")));
    child.stderr.on("data", (bytes) => (result.err += bytes.toString("latin1")));
    const timer = setTimeout(() => { result.isKilled = true; child.kill("SIGKILL"); }, LIMIT_MS);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve({ ...result, code: signal ?? code, log: readFileSync(log, "utf8") });
    });
  });
}

/** Run a command with what inject says (INJECT_…), in a folder of its own. */
export async function attempt(world, command, inject) {
  const folder = mkdtempSync(join(world.folder, "run-"));
  oldMake(folder);
  command.prepare?.(world.material, folder);
  const result = await start(world, command, folder, inject);
  result.files = filesOf(join(folder, "out"));
  result.temporary = [...filesOf(join(folder, "tmp")).keys()];
  result.running = leftRunning(`INJECT_MARK=${folder}`);
  const database = join(folder, "history.db");
  result.hasJournal = existsSync(`${database}-journal`) || existsSync(`${database}-wal`);
  rmSync(folder, { recursive: true, force: true });
  return result;
}

function isWhole(name, bytes) {
  if (name.endsWith(".json") || name.endsWith(".har") || name.endsWith(".sarif")) {
    try {
      JSON.parse(bytes);
    } catch {
      return false;
    }
  }
  return !name.endsWith(".html") || /<\/html>\s*$/.test(bytes);
}

function filesJudge(command, clean, result, wrong) {
  for (const [name, bytes] of result.files) {
    if (bytes === `the old ${name}\n` || bytes === clean.files.get(name)) continue;
    if (!clean.files.has(name) && (/\.tmp\.|-journal$|-wal$/.test(name) || !command.isLive)) wrong.push(`left ${name}`);
    else if (!command.isLive) wrong.push(`${name} is neither old nor new`);
    else if (!isWhole(name, bytes)) wrong.push(`${name} is not whole`);
  }
  if (result.temporary.length) wrong.push(`left ${result.temporary.slice(0, 3).join(", ")} in the temporary folder`);
  if (result.running.length) wrong.push(`left process ${result.running.join(", ")}`);
}

/** Every file is there, and new where it was without a failure. */
function isComplete(clean, result) {
  return [...clean.files].every(([name, bytes]) => bytes === `the old ${name}\n` ? result.files.get(name) === bytes
    : result.files.has(name) && result.files.get(name) !== `the old ${name}\n`);
}

/** What an audit found, but for what depends on the hour and the load. */
function judgedOf(result) {
  const bytes = result.files.get("audit.json");
  if (!bytes || bytes === "the old audit.json\n") return null;
  const audit = JSON.parse(bytes);
  const visits = (audit.journeys ?? []).flatMap((journey) => journey.visits.map((visit) => visit.outcome));
  const findings = (audit.findings ?? []).filter((finding) => finding.dimension !== "speed").map((finding) => `${finding.rule} ${finding.outcome}`);
  return JSON.stringify([visits, findings.sort(), audit.pages_total, (result.files.get("report.html") ?? "").split("<section").length]);
}

/** The same result as without a failure? */
function isSame(command, clean, result) {
  if (result.code !== clean.code) return false;
  if (command.isLive) return isComplete(clean, result) && judgedOf(result) === judgedOf(clean);
  return result.out === clean.out && [...clean.files].every(([name, bytes]) => result.files.get(name) === bytes);
}

/** The visit that was hit says so. */
function toldByVisit(result) {
  try {
    const audit = JSON.parse(result.files.get("audit.json"));
    return audit.journeys.some((journey) => journey.visits.some((visit) => visit.outcome === "error" || visit.outcome === "abandoned" || visit.outcome === "cannot"));
  } catch {
    return false;
  }
}

/** What is wrong with how a command ended whose nth call of a kind failed. */
export function judge(command, { kind, on }, clean, result) {
  const wrong = [];
  const hit = /^hit \S+ \d+ (\w+)$/m.exec(result.log);
  if (result.isKilled) wrong.push("hung");
  else if (typeof result.code !== "number") wrong.push(`ended by ${result.code}`);
  else if (![0, 1, 2, 4, clean.code].includes(result.code)) wrong.push(`exit ${result.code}`);
  filesJudge(command, clean, result, wrong);
  const errors = result.err.split("\n").filter((line) => /^mystery: /.test(line));
  // Where memory is gone for good, a visit and who waits for it each say so.
  const told = on && kind === "alloc" ? new Set(errors).size : errors.length;
  if (result.code === 1 && told !== 1) wrong.push(`${told} messages: ${result.err.slice(0, 200)}`);
  if (!hit) return { wrong, hit: "none" };
  const same = isSame(command, clean, result);
  if (HARMLESS.includes(kind) && !same) wrong.push(`exit ${result.code}, or another result than without: ${result.err.slice(0, 160)}`);
  else if (kind === "alloc" && hit[1] === "main" && (result.code !== 1 || !/^mystery: out of memory$/m.test(result.err))) wrong.push(`exit ${result.code}, not 1 and out of memory`);
  else if (!NETWORK.includes(kind) && result.code !== 1 && !same && !(hit[1] === "child" && toldByVisit(result)))
    wrong.push(`exit ${result.code} with another result`);
  return { wrong, hit: hit[1], isSame: same };
}
