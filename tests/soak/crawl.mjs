// crawl.mjs - the crawler on a generated shop of PAGES pages (100,000), killed KILLS times (3) by SIGKILL
// at moments spread over the crawl. Every page must stand in the index once, with its own title, and the
// answers must be those of the shop; memory (PSS of all processes) must stay under 128 MB and flat after
// the first tenth. SPDX-License-Identifier: MIT
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const program = process.env.MYSTERY_TEST_PROGRAM;
const pages = Number(process.env.PAGES ?? 100000);
const kills = Number(process.env.KILLS ?? 3);
const LIMIT_MB = 128;
const asked = new Uint8Array(pages);
let served = 0;

function body(n) {
  const links = Array.from({ length: 30 }, (_, i) => `<a href="/p/${i < 10 ? (n * 10 + i + 1) % pages : (n * 7919 + i * 104729) % pages}">Lamp ${i}</a>`).join(" ");
  const dead = n % 1000 === 7 ? `<a href="/dead/${n}">gone</a>` : "";
  return `<!DOCTYPE html><html lang="en"><head><title>Lamp ${n}</title></head><body><header><nav><a href="/">Home</a></nav></header><main><h1>Lamp ${n}</h1><p>Lamp number ${n} of a shop that has so very many of them that nobody could ever look at each by hand.</p>${links}${dead}</main></body></html>`;
}

const server = createServer((request, response) => {
  const n = request.url === "/" ? 0 : Number(/^\/p\/(\d+)$/.exec(request.url)?.[1] ?? NaN);
  if (!(n < pages)) return response.writeHead(404, { "Content-Type": "text/html" }).end("<title>none</title>");
  served++;
  if (asked[n] < 255) asked[n]++;
  response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(body(n));
}).listen(0, "127.0.0.1");
await new Promise((ready) => server.on("listening", ready));

function memoryOf(root) {
  let kb = 0;
  const parents = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  for (const pid of parents)
    try {
      const parent = Number(readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ")[1]);
      if (Number(pid) === root || parent === root) kb += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);
    } catch {}
  return kb / 1024;
}

const folder = mkdtempSync(join(tmpdir(), "mystery-soak-"));
const args = ["crawl", `http://127.0.0.1:${server.address().port}/`, "-o", folder, "-q", "--rules", "none", "--format", "json,csv", "--pages", String(pages * 2)];
let early = 0;
let late = 0;
const began = performance.now();

/** One run; ends by itself, or by SIGKILL once `until` pages were served. */
function run(until) {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: ["ignore", "ignore", "inherit"] });
    const watch = setInterval(() => {
      const memory = memoryOf(child.pid);
      if (served < pages / 10) early = Math.max(early, memory);
      else late = Math.max(late, memory);
      if (served >= until) child.kill("SIGKILL");
    }, 200);
    child.on("close", (code) => {
      clearInterval(watch);
      done(code);
    });
  });
}

for (let k = 1; k <= kills; k++) await run(Math.floor((pages * (k - Math.random() / 2)) / (kills + 1)));
const code = await run(Infinity);
const seconds = (performance.now() - began) / 1000;
const report = JSON.parse(readFileSync(join(folder, "crawl.json"), "utf8"));
const rows = readFileSync(join(folder, "pages.csv"), "utf8").split("\r\n").slice(1).filter((row) => /\/(p\/\d+)?"?,/.test(row) && row.includes('"200"'));
const urls = new Set(rows.map((row) => row.split(",")[0]));
const dead = report.questions.find((one) => one.id === "links-internal").count;
const refetched = asked.reduce((sum, times) => sum + Math.max(0, times - 1), 0);
const mb = (bytes) => (bytes / 1048576).toFixed(1);
console.log(`${pages} pages, ${kills} kills: ${seconds.toFixed(0)} s, ${(pages / seconds).toFixed(0)} pages/s`);
console.log(`memory: ${early.toFixed(0)} MB in the first tenth, ${late.toFixed(0)} MB after it; index ${mb(statSync(join(folder, "site-index.db")).size)} MB`);
console.log(`${rows.length} rows, ${urls.size} addresses, ${dead} dead links, ${refetched} pages asked again after a kill`);
server.close();
rmSync(folder, { recursive: true, force: true });

const reached = asked.reduce((sum, times) => sum + (times > 0), 0);
const faults = [];
if (code !== 0) faults.push(`ended with ${code}`);
if (!report.complete) faults.push("not complete");
if (rows.length !== urls.size) faults.push("a page stands there twice");
if (Math.abs(urls.size - reached) > 1) faults.push(`${reached} pages served, ${urls.size} in the index`);
if (dead !== Math.floor((pages - 8) / 1000) + 1) faults.push(`${dead} dead links`);
// Under way when it was killed, and not yet committed: two commits' worth at most.
if (refetched > kills * 200 + 2) faults.push(`${refetched} pages were asked again`);
if (Math.max(early, late) > LIMIT_MB) faults.push(`more than ${LIMIT_MB} MB`);
if (pages >= 50000 && late > early * 1.3 + 8) faults.push("memory grows");
for (const fault of faults) console.log(`FAULT: ${fault}`);
process.exit(faults.length ? 1 : 0);
