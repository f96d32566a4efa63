// flaws.test.mjs - the flaw matrix: every flaw of the demo shop trips exactly the rules it names.
//
// A rule is tripped when it fails with the flaw and does not fail without. Rules of kind metric
// count only where the flaw names them. A rule whose object a flaw takes away (no search box:
// nothing to search with) may turn to not-applicable or cannot-tell, never to fail.
//
// FLAWS=a,b runs these alone. ENGINE=chromium runs the browser on the flaws that only it sees (with
// ALL=1 on all that it can see); without it, http runs on all of its flaws. The browser's matrix takes most of
// an hour on two cores, so it runs when it is asked for (make matrix-browser).
// Tests cli/cmd_demo.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { demoShop, hasBrowser, inFolder, json, mystery } from "./mystery.mjs";

const flaws = JSON.parse((await mystery(["demo", "--list-flaws", "--format", "json"])).out);
const rules = JSON.parse((await mystery(["list", "rules", "--format", "json"])).out);
const kind = new Map(rules.map((rule) => [rule.id, rule.check]));
const only = process.env.FLAWS ? process.env.FLAWS.split(",") : null;
const isBrowserFlaw = (flaw) => !flaw.engines.includes("http");

// What is about phones is judged on a phone.
const onPhone = new Set(["small-inputs", "tall-header"]);

/** The audit of a shop; folder: where it is written. */
async function auditOf(url, engine, persona, folder) {
  const run = await mystery([
    "audit", url, "-n", "1", "--persona", persona, "--throttle", "none", "--engine", engine,
    "--format", "json", "-o", folder,
  ]);
  assert.ok(run.code === 0 || run.code === 4, run.err);
  return json(join(folder, "audit.json"));
}

async function failing(flaw, engine, persona = "desktop") {
  const shop = await demoShop(flaw);
  try {
    return await inFolder(async (folder) => {
      const audit = await auditOf(shop.url, engine, persona, join(folder, "r"));
      return new Set(audit.findings.filter((f) => f.outcome === "fail").map((f) => f.rule));
    });
  } finally {
    await shop.stop();
  }
}

function chosen(engine) {
  return flaws.filter((flaw) => {
    if (!flaw.engines.includes(engine)) return false;
    if (only) return only.includes(flaw.id);
    return engine === "http" || process.env.ALL === "1" || isBrowserFlaw(flaw);
  });
}

function isWanted(engine) {
  return process.env.ENGINE ? process.env.ENGINE === engine : engine === "http";
}

test("at least 40 flaws, each with rules that exist", () => {
  assert.ok(flaws.length >= 40, `${flaws.length} flaws`);
  for (const flaw of flaws)
    for (const rule of flaw.rules) assert.ok(kind.has(rule), `${flaw.id} names ${rule}`);
});

test("at least 25 flaws that only a browser sees", () => {
  assert.ok(flaws.filter(isBrowserFlaw).length >= 25);
});

// Names of the engines are those of --engine; each has its own run without a flaw.
for (const engine of ["http", "chromium"]) {
  const skip =
    !isWanted(engine) ? "not asked for" : engine === "chromium" && !hasBrowser() ? "no browser" : false;
  test(`${engine}: every flaw trips exactly the rules it names`, { skip, concurrency: 2 }, async (t) => {
    const without = await failing("", engine);
    const isPhone = chosen(engine).some((flaw) => onPhone.has(flaw.id));
    const withoutOnPhone = isPhone ? await failing("", engine, "phone") : without;
    await Promise.all(
      chosen(engine).map((flaw) =>
        t.test(flaw.id, async () => {
          const isOnPhone = onPhone.has(flaw.id);
          const found = await failing(flaw.id, engine, isOnPhone ? "phone" : "desktop");
          const sound = isOnPhone ? withoutOnPhone : without;
          const named = new Set(flaw.rules);
          const tripped = [...found].filter(
            (rule) => !sound.has(rule) && (named.has(rule) || kind.get(rule) !== "metric"),
          );
          assert.deepEqual(tripped.sort(), [...named].sort());
          const healed = [...sound].filter(
            (rule) => !found.has(rule) && kind.get(rule) !== "metric",
          );
          assert.deepEqual(healed, []);
        }),
      ),
    );
  });
}
