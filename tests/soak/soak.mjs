// soak.mjs - what takes too long for every commit: live comparisons of the demo shop with itself
// and with a slower one, kill -9 at random moments, ten thousand audits in the history.
// Usage: node tests/soak/soak.mjs [compare|kill|history ...]; COMPARES=40 KILLS=100 AUDITS=10000.
// Ends 1 when a promise of docs/ci.md is not kept. SPDX-License-Identifier: MIT
import { spawn, spawnSync } from "node:child_process";
import { createServer, request } from "node:http";
import { readFileSync, rmSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoShop, json, mystery, program } from "../cli/mystery.mjs";

const compares = Number(process.env.COMPARES ?? 40);
const kills = Number(process.env.KILLS ?? 100);
const audits = Number(process.env.AUDITS ?? 10000);
const folder = mkdtempSync(join(tmpdir(), "mystery-soak-"));
let broken = 0;

function promise(kept, text) {
  console.log(`${kept ? "kept  " : "BROKEN"} ${text}`);
  if (!kept) broken++;
}

/** A shop behind a proxy that lets product pages wait. */
function proxyOf(target, delayMs) {
  const server = createServer((incoming, answer) => {
    const isProduct = /^\/[a-z]{2}\/p\//.test(incoming.url);
    const forward = () => {
      // The shop names itself in its pages by the host it is asked for.
      const options = { host: "127.0.0.1", port: new URL(target).port, path: incoming.url, method: incoming.method, headers: incoming.headers };
      const outgoing = request(options, (reply) => {
        answer.writeHead(reply.statusCode, reply.rawHeaders);
        reply.pipe(answer);
      });
      outgoing.on("error", () => answer.destroy());
      incoming.pipe(outgoing);
    };
    if (isProduct && delayMs) setTimeout(forward, delayMs);
    else forward();
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve({ url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() })),
  );
}

const words = (result) => result.times.filter((time) => time.word === "worse");

async function liveCompare(before, after, name) {
  const output = join(folder, name);
  const ran = await mystery(["compare", "--live", before, after, "-n", "11", "--persona", "desktop", "--throttle", "none", "--fail-on", "regression", "-q", "-o", output, "--format", "json"]);
  const result = json(join(output, "comparison.json"));
  rmSync(output, { recursive: true });
  return { code: ran.code, result };
}

async function compareShow() {
  const shop = await demoShop();
  const plain = [await proxyOf(shop.url, 0), await proxyOf(shop.url, 0)];
  const slow = await proxyOf(shop.url, 200);
  let alarms = 0;
  let undecided = 0;
  let found = 0;
  let named = 0;
  for (let i = 0; i < compares; i++) {
    const { code } = await liveCompare(plain[0].url, plain[1].url, `aa${i}`);
    alarms += code === 2;
    undecided += code === 4;
  }
  promise(alarms <= compares / 40, `${alarms} alarms in ${compares} comparisons of a shop with itself (${undecided} inconclusive)`);
  for (let i = 0; i < compares; i++) {
    const { code, result } = await liveCompare(plain[0].url, slow.url, `slow${i}`);
    const worse = words(result);
    found += code === 2;
    named += worse.length === 1 && worse[0].page_kind === "product" && worse[0].step === "openProduct";
  }
  promise(found >= compares * 0.95, `${found} of ${compares} slow-downs of 200 ms found`);
  promise(named === found, `${named} of ${found} with the right page and step, and no other`);
  for (const server of [...plain, slow]) server.stop();
  await shop.stop();
}

function killedAfter(args, ms, env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: "ignore", env: { ...process.env, ...env } });
    const timer = setTimeout(() => child.kill("SIGKILL"), ms);
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      resolve(signal === "SIGKILL");
    });
  });
}

