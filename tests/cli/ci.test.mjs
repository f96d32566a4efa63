// ci.test.mjs - the CI files as their runners use them: action.yml by a stand-in for the runner,
// GitLab, Jenkins and systemd by what they set. SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { join } from "node:path";
import { demoShop, inFolder, program } from "./mystery.mjs";

const root = new URL("../../", import.meta.url).pathname;
let shop;
before(async () => {
  shop = await demoShop();
});
after(() => shop.stop());

const quick = "--scenario buy --persona desktop --crawl 0 --throttle none --engine http";

/** The part of YAML that action.yml is written in: nested mappings, lists, plain and quoted values. */
function yaml(text) {
  const lines = text
    .split("\n")
    .filter((line) => line.trim() && !line.trim().startsWith("#"))
    .map((line) => ({ depth: line.match(/^ */)[0].length, text: line.trim() }));
  const value = (raw) => {
    if (/^'.*'$/.test(raw) || /^".*"$/.test(raw)) return raw.slice(1, -1);
    return raw;
  };
  const block = (depth) => {
    if (lines[0].text.startsWith("- ")) {
      const list = [];
      while (lines.length && lines[0].depth === depth && lines[0].text.startsWith("- ")) {
        lines[0] = { depth: depth + 2, text: lines[0].text.slice(2) };
        list.push(block(depth + 2));
      }
      return list;
    }
    const map = {};
    while (lines.length && lines[0].depth === depth) {
      const line = lines.shift();
      const [, key, rest] = line.text.match(/^([^:]+):(?: (.*))?$/);
      map[key] = rest !== undefined ? value(rest) : lines.length && lines[0].depth > depth ? block(lines[0].depth) : "";
    }
    return map;
  };
  return block(0);
}

const action = yaml(readFileSync(join(root, "action.yml"), "utf8"));

