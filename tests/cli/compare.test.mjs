// compare.test.mjs - two audits, two live shops, and the gate that CI jobs rely on.
// Tests audit/compare.c audit/hold.c audit/bars.c audit/known.c audit/visits_pair.c
// audit/selftest.c cli/cmd_compare.c cli/cmd_selftest.c cli/outcome.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { checkJunit } from "./junit.mjs";
import { demoShop, inFolder, json, mystery } from "./mystery.mjs";

let shop;
let slow;
before(async () => {
  shop = await demoShop();
  slow = await demoShop("slow-search");
});
after(() => Promise.all([shop.stop(), slow.stop()]));

const small = ["--scenario", "buy", "--persona", "desktop", "--crawl", "0", "--throttle", "none"];

function audit(url, output, extra = []) {
  return mystery(["audit", url, "-o", output, "-n", "8", ...small, ...extra]);
}

function lastLine(text) {
  return text.trimEnd().split("\n").at(-1);
}

/** Nothing is claimed; a machine too busy to be sure may say that it is not. */
function quietly(ran) {
  if (ran.code === 4) assert.match(lastLine(ran.out), /^inconclusive: /);
  else assert.equal(ran.code, 0, ran.out + ran.err);
}

test("two audits of a slower shop: worse, the page and the step named, in every format", () =>
  inFolder(async (folder) => {
    // At once, so that what else the machine does is the same for both.
    await Promise.all([audit(shop.url, join(folder, "a"), ["-q"]), audit(slow.url, join(folder, "b"), ["-q"])]);
    const output = join(folder, "report");
    const ran = await mystery(["compare", join(folder, "a"), join(folder, "b"), "-o", output, "--format", "html,json,markdown,junit,csv"]);
    assert.equal(ran.code, 2, ran.err);
    assert.match(lastLine(ran.out), /^failed: .*(search page, step search|speed-)/);
    const result = json(join(output, "comparison.json"));
    const search = result.times.find((time) => time.page_kind === "search");
    assert.equal(search.word, "worse");
    assert.equal(search.step, "search");
    assert.ok(search.interval[0] > 10);
    assert.equal(result.times.filter((time) => time.word === "worse").length, 1);
    assert.ok(result.findings.some((finding) => finding.rule === "speed-search-response" && finding.state === "new"));
    for (const name of ["comparison.html", "comparison.md", "comparison.csv"]) assert.ok(existsSync(join(output, name)));
    checkJunit(join(output, "comparison.xml"));
    const french = await mystery(["compare", join(folder, "a"), join(folder, "b"), "--lang", "fr"]);
    assert.match(french.out, /Plus lent qu’avant/);
  }));

test("an audit against itself has nothing to say", () =>
  inFolder(async (folder) => {
    await audit(shop.url, join(folder, "a"), ["-q"]);
    quietly(await mystery(["compare", join(folder, "a"), join(folder, "a", "audit.json")]));
    assert.equal((await mystery(["compare", join(folder, "a")])).code, 3);
    assert.equal((await mystery(["compare", join(folder, "a"), "nowhere"])).code, 3);
  }));

test("two live shops are visited in turns", () =>
  inFolder(async (folder) => {
    const output = join(folder, "live");
    const ran = await mystery(["compare", "--live", shop.url, slow.url, "-n", "6", "--persona", "desktop", "--throttle", "none", "-o", output]);
    assert.equal(ran.code, 2, ran.err);
    assert.match(lastLine(ran.out), /search/);
    const result = json(join(output, "comparison.json"));
    assert.equal(result.interleaved, true);
    const started = (side) =>
      json(join(output, side, "audit.json"))
        .journeys.flatMap((journey) => journey.visits)
        .map((visit) => ({ side, number: visit.number, at: Date.parse(visit.started) }));
    const order = [...started("before"), ...started("after")].sort((a, b) => a.at - b.at).map((visit) => visit.side[0]);
    assert.equal(order.join(""), "baabbaabbaabba");
    assert.ok(existsSync(join(output, "comparison.html")));
  }));

test("a gate by the last audit that passed: first nothing, then quiet, then the slow page", () =>
  inFolder(async (folder) => {
    const store = ["--store", join(folder, "history.db")];
    const gate = ["--baseline", "last", "--fail-on", "regression", ...store];
    const first = await audit(shop.url, join(folder, "a"), gate);
    assert.equal(first.code, 0, first.out);
    assert.match(first.err, /nothing to compare with/);
    quietly(await audit(shop.url, join(folder, "b"), gate));
    const saved = join(folder, "a");
    const failed = await audit(slow.url, join(folder, "c"), ["--baseline", saved, "--fail-on", "regression"]);
    assert.equal(failed.code, 2);
    assert.match(lastLine(failed.out), /^failed: regression: search page, step search: ttfb_ms .*not interleaved$/);
    assert.match(failed.err, /once more with fresh visits/);
    assert.ok(existsSync(join(folder, "c", "repeat", "audit.json")));
    assert.ok(existsSync(join(folder, "c", "comparison.html")));
    const verdict = json(join(folder, "c", "audit.json")).verdict;
    assert.equal(verdict.status, "failed");
    assert.equal(verdict.bars[0].page, "search");
    const rendered = await mystery(["report", join(folder, "c", "audit.json"), "-o", join(folder, "d")]);
    assert.equal(rendered.code, 0, rendered.err);
  }));

test("three visits decide nothing, and are told so before the first", () =>
  inFolder(async (folder) => {
    await audit(shop.url, join(folder, "a"), ["-q"]);
    const ran = await mystery(["audit", slow.url, "-o", join(folder, "b"), "-n", "3", ...small, "--baseline", join(folder, "a"), "--fail-on", "regression"]);
    assert.equal(ran.code, 4);
    assert.match(ran.err, /^note: 3 visits .* at least/m);
    assert.match(lastLine(ran.out), /^inconclusive: regression: .* visits claim nothing/);
  }));

