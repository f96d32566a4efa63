// audit.test.mjs - the main job on the demo shop, and its files against their schemas.
// Tests audit/run.c, audit/visits.c, audit/links.c, audit/complete.c, audit/gate.c,
// audit/plan.c, audit/render.c, audit/hars.c, cli/cmd_audit.c, cli/cmd_judge.c, cli/print.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { demoShop, inFolder, json, mystery } from "./mystery.mjs";

const require = createRequire(import.meta.url);
const root = new URL("../..", import.meta.url).pathname;
let shop;
let folder;
let run;
let release;

before(async () => {
  shop = await demoShop();
  await new Promise((ready, failed) => {
    inFolder(async (made) => {
      folder = join(made, "report");
      run = await mystery(["audit", shop.url, "-n", "2", "-o", folder]);
      ready();
      await new Promise((resolve) => (release = resolve));
    }).catch(failed);
  });
});

after(async () => {
  release();
  await shop.stop();
});

test("audit of the flawless demo shop ends 0 and leaves its three kinds of file", () => {
  assert.equal(run.code, 0, run.err);
  assert.ok(existsSync(join(folder, "report.html")));
  assert.ok(existsSync(join(folder, "audit.json")));
  assert.ok(readdirSync(join(folder, "visits")).filter((f) => f.endsWith(".har")).length >= 4);
});

test("every visit of buy reaches the door of payment, and no order was placed", async () => {
  const audit = json(join(folder, "audit.json"));
  for (const journey of audit.journeys.filter((j) => j.scenario === "buy"))
    for (const visit of journey.visits) {
      assert.equal(visit.outcome, "stopped-before-payment");
      assert.equal(visit.door, "payment");
    }
  const state = await (await fetch(new URL("_demo/state", shop.url))).json();
  assert.deepEqual(
    [state.orders, state.accounts, state.messages, state.subscriptions],
    [0, 0, 0, 0],
  );
});

test("the flawless shop fails no rule of impact major or blocker", () => {
  const audit = json(join(folder, "audit.json"));
  const failed = audit.findings
    .filter((f) => f.outcome === "fail" && f.impact !== "minor")
    .map((f) => f.rule);
  assert.deepEqual(failed, []);
});

test("the flawless shop scores high", () => {
  const audit = json(join(folder, "audit.json"));
  assert.ok(audit.verdict.score >= 85, `score ${audit.verdict.score}`);
});

test("audit.json is valid by its schema", () => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(json(join(root, "reports/schema/audit.schema.json")));
  assert.ok(validate(json(join(folder, "audit.json"))), JSON.stringify(validate.errors?.[0]));
});

test("every HAR is valid HAR 1.2", () => {
  const schemas = require("har-schema");
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addMetaSchema(require("ajv/dist/refs/json-schema-draft-06.json"));
  for (const schema of Object.values(schemas)) ajv.addSchema(schema);
  const validate = ajv.getSchema(schemas.har.$id);
  for (const name of readdirSync(join(folder, "visits")))
    assert.ok(
      validate(json(join(folder, "visits", name))),
      `${name}: ${JSON.stringify(validate.errors?.[0])}`,
    );
});

/** Every file of a folder, by name, as bytes. */
function bytesOf(path) {
  return Object.fromEntries(
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort()
      .map((file) => [file.slice(path.length + 1), readFileSync(file, "base64")]),
  );
}

function visits() {
  return readdirSync(join(folder, "visits"))
    .sort()
    .map((name) => join("visits", name));
}

test("judge and report give the same bytes twice, seconds apart", async () => {
  const formats = ["--format", "html,json,junit,sarif,csv,markdown,har"];
  const made = [];
  for (const name of ["first", "second"]) {
    const judged = await mystery(["judge", ...visits(), "-o", join(folder, name)], { cwd: folder });
    assert.equal(judged.code, 0, judged.err);
    for (const lang of ["en", "fr"]) {
      const output = join(folder, `${name}-${lang}`);
      const saved = join(folder, name, "audit.json");
      const run = await mystery(["report", saved, "--lang", lang, ...formats, "-o", output]);
      assert.equal(run.code, 0, run.err);
    }
    made.push(["", "-en", "-fr"].map((end) => bytesOf(join(folder, name + end))));
    await new Promise((resolve) => setTimeout(resolve, 1100));
  }
  assert.deepEqual(made[0], made[1]);
});

test("judge and report leave the names that audit leaves", async () => {
  const names = Object.keys(bytesOf(folder)).filter((name) => /^(visits|report|audit)/.test(name));
  assert.ok(names.includes("report.html") && names.includes("audit.json"));
  const judged = join(folder, "judged");
  await mystery(["judge", ...visits(), "-o", judged], { cwd: folder });
  assert.deepEqual(Object.keys(bytesOf(judged)), names);
  const rendered = join(folder, "rendered");
  await mystery(["report", judged, "--format", "html,json,har", "-o", rendered]);
  assert.deepEqual(Object.keys(bytesOf(rendered)), names);
  const all = await mystery([
    "judge", ...visits(), "--format", "html,json,junit,sarif,csv,markdown", "-o", join(folder, "all"),
  ], { cwd: folder });
  assert.equal(all.code, 0, all.err);
  assert.deepEqual(Object.keys(bytesOf(join(folder, "all"))), [
    "audit.json", "findings.csv", "junit.xml", "pages.csv", "report.html", "results.sarif", "summary.md",
  ]);
});

