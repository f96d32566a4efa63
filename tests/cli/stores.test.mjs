// stores.test.mjs - the same commands give the same answers on SQLite and PostgreSQL, and a server
// that fails costs no audit. Tests audit/keep.c audit/history.c cli/cmd_history.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { demoShop, inFolder, json, mystery } from "./mystery.mjs";
import { postgresServer } from "./servers.mjs";

let shop;
let server;
before(async () => {
  shop = await demoShop();
  server = await postgresServer();
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
