// stores.test.mjs - the same commands give the same answers on SQLite and PostgreSQL, and a server
// that fails costs no audit. Tests audit/keep.c audit/history.c cli/cmd_history.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { demoShop, inFolder, json, mystery } from "./mystery.mjs";
import { spawnSync } from "node:child_process";
import { freePort, postgresServer } from "./servers.mjs";

let shop;
let server;
let port;
before(async () => {
  shop = await demoShop();
  port = await freePort();
  server = await postgresServer({ password: "right", port });
});
after(async () => {
  await shop.stop();
  await server?.stop();
});

const quick = ["--scenario", "buy", "--persona", "desktop", "-n", "1", "--crawl", "0", "--throttle", "none", "-q"];

function audit(folder, store, name, extra = []) {
  return mystery(["audit", shop.url, "-o", join(folder, name), "--store", store, ...quick, ...extra]);
}

async function asked(store, args) {
  const ran = await mystery([...args, "--store", store]);
  // One visit claims no change: a comparison of such is inconclusive.
  assert.equal(ran.code, args[0] === "compare" ? 4 : 0, ran.err);
  return ran.out;
}

test("history, export, import, prune, check and baselines answer alike", async (t) => {
  if (!server) return t.skip("no PostgreSQL server is installed");
  await inFolder(async (folder) => {
    const remote = server.place();
    const local = join(folder, "history.db");
    for (const name of ["a", "b", "c"]) assert.equal((await audit(folder, remote, name)).code, 0);
    const lines = join(folder, "all.jsonl");
    assert.match(await asked(remote, ["history", "export", lines]), /^3 /);
    assert.match(await asked(local, ["history", "import", lines]), /^3 /);
    assert.match(await asked(remote, ["history", "import", lines]), /^3 /);
    for (const args of [
      ["history"],
      ["history", "--format", "json"],
      ["history", shop.url, "--format", "json"],
      ["history", "--format", "html", "-o", "-"],
      ["history", "--format", "html", "-o", "-", "--lang", "fr"],
      ["history", "export", "-"],
      ["compare", "last", join(folder, "c"), "--format", "json"],
      ["history", "check"],
      ["history", "prune", "--keep", "2"],
      ["history", "--format", "json"],
    ])
      assert.equal(await asked(remote, args), await asked(local, args), args.join(" "));
    const held = await audit(folder, remote, "held", ["--baseline", "last", "-n", "2"]);
    assert.ok([0, 2, 4].includes(held.code), held.err);
    assert.ok(json(join(folder, "held", "audit.json")));
  });
});

test("an audit whose store fails is written all the same, and the error says what failed", async (t) => {
  await inFolder(async (folder) => {
    const ran = await audit(folder, "postgres://u:secret@/db?host=/nonexistent", "a");
    assert.equal(ran.code, 1);
    assert.match(ran.err, /cannot open the store|built without PostgreSQL/);
    assert.doesNotMatch(ran.err, /secret/);
    assert.ok(existsSync(join(folder, "a", "report.html")));
    assert.doesNotMatch(readFileSync(join(folder, "a", "audit.json"), "utf8"), /secret/);
  });
  if (!server) t.diagnostic("no PostgreSQL server is installed");
});

test("a wrong password and a server without TLS are said to be", async (t) => {
  if (!server) return t.skip("no PostgreSQL server is installed");
  const wrong = await mystery(["history", "--store", server.place("", "mystery:wrong")]);
  assert.equal(wrong.code, 1);
  assert.match(wrong.err, /password authentication failed/);
  assert.match(wrong.err, /PGPASSWORD/);
  assert.doesNotMatch(wrong.err, /wrong/);
  const plain = await mystery(["history", "--store", `postgres://mystery:right@127.0.0.1:${port}/postgres?sslmode=require`]);
  assert.equal(plain.code, 1);
  assert.match(plain.err, /SSL/);
  const environment = await mystery(["history", "--store", server.place("", "mystery")], { env: { PGPASSWORD: "right" } });
  assert.equal(environment.code, 0, environment.err);
});

test("deploy/store.sql gives a worker and a reader no more than they need", async (t) => {
  if (!server) return t.skip("no PostgreSQL server is installed");
  const script = new URL("../../deploy/store.sql", import.meta.url).pathname;
  const psql = (...args) => spawnSync("psql", [server.place(), "-q", "-v", "ON_ERROR_STOP=1", ...args], { encoding: "utf8" });
  const made = psql("-f", script);
  if (made.error) return t.skip("no psql is installed");
  assert.equal(made.status, 0, made.stderr);
  for (const role of ["owner", "worker", "reader"]) assert.equal(psql("-c", `ALTER ROLE mystery_${role} PASSWORD 'p'`).status, 0);
  const place = (role) => server.place("", `mystery_${role}:p`);
  await inFolder(async (folder) => {
    // Who may not make the tables says so.
    const early = await mystery(["history", "--store", place("worker")]);
    assert.equal(early.code, 1);
    assert.match(early.err, /permission denied/);
    assert.equal((await mystery(["history", "--store", place("owner")])).code, 0);
    assert.equal((await audit(folder, place("worker"), "a")).code, 0);
    const refused = await audit(folder, place("reader"), "b");
    assert.equal(refused.code, 1);
    assert.match(refused.err, /permission denied/);
    assert.ok(existsSync(join(folder, "b", "report.html")));
    const rows = JSON.parse((await mystery(["history", "--store", place("reader"), "--format", "json"])).out);
    assert.equal(rows.length, 1);
  });
});
