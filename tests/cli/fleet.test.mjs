// fleet.test.mjs - a panel on a queue, workers that die, one store: every shop is kept once.
// Tests audit/fleet.c cli/cmd_worker.c cli/cmd_queue.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { demoShop, inFolder, json, mystery, program } from "./mystery.mjs";
import { natsServer, postgresServer, until } from "./servers.mjs";

const options = { scenario: "buy", persona: "desktop", engine: "http", visits: 1, crawl: 0, throttle: "none" };
let nats;
let postgres;
let shops;
before(async () => {
  nats = await natsServer();
  postgres = await postgresServer();
  shops = await Promise.all([demoShop(), demoShop("", ["--delay", "100ms"])]);
});
after(async () => {
  await Promise.all(shops.map((shop) => shop.stop()));
  await nats?.stop();
  await postgres?.stop();
});

const missing = (built) => (!nats || /built without/.test(built) ? "no NATS server or client is installed" : false);

function panelIn(folder, urls, more = {}) {
  const path = join(folder, "panel.json");
  writeFileSync(path, JSON.stringify({ panel: "test", options: { ...options, ...more }, shops: urls }));
  return path;
}

/** A worker in the background: its log as objects, and how to kill it. */
function worker(args) {
  const env = { ...process.env, LC_ALL: "C", MYSTERY_OPTION_ENGINE: "http" };
  const child = spawn(program, ["worker", ...args], { env, stdio: ["ignore", "ignore", "pipe"] });
  let text = "";
  child.stderr.on("data", (bytes) => (text += bytes));
  return {
    lines: (event) => text.split("\n").filter((line) => line.includes(`"event":"${event}"`)).map((line) => JSON.parse(line)),
    kill: (signal) => child.kill(signal),
    ended: new Promise((resolve) => child.on("close", (code, signal) => resolve(signal ?? code))),
    text: () => text,
  };
}

async function status(queue) {
  return JSON.parse((await mystery(["queue", "status", "--queue", queue, "--format", "json"])).out);
}

async function rows(store) {
  return JSON.parse((await mystery(["history", "--store", store, "--format", "json"])).out);
}

test("a killed worker's job goes to another one, and every shop is kept once", async (t) => {
  const queue = `${nats?.url}/killed`;
  await inFolder(async (folder) => {
    const store = postgres ? postgres.place() : join(folder, "history.db");
    const panel = panelIn(folder, shops.map((shop) => shop.url));
    const put = await mystery(["submit", panel, "--queue", queue, "--batch", "night", "--lease", "2s"]);
    if (missing(put.err)) return t.skip(missing(put.err));
    assert.equal(put.code, 0, put.err);
    assert.match(put.out, /^2 of 2 shops/);
    assert.match((await mystery(["submit", panel, "--queue", queue, "--batch", "night"])).out, /^0 of 2/);
    const first = worker(["--queue", queue, "--store", store, "-j", "2"]);
    await until("the first job", () => first.lines("job-begins").length > 0);
    first.kill("SIGKILL");
    assert.equal(await first.ended, "SIGKILL");
    const second = worker(["--queue", queue, "--store", store, "-j", "2", "--until-empty", "--metrics", "0"]);
    assert.equal(await second.ended, 0, second.text());
    const kept = await rows(store);
    assert.equal(kept.length, 2, second.text());
    const now = await status(queue);
    assert.deepEqual([now.waiting, now.running, now.aside], [0, 0, 0]);
    // The night again: nothing is visited twice.
    assert.match((await mystery(["submit", panel, "--queue", queue, "--batch", "night"])).out, /^2 of 2/);
    const third = worker(["--queue", queue, "--store", store, "--until-empty"]);
    assert.equal(await third.ended, 0);
    assert.equal(third.lines("job-known").length, 2);
    assert.equal((await rows(store)).length, 2);
  });
});

