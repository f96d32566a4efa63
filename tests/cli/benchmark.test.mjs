// benchmark.test.mjs - a panel of shops walked, resumed, and made of saved audits.
// Tests audit/benchmark.c, model/panel.c and cli/cmd_benchmark.c. SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { demoShop, inFolder, json, mystery } from "./mystery.mjs";

const small = ["--scenario", "look-around", "--persona", "desktop", "--throttle", "none", "--own-site"];

test("a panel is walked in blocks, one shop failing, and goes on from what stands", () =>
  inFolder(async (folder) => {
    const good = await demoShop();
    const bad = await demoShop("all");
    try {
      const panel = join(folder, "panel.txt");
      writeFileSync(panel, `# lamps\n[ours]\n${good.url} #fr #lamps ; the good one\n\n[theirs]\n${bad.url}\nhttp://127.0.0.1:1/ ; nobody\n`);
      const out = join(folder, "out");
      const run = await mystery(["benchmark", panel, "-n", "2", "-o", out, ...small]);
      assert.equal(run.code, 0, run.err);
      const league = json(join(out, "benchmark.json"));
      assert.equal(league.shops.length, 3);
      assert.deepEqual([league.shops[0].group, league.shops[0].tags, league.shops[0].note], ["ours", ["fr", "lamps"], "the good one"]);
      assert.ok(league.shops[0].score > league.shops[1].score + 5, "the flawed shop is behind");
      assert.equal(league.shops[0].rank, null, "two blocks give no place");
      assert.equal(league.shops[2].score, null);
      assert.ok(league.shops[1].gaps.length > 0);
      assert.match(readFileSync(join(out, "benchmark.html"), "utf8"), /the good one/);
      assert.match(readFileSync(join(out, "benchmark.csv"), "utf8"), /^shop,url,group,tier/);
      const audit = join(out, league.shops[0].audit, "audit.json");
      assert.ok(existsSync(audit));
      // Asked again, nothing is visited again; the same facts give the same league.
      const visits = join(out, league.shops[0].audit, "visits");
      const times = () => readdirSync(visits).map((name) => statSync(join(visits, name)).mtimeMs);
      const before = times();
      assert.equal((await mystery(["benchmark", panel, "-n", "2", "-o", out, "-q", ...small])).code, 0);
      assert.deepEqual(times(), before);
      assert.deepEqual(json(join(out, "benchmark.json")).shops, league.shops);
      // Saved audits make a panel too, and what that costs is said.
      const saved = join(folder, "saved.json");
      const other = join(out, league.shops[1].audit);
      writeFileSync(saved, JSON.stringify({ title: "Saved", shops: [{ audit: join(out, league.shops[0].audit), name: "A" }, { audit: other, name: "B" }] }));
      const again = await mystery(["benchmark", saved, "-o", "-"]);
      assert.equal(again.code, 0, again.err);
      const old = JSON.parse(again.out);
      assert.equal(old.saved, true);
      assert.equal(old.shops[0].name, "A");
      assert.equal(old.shops[0].score, league.shops[0].score);
    } finally {
      await good.stop();
      await bad.stop();
    }
  }));

test("a panel that is wrong is said with its place", () =>
  inFolder(async (folder) => {
    const panel = join(folder, "panel.json");
    writeFileSync(panel, `{\n  "shops": [{"url": "http://127.0.0.1:1/", "nmae": "x"}]\n}`);
    const key = await mystery(["benchmark", panel]);
    assert.equal(key.code, 3);
    assert.match(key.err, /panel\.json:2:/);
    writeFileSync(panel, "http://127.0.0.1:1/\n");
    const lone = await mystery(["benchmark", panel]);
    assert.equal(lone.code, 3);
    assert.match(lone.err, /two shops/);
    assert.equal((await mystery(["benchmark"])).code, 3);
  }));
