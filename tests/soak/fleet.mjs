// fleet.mjs - three NATS nodes, PostgreSQL, workers: during JOBS audits every worker is killed once,
// one node is killed, PostgreSQL is restarted; then how throughput grows with workers and what
// queue and store cost. Usage: node tests/soak/fleet.mjs [kills|speed ...]; JOBS=500 WORKERS=4.
// Ends 1 when a promise of docs/scale.md is not kept. SPDX-License-Identifier: MIT
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoShop, mystery, program } from "../cli/mystery.mjs";
import { freePort, natsServer, postgresServer, until } from "../cli/servers.mjs";

const jobs = Number(process.env.JOBS ?? 500);
const workerCount = Number(process.env.WORKERS ?? 4);
const folder = mkdtempSync(join(tmpdir(), "mystery-fleet-"));
const scratch = join(folder, "scratch");
mkdirSync(scratch);
// The servers run as nobody where this runs as root.
chmodSync(folder, 0o755);
const options = { scenario: "buy", persona: "desktop", engine: "http", visits: 1, crawl: 0, throttle: "none" };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
let broken = 0;

function promise(kept, text) {
  console.log(`${kept ? "kept  " : "BROKEN"} ${text}`);
  if (!kept) broken++;
}

/** Addresses of many "shops" on a few sites. */
function panelOf(shops, count, name, more = {}) {
  const path = join(folder, `${name}.json`);
  const urls = Array.from({ length: count }, (_, i) => `${shops[i % shops.length].url}?shop=${i}`);
  writeFileSync(path, JSON.stringify({ options: { ...options, ...more }, shops: urls }));
  return path;
}

/** Three nodes that replicate everything. */
async function cluster() {
  const ports = await Promise.all([0, 1, 2].map(() => freePort()));
  const routes = await Promise.all([0, 1, 2].map(() => freePort()));
  const start = (i, at) =>
    natsServer({
      port: ports[i],
      folder: at ?? mkdtempSync(join(folder, `nats${i}-`)),
      options: ["-n", `node${i}`, "--cluster_name", "soak", "--cluster", `nats://127.0.0.1:${routes[i]}`, "--routes", routes.map((port) => `nats://127.0.0.1:${port}`).join(",")],
    });
  const nodes = await Promise.all([0, 1, 2].map((i) => start(i)));
  return { nodes, start, url: `nats://${ports.map((port) => `127.0.0.1:${port}`).join(",")}` };
}

function worker(queue, store, slots) {
  const env = { ...process.env, LC_ALL: "C", TMPDIR: scratch };
  const child = spawn(program, ["worker", "--queue", queue, "--store", store, "-j", String(slots)], { env, stdio: ["ignore", "ignore", "pipe"] });
  const events = {};
  let rest = "";
  child.stderr.on("data", (bytes) => {
    const lines = (rest + bytes).split("\n");
    rest = lines.pop();
    for (const line of lines.filter((one) => one.startsWith("{"))) {
      const { event } = JSON.parse(line);
      events[event] = (events[event] ?? 0) + 1;
    }
  });
  const ended = new Promise((resolve) => child.on("close", (code, signal) => resolve(signal ?? code)));
  return { child, events, ended };
}

async function status(queue) {
  const ran = await mystery(["queue", "status", "--queue", queue, "--format", "json"]);
  return ran.code === 0 ? JSON.parse(ran.out) : null;
}

/** Processes that carry our folder in their arguments. */
function leftovers() {
  return readdirSync("/proc").filter((pid) => {
    try {
      return /^\d+$/.test(pid) && Number(pid) !== process.pid && readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(scratch);
    } catch {
      return false;
    }
  });
}

async function allDone(queue, minutes) {
  await until(
    "all jobs done",
    async () => {
      const now = await status(queue);
      return now && now.waiting + now.running === 0;
    },
    minutes * 60,
    // To look costs the servers something too.
    2000,
  );
}