test("who is asked to stop gives its jobs back; halves of a job go through a shared folder", async (t) => {
  const queue = `${nats?.url}/halves`;
  await inFolder(async (folder) => {
    const store = join(folder, "history.db");
    const files = join(folder, "files");
    const put = await mystery(["submit", panelIn(folder, [shops[1].url]), "--queue", queue, "--batch", "b"]);
    if (missing(put.err)) return t.skip(missing(put.err));
    const stopped = worker(["--queue", queue, "--store", store]);
    await until("a job", () => stopped.lines("job-begins").length > 0);
    stopped.kill("SIGTERM");
    assert.equal(await stopped.ended, 143, stopped.text());
    assert.equal(stopped.lines("job-handed-on").length, 1);
    const visits = worker(["--queue", queue, "--only", "visit", "-o", files, "--until-empty"]);
    assert.equal(await visits.ended, 0, visits.text());
    assert.equal((await status(queue)).waiting_to_be_judged, 1);
    const judges = worker(["--queue", queue, "--only", "judge", "-o", files, "--store", store, "--until-empty"]);
    assert.equal(await judges.ended, 0, judges.text());
    assert.equal((await rows(store)).length, 1, judges.text());
    const [site] = readdirSync(files);
    const [job] = readdirSync(join(files, site));
    assert.ok(existsSync(join(files, site, job, "report.html")));
    assert.ok(json(join(files, site, job, "audit.json")).verdict.score > 50);
    assert.equal((await status(queue)).waiting_to_be_judged, 0);
  });
});

test("what is wrong is set aside with its reason, listed, retried and dropped", async (t) => {
  const queue = `${nats?.url}/aside`;
  await inFolder(async (folder) => {
    const store = join(folder, "history.db");
    const panel = panelIn(folder, [shops[0].url], { scenario: "no-such-journey" });
    const put = await mystery(["submit", panel, "--queue", queue]);
    if (missing(put.err)) return t.skip(missing(put.err));
    const ran = worker(["--queue", queue, "--store", store, "--until-empty"]);
    assert.equal(await ran.ended, 0, ran.text());
    const list = async () => JSON.parse((await mystery(["queue", "list", "--queue", queue, "--format", "json"])).out);
    const [item] = await list();
    assert.equal(item.state, "aside");
    assert.match(item.reason, /no-such-journey/);
    assert.match((await mystery(["queue", "retry", item.id, "--queue", queue])).out, /^1 jobs/);
    assert.equal((await list())[0].state, "waiting");
    assert.match((await mystery(["queue", "drop", item.id, "--queue", queue])).out, /^1 jobs/);
    assert.match((await mystery(["queue", "list", "--queue", queue])).out, /^no jobs/);
    assert.equal((await mystery(["queue", "drop", item.id, "--queue", queue])).code, 3);
    assert.equal((await mystery(["queue", "retry", "--queue", queue])).code, 3);
    assert.equal((await mystery(["queue", "burn", "--queue", queue])).code, 3);
  });
});

test("a store or a queue that does not let us in costs no job", async (t) => {
  const queue = `${nats?.url}/refused`;
  await inFolder(async (folder) => {
    const put = await mystery(["submit", panelIn(folder, [shops[0].url]), "--queue", queue]);
    if (missing(put.err)) return t.skip(missing(put.err));
    const away = await mystery(["worker", "--queue", queue, "--store", "postgres://u:secret@/db?host=/nonexistent"]);
    assert.equal(away.code, 1);
    assert.match(away.err, /cannot open the store|built without PostgreSQL/);
    assert.doesNotMatch(away.err, /secret/);
    const none = await mystery(["worker", "--queue", queue, "--store", "none"]);
    assert.equal(none.code, 3);
    const nowhere = await mystery(["worker", "--queue", "nats://127.0.0.1:1", "--store", join(folder, "h.db")]);
    assert.equal(nowhere.code, 1);
    const tls = await mystery(["queue", "--queue", nats.url.replace("nats:", "tls:")]);
    assert.equal(tls.code, 1);
    assert.match(tls.err, /TLS|SSL|secure/i);
    assert.equal((await status(queue)).waiting, 1);
  });
});

test("a queue's user with a wrong password, and a worker with its rights alone", async (t) => {
  await inFolder(async (folder) => {
    const store = join(folder, "history.db");
    const rights = await natsServer({ options: ["-c", new URL("../servers/rights.conf", import.meta.url).pathname] });
    if (!rights) return t.skip("no NATS server is installed");
    try {
      const place = (user) => rights.url.replace("//", `//${user}@`) + "/night";
      const put = await mystery(["submit", panelIn(folder, [shops[0].url]), "--queue", place("submitter:s")]);
      if (/built without/.test(put.err)) return t.skip("built without the client");
      assert.equal(put.code, 0, put.err);
      const wrong = await mystery(["queue", "--queue", place("worker:wrong")]);
      assert.equal(wrong.code, 1);
      assert.match(wrong.err, /[Aa]uthorization/);
      assert.doesNotMatch(wrong.err, /:wrong/);
      const ran = worker(["--queue", place("worker:w"), "--store", store, "--until-empty"]);
      assert.equal(await ran.ended, 0, ran.text());
      assert.equal((await rows(store)).length, 1, ran.text());
    } finally {
      await rights.stop();
    }
  });
});
