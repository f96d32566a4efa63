// options.test.mjs - the command line: help, errors with hints, precedence.
// Tests cli/main.c, cli/commands.c, cli/options.c, cli/apply.c, cli/config.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { demoShop, inFolder, mystery } from "./mystery.mjs";

test("no command prints the help and ends 3", async () => {
  const run = await mystery([]);
  assert.equal(run.code, 3);
  assert.match(run.out, /usage: mystery COMMAND/);
});

test("--version names the version", async () => {
  const run = await mystery(["--version"]);
  assert.equal(run.code, 0);
  assert.match(run.out, /^mystery \d+\.\d+\.\d+\n$/);
});

test("an unknown command gets a did-you-mean", async () => {
  const run = await mystery(["audti", "http://127.0.0.1/"]);
  assert.equal(run.code, 3);
  assert.match(run.err, /unknown command 'audti'/);
  assert.match(run.err, /did you mean 'audit'\?/);
});

test("a report language that nobody wrote is refused before any visit", async () => {
  await inFolder(async (folder) => {
    const output = join(folder, "out");
    const run = await mystery(["audit", "http://127.0.0.1:1/", "--lang", "xx", "-o", output]);
    assert.equal(run.code, 3);
    assert.match(run.err, /no report language 'xx'/);
    assert.doesNotMatch(run.err, /visit 1/);
  });
});

test("an unknown option gets a did-you-mean", async () => {
  const run = await mystery(["audit", "--scenarios", "buy", "http://127.0.0.1/"]);
  assert.equal(run.code, 3);
  assert.match(run.err, /did you mean '--scenario'\?/);
});

test("a value out of range names its option", async () => {
  const run = await mystery(["audit", "-n", "0", "http://127.0.0.1/"]);
  assert.equal(run.code, 3);
  assert.match(run.err, /visits/);
});

test("a URL that is none is the user's mistake", async () => {
  const run = await mystery(["audit", "ftp://shop.example/"]);
  assert.equal(run.code, 3);
});

test("an unknown scenario, persona or format gets a did-you-mean", async () => {
  const url = "http://127.0.0.1:9/";
  const scenario = await mystery(["audit", "--scenario", "byu", url]);
  assert.equal(scenario.code, 3);
  assert.match(scenario.err, /did you mean 'buy'/);
  const persona = await mystery(["audit", "--persona", "fone", url]);
  assert.equal(persona.code, 3);
  const format = await mystery(["audit", "--format", "htlm", url]);
  assert.equal(format.code, 3);
  assert.match(format.err, /did you mean 'html'/);
});

test("the command line wins over the environment, that over mystery.json", async () => {
  await inFolder(async (cwd) => {
    writeFileSync(join(cwd, "mystery.json"), '{"lang": "fr"}');
    const fromFile = await mystery(["list", "metrics"], { cwd });
    assert.match(fromFile.out, /Première réponse du serveur/);
    const env = { MYSTERY_OPTION_LANG: "en" };
    const fromEnvironment = await mystery(["list", "metrics"], { cwd, env });
    assert.match(fromEnvironment.out, /Server's first answer/);
    const fromLine = await mystery(["list", "metrics", "--lang", "fr"], { cwd, env });
    assert.match(fromLine.out, /Première réponse du serveur/);
  });
});

test("a mistake in mystery.json is shown with its place", async () => {
  await inFolder(async (cwd) => {
    writeFileSync(join(cwd, "mystery.json"), '{\n  "lnag": "fr"\n}');
    const run = await mystery(["list", "metrics"], { cwd });
    assert.equal(run.code, 3);
    assert.match(run.err, /mystery\.json:2:/);
    assert.match(run.err, /did you mean 'lang'/);
  });
});

test("a command that is not built yet says so and ends 1", async () => {
  const run = await mystery(["import", "panel.json"]);
  assert.equal(run.code, 1);
  assert.match(run.err, /not built yet/);
});

test("a shop that is not there is inconclusive: 4", async () => {
  await inFolder(async (cwd) => {
    const run = await mystery(["audit", "http://127.0.0.1:9/", "-n", "1", "-o", cwd]);
    assert.equal(run.code, 4);
  });
});

test("visit ends 4 when no visit saw the shop", async () => {
  await inFolder(async (folder) => {
    const run = await mystery([
      "visit", "http://127.0.0.1:1/", "--engine", "http", "--persona", "desktop", "-n", "1",
      "--scenario", "get-help", "-o", folder,
    ]);
    assert.equal(run.code, 4, run.err);
    assert.match(run.err, /inconclusive: the shop could not be visited/);
    assert.match(run.out, /\.har/);
  });
});

test("standard output takes one format, and says so before it visits anything", async () => {
  const run = await mystery(["audit", "http://127.0.0.1:9/", "--format", "json,html", "-o", "-"]);
  assert.equal(run.code, 3);
  assert.match(run.err, /'-' takes one format/);
  assert.doesNotMatch(run.err, /visit 1/);
});

test("a wrong value names its option", async () => {
  const run = await mystery(["audit", "http://127.0.0.1:9/"], { env: { MYSTERY_OPTION_MIN_SCORE: "101" } });
  assert.equal(run.code, 3);
  assert.match(run.err, /min-score/);
  for (const duration of ["90", "10x", ""]) {
    const wrong = await mystery(["audit", "http://127.0.0.1:9/", "--time-limit", duration]);
    assert.equal(wrong.code, 3, duration);
    assert.match(wrong.err, /time-limit/, duration);
  }
});

test("the JSON alone on standard output, nothing on standard error with -q", async () => {
  const shop = await demoShop();
  try {
    await inFolder(async (cwd) => {
      const summary = join(cwd, "step.md");
      writeFileSync(summary, "# Before\n");
      const run = await mystery(
        ["audit", shop.url, "-n", "1", "--scenario", "look-around", "--persona", "desktop",
          "--throttle", "none", "-o", "-", "-q"],
        { cwd, env: { GITHUB_STEP_SUMMARY: summary } },
      );
      assert.equal(run.code, 0, run.err);
      assert.equal(run.err, "");
      assert.equal(JSON.parse(run.out).schema, "mystery-audit/1");
      assert.match(readFileSync(summary, "utf8"), /^# Before\n[^]*127\.0\.0\.1/);
    });
  } finally {
    await shop.stop();
  }
});

test("an interrupted audit keeps what was done, marks it partial and ends 130", async () => {
  const shop = await demoShop("", ["--delay", "150ms"]);
  try {
    await inFolder(async (folder) => {
      const run = await mystery(
        ["audit", shop.url, "-n", "4", "--persona", "desktop", "--scenario", "look-around", "-o", folder],
        {
          started: (child) =>
            child.stderr.on("data", (text) => {
              if (/visit 1 of 4: [^\n]*: completed/.test(text)) child.kill("SIGINT");
            }),
        },
      );
      assert.equal(run.code, 130, run.err);
      assert.equal(JSON.parse(readFileSync(join(folder, "audit.json"), "utf8")).run.partial, true);
    });
  } finally {
    await shop.stop();
  }
});
