// browser-bench.mjs - five pages of the demo shop: our browser engine against playwright-core
// clicking the same path, and against Lighthouse's user flow (npm install in tests/bench).
//
//   node tests/bench/browser-bench.mjs BENCH PROGRAM [ROUNDS]
//
// Each contender is a program of its own, measured from outside in the same way: wall time,
// CPU seconds and peak memory (PSS) of its whole process tree. What a contender says it
// waited on purpose (settling) is taken out of its wall time. Contenders take turns; medians
// are shown, and ratios: believe these, not single times. SPDX-License-Identifier: MIT
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve as absolute } from "node:path";
import { fileURLToPath } from "node:url";

const [bench, program, rounds = "3"] = process.argv.slice(2);
const here = fileURLToPath(import.meta.url);
const chromium = process.env.CHROME_PATH || "/usr/lib/chromium/chromium";
const PATH = [".menu a[href*='/c/']", ".card a", ".buy form button", "a[href*='/c/all']"];
const flags = process.getuid() === 0 ? ["--no-sandbox"] : [];
const local = createRequire(new URL("./package.json", import.meta.url));

/* ---- contenders that run in a process of their own ---- */

async function playwright(url) {
  const { chromium: browsers } = createRequire(here)("playwright-core");
  const begun = performance.now();
  const browser = await browsers.launch({ executablePath: chromium, args: flags });
  const page = await browser.newPage();
  await page.goto(url);
  for (const selector of PATH) {
    await Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
  }
  await browser.close();
  return { wall_ms: performance.now() - begun, rest_ms: 0 };
}

async function lighthouse(url) {
  const { startFlow } = await import(local.resolve("lighthouse"));
  const puppeteer = (await import(local.resolve("puppeteer-core"))).default;
  const begun = performance.now();
  const browser = await puppeteer.launch({ executablePath: chromium, args: flags });
  const page = await browser.newPage();
  const flow = await startFlow(page);
  await flow.navigate(url);
  for (const selector of PATH)
    await flow.navigate(async () => { await page.click(selector); });
  await flow.createFlowResult();
  await browser.close();
  return { wall_ms: performance.now() - begun, rest_ms: 0 };
}

if (process.argv[2] === "--contender") {
  const run = process.argv[3] === "playwright" ? playwright : lighthouse;
  console.log(JSON.stringify(await run(process.argv[4])));
  process.exit(0);
}

/* ---- measuring a process tree from outside ---- */

function processes() {
  const found = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const parts = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      found.set(+name, { parent: +parts[1], ticks: +parts[11] + +parts[12] });
    } catch { /* it ended meanwhile */ }
  }
  return found;
}

function treeOf(root) {
  const all = processes();
  const tree = new Set([root]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid, { parent }] of all)
      if (!tree.has(pid) && tree.has(parent)) grew = !!tree.add(pid);
  }
  return [...tree].filter((pid) => all.has(pid)).map((pid) => [pid, all.get(pid).ticks]);
}

function pssOf(pid) {
  try {
    return +/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))[1];
  } catch {
    return 0;
  }
}

/** Run a command; its JSON answer, CPU seconds and peak PSS (MB) of its tree. */
function measured(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "inherit"] });
    const ticks = new Map();
    let out = "";
    let peak = 0;
    let turn = 0;
    const timer = setInterval(() => {
      let pss = 0;
      for (const [pid, used] of treeOf(child.pid)) {
        ticks.set(pid, used);
        if (turn % 4 === 0) pss += pssOf(pid);
      }
      turn++;
      peak = Math.max(peak, pss);
    }, 50);
    child.stdout.on("data", (bytes) => { out += bytes; });
    child.on("error", reject);
    child.on("close", (code) => {
      clearInterval(timer);
      if (code !== 0) return reject(new Error(`${command} ended with ${code}`));
      const sum = [...ticks.values()].reduce((all, used) => all + used, 0);
      const said = JSON.parse(out.trim().split("\n").pop());
      resolve({ wall: (said.wall_ms - said.rest_ms) / 1000, cpu: sum / 100, memory: peak / 1024 });
    });
  });
}

function shopStart() {
  const shop = spawn(program, ["demo", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve) => {
    shop.stdout.once("data", (bytes) => resolve([shop, `${String(bytes).split("\n")[0].trim()}/en/`]));
  });
}

const median = (list) => list.slice().sort((a, b) => a - b)[Math.floor(list.length / 2)];
const has = (name) => { try { return !!local.resolve(name); } catch { return false; } };
const contenders = [
  ["ours, no audit", absolute(bench), ["URL", "plain"]],
  ["playwright-core", process.execPath, [here, "--contender", "playwright", "URL"]],
  ["ours, everything", absolute(bench), ["URL", "full"]],
];
if (existsSync("/usr/lib/chromium/chromium-headless-shell"))
  contenders.push(["ours, everything, shell", absolute(bench), ["URL", "full", "shell"]]);
if (has("lighthouse") && has("puppeteer-core"))
  contenders.push(["lighthouse user flow", process.execPath, [here, "--contender", "lighthouse", "URL"]]);
else
  console.log("lighthouse is not installed: npm install --prefix tests/bench");

const [shop, url] = await shopStart();
const seen = new Map(contenders.map(([name]) => [name, []]));
try {
  for (let round = 0; round < +rounds; round++)
    for (const [name, command, args] of contenders) {
      if (name.startsWith("lighthouse") && round > 0) continue; // slow: once
      seen.get(name).push(await measured(command, args.map((word) => (word === "URL" ? url : word))));
    }
} finally {
  shop.kill("SIGTERM");
}
const of = (name, part) => median((seen.get(name) || []).map((run) => run[part]));
console.log(`five pages of the demo shop, ${rounds} rounds, medians (settling waits taken out)`);
for (const [name] of contenders)
  console.log(`  ${name.padEnd(24)} ${of(name, "wall").toFixed(2)} s  CPU ${of(name, "cpu").toFixed(2)} s  ` +
    `${of(name, "memory").toFixed(0)} MB`);
const ratio = (a, b, aims) => {
  if (!seen.get(b)?.length || !seen.get(a)?.length) return;
  const parts = ["wall", "cpu", "memory"].map((part) => (of(a, part) / of(b, part)).toFixed(3));
  console.log(`  ${a} / ${b}: wall ${parts[0]}, CPU ${parts[1]}, memory ${parts[2]} (aims: ${aims})`);
};
ratio("ours, no audit", "playwright-core", "wall 1");
ratio("ours, everything", "lighthouse user flow", "1/8, 1/5, 2/3");
ratio("ours, everything, shell", "lighthouse user flow", "1/12, 1/9, 1/3");
