// flaws.test.mjs - the flaw matrix: every flaw of the demo shop trips exactly the rules it names.
//
// A rule is tripped when it fails with the flaw and does not fail without. Rules of kind metric
// count only where the flaw names them. A rule whose object a flaw takes away (no search box:
// nothing to search with) may turn to not-applicable or cannot-tell, never to fail.
// Tests cli/cmd_demo.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { demoShop, inFolder, json, mystery } from "./mystery.mjs";

const flaws = JSON.parse((await mystery(["demo", "--list-flaws", "--format", "json"])).out);
const rules = JSON.parse((await mystery(["list", "rules", "--format", "json"])).out);
const kind = new Map(rules.map((rule) => [rule.id, rule.check]));

async function failing(flaw) {
  const shop = await demoShop(flaw);
  try {
    return await inFolder(async (folder) => {
      const run = await mystery([
        "audit", shop.url, "-n", "1", "--persona", "desktop", "--throttle", "none",
        "--format", "json", "-o", join(folder, "r"),
      ]);
      assert.ok(run.code === 0 || run.code === 4, `${flaw}: ${run.err}`);
      const audit = json(join(folder, "r", "audit.json"));
      return new Set(audit.findings.filter((f) => f.outcome === "fail").map((f) => f.rule));
    });
  } finally {
    await shop.stop();
  }
}

const without = await failing("");
const only = process.env.FLAWS ? process.env.FLAWS.split(",") : null;
const chosen = flaws.filter((flaw) => flaw.engines.includes("http") && (!only || only.includes(flaw.id)));

test("at least 40 flaws, each with rules that exist", () => {
  assert.ok(flaws.length >= 40, `${flaws.length} flaws`);
  for (const flaw of flaws)
    for (const rule of flaw.rules) assert.ok(kind.has(rule), `${flaw.id} names ${rule}`);
});

test("every flaw trips exactly the rules it names", { concurrency: 2 }, async (t) => {
  await Promise.all(
    chosen.map((flaw) =>
      t.test(flaw.id, async () => {
        const found = await failing(flaw.id);
        const named = new Set(flaw.rules);
        const tripped = [...found].filter(
          (rule) => !without.has(rule) && (named.has(rule) || kind.get(rule) !== "metric"),
        );
        assert.deepEqual(tripped.sort(), [...named].sort());
        const healed = [...without].filter(
          (rule) => !found.has(rule) && kind.get(rule) !== "metric",
        );
        assert.deepEqual(healed, []);
      }),
    ),
  );
});