async function kills() {
  const nats = await cluster();
  const postgres = await postgresServer();
  const shops = await Promise.all(Array.from({ length: workerCount * 2 + 2 }, () => demoShop()));
  const store = postgres.place();
  const began = Date.now();
  const put = await mystery(["submit", panelOf(shops, jobs, "kills"), "--queue", nats.url, "--batch", "kills", "--lease", "10s"]);
  if (put.code !== 0) throw new Error(put.err);
  let workers = Array.from({ length: workerCount }, () => worker(nats.url, store, 2));
  const everyone = [...workers];
  const left = async () => {
    const now = await status(nats.url);
    return now ? now.waiting + now.running : jobs;
  };
  // Each at its moment, spread over the run.
  const deeds = [];
  for (let i = 0; i < workerCount; i++)
    deeds.push(async () => {
      workers[i].child.kill("SIGKILL");
      await workers[i].ended;
      workers[i] = worker(nats.url, store, 2);
      everyone.push(workers[i]);
    });
  deeds.splice(1, 0, async function killNode() {
    const { folder: at } = nats.nodes[0];
    await nats.nodes[0].kill();
    await pause(5000);
    nats.nodes[0] = await nats.start(0, at);
  });
  deeds.splice(3, 0, function restartStore() {
    return postgres.restart();
  });
  for (const [i, deed] of deeds.entries()) {
    const mark = jobs * (1 - (i + 1) / (deeds.length + 1));
    await until("progress", async () => (await left()) <= mark, 3600, 500);
    console.log(`       ${Math.round((Date.now() - began) / 1000)} s: ${await left()} left, ${deed.name || "kill a worker"}`);
    await deed();
  }
  await allDone(nats.url, 60);
  const seconds = (Date.now() - began) / 1000;
  for (const one of workers) one.child.kill("SIGTERM");
  await Promise.all(workers.map((one) => one.ended));
  const rows = JSON.parse((await mystery(["history", "--store", store, "--format", "json"])).out);
  const sites = new Set(rows.map((row) => row.site));
  const sum = (event) => everyone.reduce((total, one) => total + (one.events[event] ?? 0), 0);
  const end = await status(nats.url);
  console.log(`       ${jobs} jobs in ${seconds.toFixed(0)} s; begun ${sum("job-begins")}, done ${sum("job-done")}, known ${sum("job-known")}, failed ${sum("job-failed")}, queue errors ${sum("queue-error")}, store errors ${sum("store-error")}`);
  promise(rows.length === jobs && sites.size === jobs, `${jobs} jobs, ${rows.length} results of ${sites.size} shops: none lost, none doubled`);
  promise(end.waiting + end.running + end.aside === 0, "the queue is empty, nothing was set aside");
  promise((await mystery(["history", "check", "--store", store])).code === 0, "every kept audit reads back");
  promise(leftovers().length === 0, "nothing is left running");
  await Promise.all([...shops.map((shop) => shop.stop()), ...nats.nodes.map((node) => node.stop()), postgres.stop()]);
}

/** CPU seconds of a process and its living and reaped children. */
function cpuOf(pids) {
  const ticks = (pid) => {
    try {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
      return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    } catch {
      return 0;
    }
  };
  return pids.reduce((sum, pid) => sum + ticks(pid), 0) / 100;
}

function childrenOf(pid) {
  const all = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return all.filter((name) => {
    try {
      return readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\) /, "").split(" ")[1] === String(pid);
    } catch {
      return false;
    }
  });
}

async function speed() {
  const count = Number(process.env.SPEED_JOBS ?? 24);
  const nats = await natsServer();
  const postgres = await postgresServer();
  const shops = await Promise.all(Array.from({ length: 12 }, () => demoShop("", ["--delay", "100ms"])));
  const rates = [];
  for (const number of [1, 2]) {
    const queue = `${nats.url}/speed${number}`;
    const store = postgres.place();
    await mystery(["submit", panelOf(shops, count, `speed${number}`, { scenario: ["buy", "get-help", "look-around"] }), "--queue", queue, "--batch", `speed${number}`]);
    const servers = [String(nats.pid), String(postgres.pid()), ...childrenOf(postgres.pid())];
    const before = cpuOf(servers);
    const began = Date.now();
    const workers = Array.from({ length: number }, () => worker(queue, store, 2));
    await allDone(queue, 60);
    const seconds = (Date.now() - began) / 1000;
    const cost = cpuOf([String(nats.pid), String(postgres.pid()), ...childrenOf(postgres.pid())]) - before;
    const work = cpuOf(workers.map((one) => String(one.child.pid)));
    for (const one of workers) one.child.kill("SIGTERM");
    await Promise.all(workers.map((one) => one.ended));
    rates.push(count / seconds);
    console.log(`       ${number} worker${number > 1 ? "s" : ""} of 2 slots: ${(count / seconds * 60).toFixed(0)} audits a minute, ${((work / count) * 1000).toFixed(0)} ms of CPU an audit, queue and store ${((cost / (cost + work)) * 100).toFixed(1)} %`);
    promise(cost / (cost + work) < 0.05, "queue and store cost less than 5 % of the CPU");
  }
  promise(rates[1] / rates[0] >= 1.8, `two workers do ${(rates[1] / rates[0]).toFixed(2)} times what one does (1.8 asked)`);
  await Promise.all([...shops.map((shop) => shop.stop()), nats.stop(), postgres.stop()]);
}

const parts = { kills, speed };
const chosen = process.argv.slice(2);
try {
  if ((await natsServer().then(async (server) => server && (await server.stop(), true))) === null) console.log("no NATS server is installed");
  else for (const name of chosen.length ? chosen : Object.keys(parts)) await parts[name]();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(broken ? 1 : 0);
