// crawl-bench.mjs - `make bench-crawl`: our crawler and others on one generated site over loopback.
//
// 2,000 pages of about 60 KB with 60 links, served with gzip by a process of its own. Pages a second,
// CPU seconds per 1,000 pages (children included), peak memory (of all processes together, looked at every
// 100 ms). Rivals that are not installed are left out with a word. Believe CPU seconds and ratios, not
// single wall times. crawl-bench.mjs PROGRAM [PAGES]. SPDX-License-Identifier: MIT
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const words = "lamp shade brass glass oak linen warm light room table floor cord switch bulb maker hand made small large blue green".split(" ");

/** Page n: links spread over the whole site, text of its own. */
function page(n, pages) {
  let seed = n * 2654435761 + 1;
  const next = (below) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % below;
  const sentence = () => Array.from({ length: 12 }, () => words[next(words.length)]).join(" ");
  const links = Array.from({ length: 60 }, (_, i) => `<li><a href="/p/${(n * 60 + i + 1) % pages}">${sentence()}</a></li>`).join("\n");
  const text = Array.from({ length: 520 }, () => `<p class="line t${next(9)}">${sentence()}.</p>`).join("\n");
  return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Lamp ${n}</title><meta name="description" content="Lamp number ${n}"></head><body><header><nav><a href="/">Home</a></nav></header><main><h1>Lamp ${n}</h1>${text}<ul>${links}</ul></main></body></html>`;
}

function serve(pages) {
  const kept = new Map();
  createServer((request, response) => {
    const found = request.url === "/" ? 0 : Number(/^\/p\/(\d+)$/.exec(request.url)?.[1] ?? NaN);
    if (!(found < pages)) return response.writeHead(404, { "Content-Type": "text/html" }).end("<title>none</title>");
    const zipped = /gzip/.test(request.headers["accept-encoding"] ?? "");
    const key = `${found} ${zipped}`;
    let body = kept.get(key);
    if (!body) {
      body = zipped ? gzipSync(page(found, pages), { level: 1 }) : Buffer.from(page(found, pages));
      if (pages <= 5000) kept.set(key, body);
    }
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8", "Content-Length": body.length, ...(zipped && { "Content-Encoding": "gzip" }) });
    response.end(request.method === "HEAD" ? undefined : body);
  }).listen(0, "127.0.0.1", function () {
    console.log(this.address().port);
  });
}

const ticks = 100;

/** The process and all below it. */
function family(root) {
  const parents = new Map();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(Number(name), Number(readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) /, "").split(" ")[1]));
    } catch {}
  }
  const found = new Set([root]);
  for (let grew = true; grew; ) {
    grew = false;
    for (const [pid, parent] of parents) if (found.has(parent) && !found.has(pid)) grew = !!found.add(pid);
  }
  return found;
}

function memoryOf(root) {
  let kb = 0;
  for (const pid of family(root))
    try {
      kb += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {}
  return kb / 1024;
}

/** CPU seconds of a process that has ended, children that it waited for included. */
function run(argv, cwd) {
  return new Promise((done) => {
    const began = performance.now();
    let memory = 0;
    let cpu = 0;
    // bash's times knows what its children used.
    const child = spawn("bash", ["-c", '"$@" > /dev/null 2>&1; times >&2', "bash", ...argv], { cwd, stdio: ["ignore", "ignore", "pipe"] });
    let text = "";
    child.stderr.on("data", (bytes) => (text += bytes));
    const watch = setInterval(() => (memory = Math.max(memory, memoryOf(child.pid))), ticks);
    child.on("close", () => {
      clearInterval(watch);
      const last = text.trim().split("\n").at(-1) ?? "";
      for (const [, minutes, seconds] of last.matchAll(/(\d+)m([\d.]+)s/g)) cpu += Number(minutes) * 60 + Number(seconds);
      done({ wall: (performance.now() - began) / 1000, cpu, memory });
    });
  });
}

const has = (name) => spawnSync("bash", ["-c", `command -v ${name}`]).status === 0;

async function main(program, pages) {
  const server = spawn(process.execPath, [fileURLToPath(import.meta.url), "--serve", String(pages)], { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise((ready) => server.stdout.once("data", (bytes) => ready(String(bytes).trim())));
  const url = `http://127.0.0.1:${port}/`;
  const folder = mkdtempSync(join(tmpdir(), "mystery-bench-"));
  const rows = [
    ["mystery crawl, all rules", [program, "crawl", url, "-q", "--format", "json", "-o", join(folder, "a")], true],
    ["mystery crawl --rules none", [program, "crawl", url, "-q", "--format", "json", "-o", join(folder, "b"), "--rules", "none"], true],
    ["wget -r --spider", ["wget", "-q", "-r", "-l", "inf", "--spider", "-e", "robots=off", url], has("wget")],
    ["httrack", ["httrack", url, "-O", join(folder, "h"), "-q", "-p0", "-c16", "-%c0", "-A0", "-r99"], has("httrack")],
    ["linkchecker", ["linkchecker", "--no-warnings", "-t", "10", url], has("linkchecker")],
    ["linkinator", ["linkinator", url, "-r", "--concurrency", "16", "--silent"], has("linkinator")],
  ];
  console.log(`${pages} pages, gzip, loopback\n`);
  console.log("| crawler | pages/s | CPU s per 1,000 | peak memory MB (PSS) |\n|---|---|---|---|");
  for (const [name, argv, isThere] of rows) {
    if (!isThere) {
      console.log(`| ${name} | not installed | | |`);
      continue;
    }
    const { wall, cpu, memory } = await run(argv, folder);
    console.log(`| ${name} | ${(pages / wall).toFixed(0)} | ${((cpu * 1000) / pages).toFixed(2)} | ${memory.toFixed(0)} |`);
  }
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}

if (process.argv[2] === "--serve") serve(Number(process.argv[3]));
else await main(resolve(process.argv[2] ?? "mystery"), Number(process.argv[3] ?? 2000));
