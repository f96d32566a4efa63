// inventory.test.mjs - list, explain, check, doctor.
// Tests audit/inventory.c, audit/inventory_check.c, audit/doctor.c, cli/cmd_list.c,
// cli/cmd_doctor.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder, mystery } from "./mystery.mjs";

for (const what of ["rules", "scenarios", "personas", "steps", "metrics", "formats", "languages"]) {
  test(`list ${what} prints rows, as text and as JSON`, async () => {
    const text = await mystery(["list", what]);
    assert.equal(text.code, 0);
    const rows = JSON.parse((await mystery(["list", what, "--format", "json"])).out);
    assert.ok(rows.length > 0);
    assert.equal(text.out.trim().split("\n").length, rows.length);
    for (const row of rows) assert.match(row.id, /^[A-Za-z0-9/_-]+$/);
  });
}

test("every rule has texts in both languages", async () => {
  const rules = JSON.parse((await mystery(["list", "rules", "--format", "json"])).out);
  for (const rule of rules) {
    assert.ok(rule.title.en.length > 10, rule.id);
    assert.ok(rule.title.fr.length > 10, rule.id);
    assert.notEqual(rule.title.en, rule.title.fr, rule.id);
    assert.ok(rule.pages.length > 0 && rule.source.length > 0, rule.id);
  }
});

test("rule texts quote as their language does", () => {
  const folder = new URL("../../rules", import.meta.url).pathname;
  for (const name of readdirSync(folder, { recursive: true }).map(String)) {
    if (!name.includes("/") || !name.endsWith(".json")) continue;
    if (name.endsWith("/grid.json")) continue;
    const { text } = JSON.parse(readFileSync(join(folder, name), "utf8"));
    for (const said of Object.values(text.en))
      assert.doesNotMatch(said, /(^|[\s(])[’‘]\S|«/, `${name}: ${said}`);
    for (const said of Object.values(text.fr)) {
      assert.doesNotMatch(said, /[“”]|«(?!\u00a0)|(?<!\u00a0)»/, `${name}: ${said}`);
      assert.doesNotMatch(said, /[A-Za-zé]'[a-zé]/, `${name}: ${said}`);
    }
  }
});

test("explain says a rule in words, and helps with a wrong name", async () => {
  const run = await mystery(["explain", "product-price-visible"]);
  assert.equal(run.code, 0);
  assert.match(run.out, /Why: /);
  assert.match(run.out, /How to fix: /);
  const wrong = await mystery(["explain", "product-price-visibel"]);
  assert.equal(wrong.code, 3);
  assert.match(wrong.err, /did you mean 'product-price-visible'/);
});

test("explain says of criteria of law what they are, in both languages", async () => {
  const rules = JSON.parse((await mystery(["list", "rules", "--format", "json"])).out);
  const legal = rules.filter((rule) => rule.id.startsWith("legal-"));
  assert.ok(legal.length >= 10);
  for (const rule of legal.slice(0, 3)) {
    const english = await mystery(["explain", rule.id, "--lang", "en"]);
    assert.match(english.out, /technical indication, not legal advice/i, rule.id);
    const french = await mystery(["explain", rule.id, "--lang", "fr"]);
    assert.match(french.out, /indication technique, pas (un )?(conseil|avis) juridique/i, rule.id);
  }
  const other = await mystery(["explain", "product-price-visible"]);
  assert.doesNotMatch(other.out, /legal advice/);
});

test("check accepts what we ship", async () => {
  const run = await mystery(["check", "scenarios", "rules"], {
    cwd: new URL("../..", import.meta.url).pathname,
  });
  assert.equal(run.err, "");
  assert.equal(run.code, 0);
});

test("check names file, line and column of a mistake", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "journey.json");
    writeFileSync(
      path,
      '{"title": "x", "steps": [\n{"type": "customStep", "name": "mystery/serach", "parameters": {}}]}',
    );
    const run = await mystery(["check", path]);
    assert.equal(run.code, 3);
    assert.match(run.err, /journey\.json:2:\d+/);
    assert.match(run.err, /mystery\/search/);
  });
});

test("doctor ends 0 where an http audit is possible", async () => {
  const run = await mystery(["doctor"]);
  assert.equal(run.code, 0);
  assert.match(run.out, /transport/);
});

test("check --strict --format json answers programs", async () => {
  await inFolder(async (folder) => {
    const path = join(folder, "flow.json");
    writeFileSync(path, '{"title": "x", "steps": [{"type": "navigate", "url": "https://a.example/"}]}');
    const good = await mystery(["check", "--strict", "--format", "json", path]);
    assert.equal(good.code, 0);
    assert.equal(JSON.parse(good.out).ok, true);
    assert.equal(JSON.parse(good.out).normalized.steps[0].type, "navigate");
    writeFileSync(path, '{"title": "x",\n "steps": [{"type": "nonsense"}]}');
    const bad = await mystery(["check", "--strict", "--format", "json", path]);
    assert.equal(bad.code, 3);
    assert.equal(JSON.parse(bad.out).ok, false);
    assert.equal(JSON.parse(bad.out).errors[0].line, 2);
  });
});

test("check --format json knows every kind of file, one at a time", async () => {
  const rule = new URL("../../rules/speed", import.meta.url).pathname;
  const [first, second] = readdirSync(rule).map((name) => join(rule, name));
  const run = await mystery(["check", "--format", "json", first]);
  assert.equal(run.code, 0, run.out);
  assert.deepEqual(JSON.parse(run.out), { ok: true, errors: [], normalized: null });
  const two = await mystery(["check", "--format", "json", first, second]);
  assert.equal(two.code, 3);
  assert.match(two.err, /one file/);
});

test("languages are called what they call themselves", async () => {
  const rows = JSON.parse((await mystery(["list", "languages", "--format", "json"])).out);
  assert.deepEqual(rows.map((row) => row.title.en), ["English", "français"]);
});

test("doctor says when the browser named does not run", async () => {
  const run = await mystery(["doctor"], { env: { CHROME_PATH: "/nowhere/chromium" } });
  assert.equal(run.code, 0);
  assert.match(run.out, /^warning +browser .*no Chromium found\n +CHROME_PATH names no program/m);
});