test("a new finding fails a build until a known issue explains it, and again when that expires", () =>
  inFolder(async (folder) => {
    const bare = await demoShop("no-schema");
    try {
      await audit(shop.url, join(folder, "a"), ["-q"]);
      const gate = ["--baseline", join(folder, "a"), "--fail-on", "new-minor"];
      const failed = await audit(bare.url, join(folder, "b"), gate);
      assert.equal(failed.code, 2, failed.out);
      assert.match(lastLine(failed.out), /^failed: new finding: .*, product page/);
      const rules = json(join(folder, "b", "audit.json")).verdict.bars.map((bar) => bar.subject);
      const known = (until) => {
        const path = join(folder, "known.json");
        writeFileSync(path, JSON.stringify({ issues: rules.map((rule) => ({ rule, until, reason: "new template" })) }));
        return [...gate, "--known-issues", path];
      };
      const forgiven = await audit(bare.url, join(folder, "c"), known("2999-12-31"));
      assert.equal(forgiven.code, 0, forgiven.out);
      const expired = await audit(bare.url, join(folder, "d"), known("2020-01-01"));
      assert.equal(expired.code, 2);
      assert.match(lastLine(expired.out), /expired on 2020-01-01/);
      writeFileSync(join(folder, "known.json"), '{"issues": [{"rule": "x", "until": "2999-12-31"}]}');
      const bad = await audit(bare.url, join(folder, "e"), [...gate, "--known-issues", join(folder, "known.json")]);
      assert.equal(bad.code, 3);
      assert.match(bad.err, /known\.json:1:\d+: .*reason/);
    } finally {
      await bare.stop();
    }
  }));

test("a budget is ours, Lighthouse's or sitespeed's; the page and the step are named", () =>
  inFolder(async (folder) => {
    const budget = (content) => {
      const path = join(folder, "budget.json");
      writeFileSync(path, JSON.stringify(content));
      return ["-n", "1", "--budget", path];
    };
    const met = await audit(shop.url, join(folder, "a"), budget({ budget: [{ page: "product", metric: "ttfb_ms", max: 5000 }] }));
    assert.equal(met.code, 0, met.out);
    const missed = await audit(shop.url, join(folder, "b"), budget({ budget: [{ page: "product", metric: "requests", max: 1 }] }));
    assert.equal(missed.code, 2);
    assert.match(lastLine(missed.out), /^failed: budget: product page, step openProduct: requests is \d+, allowed 1$/);
    const theirs = await audit(shop.url, join(folder, "c"), budget([{ path: "/*", resourceCounts: [{ resourceType: "total", budget: 1 }] }]));
    assert.equal(theirs.code, 2);
    const speed = await audit(shop.url, join(folder, "d"), budget({ budget: { requests: { total: 1 } } }));
    assert.equal(speed.code, 2);
    const french = await audit(shop.url, join(folder, "fr"), [...budget({ budget: { requests: { total: 1 } } }), "--lang", "fr"]);
    assert.match(french.out.replace(/\s+/g, " "), /budget : .* vaut \d+, permis 1/);
    const unseen = await audit(shop.url, join(folder, "e"), budget({ budget: [{ metric: "lcp_ms", max: 1 }] }));
    assert.equal(unseen.code, 4);
    const valid = join(folder, "valid.json");
    writeFileSync(valid, '{"budget": [{"metric": "ttfb_ms", "max": 1}]}');
    assert.match((await mystery(["check", valid])).out, /budget, valid/);
    writeFileSync(valid, '{"issues": [{"rule": "x", "until": "soon", "reason": "y"}]}');
    assert.equal((await mystery(["check", valid])).code, 3);
    const typo = await audit(shop.url, join(folder, "f"), budget({ budget: [{ metric: "ttbf_ms", max: 1 }] }));
    assert.equal(typo.code, 3);
    assert.match(typo.err, /ttfb_ms/);
    assert.ok(!existsSync(join(folder, "f", "audit.json")));
  }));

test("a time limit leaves a whole, smaller result that says so", () =>
  inFolder(async (folder) => {
    const ran = await mystery(["audit", slow.url, "-o", join(folder, "a"), "-n", "200", ...small, "--time-limit", "6s", "-q"]);
    const saved = json(join(folder, "a", "audit.json"));
    assert.equal(saved.run.partial, true);
    assert.ok(saved.journeys[0].visits.length < 200);
    assert.ok([0, 4].includes(ran.code));
  }));

test("GitHub's summary gets the audit, and the reason stays the last line", () =>
  inFolder(async (folder) => {
    const summary = join(folder, "summary.md");
    writeFileSync(summary, "before\n");
    const ran = await mystery(["audit", shop.url, "-o", join(folder, "a"), "-n", "1", ...small, "--min-score", "100", "--rules", "speed"], {
      env: { GITHUB_STEP_SUMMARY: summary, GITHUB_ACTIONS: "true", CI: "true" },
    });
    assert.ok([0, 2, 4].includes(ran.code));
    assert.match(readFileSync(summary, "utf8"), /^before\n# 127\.0\.0\.1/);
  }));

test("the tool against itself: no false alarms beyond its promise", () =>
  inFolder(async (folder) => {
    const ran = await mystery(["selftest", "--aa", "--persona", "desktop", "--throttle", "none", "-o", folder, "--format", "json"]);
    assert.equal(ran.code, 0, ran.out + ran.err);
    const result = JSON.parse(ran.out);
    assert.equal(result.splits, 200);
    assert.ok(result.significant_share <= 0.08);
    assert.ok(result.gate_alarms <= 4);
    assert.ok(result.pages.length >= 5);
  }));