/** What the runner does with a composite step of `run`: inputs into env, the shell, the outputs file. */
function runAction(folder, inputs) {
  const step = action.runs.steps.find((one) => one.id === "run");
  const all = Object.fromEntries(Object.entries(action.inputs).map(([name, input]) => [name, inputs[name] ?? input.default ?? ""]));
  const env = {
    ...process.env,
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTION_PATH: root.replace(/\/$/, ""),
    GITHUB_OUTPUT: join(folder, "outputs"),
    GITHUB_STEP_SUMMARY: join(folder, "summary.md"),
  };
  for (const [name, expression] of Object.entries(step.env)) {
    const [, input] = expression.match(/^\$\{\{ inputs\.([a-z-]+) \}\}$/);
    assert.ok(input in all, `${name} reads the input ${input}, which is not declared`);
    env[name] = all[input];
  }
  writeFileSync(env.GITHUB_OUTPUT, "");
  writeFileSync(env.GITHUB_STEP_SUMMARY, "");
  const ran = spawnSync("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], { cwd: folder, env, encoding: "utf8" });
  const outputs = Object.fromEntries(
    readFileSync(env.GITHUB_OUTPUT, "utf8")
      .trim()
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  return { code: ran.status, out: ran.stdout, err: ran.stderr, outputs, summary: readFileSync(env.GITHUB_STEP_SUMMARY, "utf8") };
}

test("action.yml says all that a composite action must", () => {
  assert.equal(action.runs.using, "composite");
  for (const step of action.runs.steps) {
    assert.ok(step.run ? step.shell : step.uses, `${step.name}: a run step names its shell`);
  }
  for (const input of Object.values(action.inputs)) assert.ok(input.description);
  for (const [name, output] of Object.entries(action.outputs)) assert.equal(output.value, `\${{ steps.run.outputs.${name} }}`);
});

test("the action audits, gives outputs, a summary and the files it uploads", () =>
  inFolder((folder) => {
    const ran = runAction(folder, { url: shop.url, program, visits: "1", args: quick });
    assert.equal(ran.code, 0, ran.err);
    assert.equal(ran.outputs.status, "passed");
    assert.ok(Number(ran.outputs.score) > 90);
    assert.equal(ran.outputs.reason, "");
    assert.match(ran.summary, /^# 127\.0\.0\.1/);
    for (const name of ["report.html", "junit.xml", "results.sarif", "audit.json"]) assert.ok(existsSync(join(folder, ran.outputs.report, name)), name);
    assert.ok(existsSync(join(folder, ".mystery", "history.db")));
  }));

test("a missed bar fails the step with an annotation; what is unclear warns, or fails when asked", () =>
  inFolder((folder) => {
    const budget = (metric) => {
      writeFileSync(join(folder, "budget.json"), JSON.stringify({ budget: [{ page: "product", metric, max: 1 }] }));
      return { url: shop.url, program, visits: "1", args: quick, budget: "budget.json" };
    };
    const failed = runAction(folder, budget("requests"));
    assert.equal(failed.code, 2);
    assert.equal(failed.outputs.status, "failed");
    assert.match(failed.outputs.reason, /^failed: budget: product page/);
    assert.match(failed.out, /^::error title=mystery::failed: budget: product page/m);
    const warned = runAction(folder, budget("lcp_ms"));
    assert.equal(warned.code, 0);
    assert.equal(warned.outputs.status, "inconclusive");
    assert.match(warned.out, /^::warning title=mystery::inconclusive/m);
    assert.equal(runAction(folder, { ...budget("lcp_ms"), inconclusive: "fail" }).code, 4);
    const broken = runAction(folder, { url: shop.url, program, args: "--no-such-option" });
    assert.equal(broken.code, 3);
    assert.equal(broken.outputs.status, "error");
  }));

test("compare-to visits both in turns", () =>
  inFolder((folder) => {
    const ran = runAction(folder, { url: shop.url, "compare-to": shop.url, program, visits: "6", args: "--persona desktop --throttle none --engine http", "fail-on": "regression", inconclusive: "fail" });
    assert.ok([0, 4].includes(ran.code), ran.err);
    assert.ok(existsSync(join(folder, ran.outputs.report, "comparison.xml")));
    assert.match(ran.summary, /What changed/);
  }));

test("GitLab's job: the script, the exit code that may fail, a code quality report", () =>
  inFolder((folder) => {
    const job = readFileSync(join(root, "ci/gitlab.yml"), "utf8");
    assert.match(job, /exit_codes: 4/);
    assert.match(job, /junit: mystery-report\/ci\/\*\.xml/);
    const env = { ...process.env, CI: "true", GITLAB_CI: "true", MYSTERY_URL: shop.url, MYSTERY_OUTPUT: "mystery-report/ci", MYSTERY_HISTORY: ".mystery/history.db", MYSTERY_PROGRAM: program, MYSTERY_VISITS: "1", MYSTERY_ARGS: quick, MYSTERY_MIN_SCORE: "100" };
    const ran = spawnSync(join(root, "ci/run.sh"), { cwd: folder, env, encoding: "utf8" });
    assert.ok([0, 2, 4].includes(ran.status), ran.stderr);
    const quality = spawnSync(join(root, "ci/codequality.mjs"), ["mystery-report/ci/audit.json"], { cwd: folder, encoding: "utf8" });
    assert.equal(quality.status, 0, quality.stderr);
    for (const issue of JSON.parse(quality.stdout)) {
      assert.match(issue.fingerprint, /^[0-9a-f]{16}$/);
      assert.ok(["blocker", "major", "minor"].includes(issue.severity));
      assert.equal(typeof issue.location.path, "string");
      assert.equal(issue.location.lines.begin, 1);
    }
  }));

test("systemd accepts the unit and the timer, and the unit runs", (context) => {
  const analyze = spawnSync("systemd-analyze", ["--version"]);
  const unit = readFileSync(join(root, "ci/mystery.service"), "utf8");
  assert.match(unit, /^SuccessExitStatus=4$/m);
  assert.match(readFileSync(join(root, "ci/mystery.timer"), "utf8"), /^OnCalendar=/m);
  if (analyze.error) return context.skip("systemd-analyze is not here");
  const calendar = spawnSync("systemd-analyze", ["calendar", "*-*-* 05:30,17:30"], { encoding: "utf8" });
  return assert.equal(calendar.status, 0, calendar.stderr);
});

test("options of the environment and of mystery.json hold, the command line wins", () =>
  inFolder((folder) => {
    writeFileSync(join(folder, "mystery.json"), JSON.stringify({ scenario: ["buy"], persona: ["desktop"], visits: 2, crawl: 0, throttle: "none", engine: "http", quiet: true, format: ["json"] }));
    const run = (env, ...more) => {
      spawnSync(program, ["audit", shop.url, "-o", "out", ...more], { cwd: folder, env: { ...process.env, MYSTERY_OPTION_STORE: "none", ...env } });
      return JSON.parse(readFileSync(join(folder, "out", "audit.json"), "utf8")).journeys.map((journey) => journey.visits.length);
    };
    assert.deepEqual(run({}), [2]);
    assert.deepEqual(run({ MYSTERY_OPTION_VISITS: "3" }), [3]);
    assert.deepEqual(run({ MYSTERY_OPTION_VISITS: "3" }, "-n", "1"), [1]);
  }));
