// history.test.mjs - the history as its users meet it: kept, shown, taken out and in, thinned.
// Tests audit/keep.c audit/history.c audit/former.c cli/cmd_history.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync, writeFileSync, statSync } from "node:fs";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { demoShop, inFolder, mystery } from "./mystery.mjs";

let shop;
before(async () => {
  shop = await demoShop();
});
after(() => shop.stop());

const quick = ["--scenario", "buy", "--persona", "desktop", "-n", "1", "--crawl", "0", "--throttle", "none", "-q"];

function audit(folder, store, name, extra = []) {
  return mystery(["audit", shop.url, "-o", join(folder, name), "--store", store, ...quick, ...extra]);
}

test("an audit is kept and shown as text, JSON and a page in two languages", () =>
  inFolder(async (folder) => {
    const store = join(folder, "deep", "history.db");
    assert.equal((await audit(folder, store, "a")).code, 0);
    const text = await mystery(["history", "--store", store]);
    assert.equal(text.code, 0);
    assert.match(text.out, /^127\.0\.0\.1_\d+\n/);
    const rows = JSON.parse((await mystery(["history", shop.url, "--store", store, "--format", "json"])).out);
    assert.equal(rows.length, 1);
    assert.equal(rows[0].status, "passed");
    assert.ok(rows[0].score > 90);
    assert.ok(rows[0].calibration_ms > 0);
    for (const [lang, word] of [["en", "Overall mark"], ["fr", "Note d’ensemble"]]) {
      const page = join(folder, `${lang}.html`);
      const made = await mystery(["history", "--store", store, "--format", "html", "-o", page, "--lang", lang]);
      assert.equal(made.code, 0, made.err);
      const html = readFileSync(page, "utf8");
      assert.ok(html.includes(word));
      assert.ok(!/(src|href)="http/.test(html), "nothing is fetched");
      assert.match(html, /64[.,]00/);
    }
  }));

test("the history goes by XDG_STATE_HOME, and a folder that cannot be written loses no audit", () =>
  inFolder(async (folder) => {
    const env = { XDG_STATE_HOME: join(folder, "state"), MYSTERY_OPTION_STORE: "" };
    delete env.MYSTERY_OPTION_STORE;
    const options = { env: { ...env } };
    // The tests' own default would win over the place.
    options.env.MYSTERY_OPTION_STORE = join(folder, "state", "mystery", "history.db");
    assert.equal((await mystery(["audit", shop.url, "-o", join(folder, "a"), ...quick], options)).code, 0);
    assert.ok(statSync(join(folder, "state", "mystery", "history.db")).size > 0);
    writeFileSync(join(folder, "file"), "");
    const named = await audit(folder, join(folder, "file", "x.db"), "b");
    assert.equal(named.code, 1);
  }));

test("export and import carry every audit over; prune and check look after the file", () =>
  inFolder(async (folder) => {
    const store = join(folder, "one.db");
    const other = join(folder, "two.db");
    const lines = join(folder, "all.jsonl");
    await audit(folder, store, "a");
    await audit(folder, store, "b");
    assert.match((await mystery(["history", "export", lines, "--store", store])).out, /^2 /);
    assert.match((await mystery(["history", "import", lines, "--store", other])).out, /^2 /);
    assert.match((await mystery(["history", "import", lines, "--store", other])).out, /^2 /);
    const rows = (place) =>
      mystery(["history", "--store", place, "--format", "json"]).then((ran) => JSON.parse(ran.out));
    assert.deepEqual(await rows(other), await rows(store));
    assert.match((await mystery(["history", "prune", "--keep", "1", "--store", other])).out, /^1 /);
    assert.equal((await rows(other)).length, 1);
    assert.match((await mystery(["history", "check", "--store", other])).out, /^1 /);
    assert.equal((await mystery(["history", "prune", "--store", other])).code, 3);
    writeFileSync(lines, "{}\n");
    const bad = await mystery(["history", "import", lines, "--store", other]);
    assert.equal(bad.code, 3);
    assert.match(bad.err, /all\.jsonl:1/);
  }));

test("prices are kept with those crossed out beside them", () =>
  inFolder(async (folder) => {
    const store = join(folder, "history.db");
    const lines = join(folder, "all.jsonl");
    const sale = await demoShop("wrong-discount");
    try {
      await mystery(["audit", sale.url, "-o", join(folder, "a"), "--store", store, ...quick]);
    } finally {
      await sale.stop();
    }
    await mystery(["history", "export", lines, "--store", store]);
    const [price] = JSON.parse(readFileSync(lines, "utf8")).prices;
    assert.equal(price.price, 64);
    assert.equal(price.former, 80);
  }));

test("a store that is not there is said to be, and no history is no history", async () => {
  const remote = await mystery(["history", "--store", "postgres://u:secret@/db?host=/nonexistent"]);
  assert.equal(remote.code, 1);
  assert.match(remote.err, /cannot open the store|built without PostgreSQL/);
  assert.doesNotMatch(remote.err, /secret/);
  const none = await mystery(["history", "--store", "none"]);
  assert.equal(none.code, 3);
});