async function killShow() {
  const shop = await demoShop();
  const store = join(folder, "killed.db");
  const run = ["audit", shop.url, "--scenario", "buy", "--persona", "desktop", "-n", "1", "--crawl", "0", "--throttle", "none", "-q", "--store", store, "-o", join(folder, "killed"), "--format", "json"];
  const begin = Date.now();
  await mystery(run);
  const whole = Date.now() - begin;
  let killed = 0;
  let unsound = 0;
  for (let i = 0; i < kills; i++) {
    // Every fourth one dies while an old file is brought forward, most near the end, where it writes.
    const migrates = i % 4 === 3;
    if (migrates) spawnSync("sqlite3", [store, "DROP TABLE IF EXISTS prices; PRAGMA user_version = 1"]);
    const args = migrates ? ["history", "--store", store, "-q"] : run;
    const moment = migrates ? Math.random() * 40 : whole * (0.6 + 0.5 * Math.random());
    killed += await killedAfter(args, moment);
    const check = await mystery(["history", "check", "--store", store]);
    if (check.code !== 0) {
      unsound++;
      console.log(check.err);
    }
  }
  const after = await mystery(run);
  promise(unsound === 0, `${kills} runs, ${killed} killed: the history was sound every time (${unsound} unsound)`);
  promise(after.code === 0, "the next run works");
  await shop.stop();
}

function seconds(args) {
  const begin = process.hrtime.bigint();
  const ran = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1 << 30 });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return Number(process.hrtime.bigint() - begin) / 1e9;
}

async function historyShow() {
  const shop = await demoShop();
  const one = join(folder, "one.db");
  const store = join(folder, "many.db");
  const audit = join(folder, "audit");
  await mystery(["audit", shop.url, "-n", "3", "--crawl", "0", "--throttle", "none", "-q", "--store", one, "-o", audit, "--format", "json"]);
  const lines = join(folder, "one.jsonl");
  await mystery(["history", "export", lines, "--store", one]);
  const kept = JSON.parse(readFileSync(lines, "utf8"));
  const many = [];
  const start = Date.parse(kept.started);
  for (let i = 0; i < audits; i++) {
    kept.started = new Date(start - (audits - i) * 3600000).toISOString();
    kept.score = 70 + (i > audits / 2 ? 8 : 0) + Math.random() * 4;
    for (const page of kept.pages) if (page.ttfb_ms) page.ttfb_ms = 300 * Math.exp(0.2 * (Math.random() - 0.5)) * (page.kind === "product" && i > audits * 0.7 ? 1.6 : 1);
    many.push(JSON.stringify(kept));
    if (many.length < 500 && i < audits - 1) continue;
    const part = join(folder, "part.jsonl");
    writeFileSync(part, many.join("\n"));
    many.length = 0;
    const ran = await mystery(["history", "import", part, "--store", store]);
    if (ran.code !== 0) throw new Error(ran.err);
  }
  const size = statSync(store).size;
  console.log(`       ${audits} audits of ${kept.visits.length} visits and ${kept.pages.length} pages: ${Math.round(size / audits)} bytes each, ${(size / 1e6).toFixed(0)} MB`);
  const list = Math.min(...[1, 2, 3].map(() => seconds(["history", "--store", store])));
  promise(list < 0.1, `history: ${(list * 1000).toFixed(0)} ms`);
  const self = Math.min(...[1, 2, 3].map(() => seconds(["compare", audit, audit, "--store", "none", "--fail-on", "new-major"])));
  const last = Math.min(...[1, 2, 3].map(() => seconds(["compare", "last", audit, "--store", store, "--fail-on", "new-major"])));
  const load = Math.min(...[1, 2, 3].map(() => seconds(["compare", audit, audit, "--store", store, "--fail-on", "new-major"])));
  promise(load - self < 0.1, `looking up the spread of the sessions: ${((load - self) * 1000).toFixed(0)} ms (a comparison with the last: ${(last * 1000).toFixed(0)} ms in all)`);
  const page = Math.min(...[1, 2].map(() => seconds(["history", shop.url, "--store", store, "--format", "html", "-o", join(folder, "trends.html")])));
  promise(page < 2, `page of trends: ${page.toFixed(2)} s, ${(statSync(join(folder, "trends.html")).size / 1024).toFixed(0)} KB`);
  await shop.stop();
}

const shows = { compare: compareShow, kill: killShow, history: historyShow };
const wanted = process.argv.slice(2);
for (const name of wanted.length ? wanted : Object.keys(shows)) await shows[name]();
rmSync(folder, { recursive: true, force: true });
process.exit(broken ? 1 : 0);