test("our visits judged again are the same facts, the same findings and the same HARs", async () => {
  const judged = join(folder, "again");
  await mystery(["judge", ...visits(), "-o", judged], { cwd: folder });
  for (const name of visits())
    assert.equal(readFileSync(join(judged, name), "utf8"), readFileSync(join(folder, name), "utf8"), name);
  const outcomes = (path) =>
    json(join(path, "audit.json")).findings.map((f) => [f.rule, f.outcome, f.value, f.fingerprint]);
  assert.deepEqual(outcomes(judged), outcomes(folder));
});

test("the HARs that audit.json names are found from its folder", async () => {
  const inner = join(folder, "inner");
  await mystery(["judge", ...visits(), "--format", "json", "-o", inner], { cwd: folder });
  await mystery(["judge", ...visits(), "-o", join(inner, "deep", "a.json")], { cwd: folder });
  await mystery(["report", inner, "--format", "json", "-o", join(inner, "other")]);
  for (const file of ["audit.json", "deep/a.json", "other/audit.json"]) {
    const audit = json(join(inner, file));
    const hars = audit.journeys.flatMap((journey) => journey.visits.map((visit) => visit.har));
    assert.ok(hars.length >= 4);
    for (const har of hars) {
      assert.doesNotMatch(har, /^\//);
      assert.ok(existsSync(join(inner, file, "..", har)), `${file}: ${har}`);
    }
  }
});

test("a judged file alone takes no other format", async () => {
  const run = await mystery(["judge", ...visits(), "--format", "html", "-o", "x.json"], { cwd: folder });
  assert.equal(run.code, 3);
  const csv = await mystery(["judge", ...visits(), "--format", "csv", "-o", "-"], { cwd: folder });
  assert.match(csv.out, /criterion/);
});

test("a report rendered later is the one that the audit wrote", async () => {
  const again = await mystery(["report", folder, "--format", "html", "-o", "-"]);
  assert.equal(again.out, readFileSync(join(folder, "report.html"), "utf8"));
});

test("every format is written", async () => {
  for (const row of JSON.parse((await mystery(["list", "formats", "--format", "json"])).out)) {
    if (row.id === "har") continue;
    const written = await mystery(["report", folder, "--format", row.id, "-o", "-"]);
    assert.equal(written.code, 0, row.id);
    assert.ok(written.out.length > 100, row.id);
  }
});

test("a bar that is not met ends 2 and says which", async () => {
  const flawed = await demoShop("missing-price,no-guest-checkout");
  await inFolder(async (made) => {
    const output = join(made, "report");
    const audited = await mystery(["audit", flawed.url, "-n", "1", "--scenario", "buy", "--persona", "desktop", "--min-score", "99", "-o", output]);
    assert.equal(audited.code, 2, audited.err);
    assert.equal(json(join(output, "audit.json")).verdict.status, "failed");
    assert.match(audited.out, /min-score/);
  });
  await flawed.stop();
});

test("a HAR that a browser exported is judged", async () => {
  await inFolder(async (made) => {
    const page = await (await fetch(shop.url)).text();
    const entry = {
      startedDateTime: "2026-11-01T10:00:00.000Z",
      time: 80,
      pageref: "page_1",
      request: { method: "GET", url: shop.url, httpVersion: "HTTP/1.1", headers: [] },
      response: {
        status: 200,
        httpVersion: "HTTP/1.1",
        headers: [{ name: "Content-Type", value: "text/html; charset=utf-8" }],
        content: { size: page.length, mimeType: "text/html", text: page },
        redirectURL: "",
      },
      timings: { send: 1, wait: 60, receive: 19 },
    };
    const har = {
      log: {
        version: "1.2",
        creator: { name: "WebInspector", version: "537.36" },
        pages: [{ id: "page_1", startedDateTime: entry.startedDateTime, title: shop.url, pageTimings: { onLoad: 300 } }],
        entries: [entry],
      },
    };
    writeFileSync(join(made, "x.har"), JSON.stringify(har));
    const judged = await mystery(["judge", join(made, "x.har"), "-o", join(made, "a.json")]);
    assert.equal(judged.code, 0, judged.err);
    const audit = json(join(made, "a.json"));
    assert.equal(audit.pages[0].kind, "home");
    assert.ok(audit.findings.some((f) => f.outcome === "pass"));
  });
});

test("a secret reaches no output", async () => {
  await inFolder(async (made) => {
    const canary = "canary-7f3a9";
    const output = join(made, "report");
    await mystery(["audit", shop.url, "-n", "1", "--scenario", "buy", "--persona", "phone", "--secret", `password=${canary}`, "-u", `me:${canary}`, "-o", output]);
    const files = readdirSync(output, { recursive: true }).map(String);
    for (const file of files.filter((f) => /\.(har|json|html)$/.test(f)))
      assert.ok(!readFileSync(join(output, file), "utf8").includes(canary), file);
  });
});
