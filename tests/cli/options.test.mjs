// options.test.mjs - the command line: help, errors with hints, precedence.
// Tests cli/main.c, cli/commands.c, cli/options.c, cli/apply.c, cli/config.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder, mystery } from "./mystery.mjs";

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
  const run = await mystery(["benchmark", "panel.json"]);
  assert.equal(run.code, 1);
  assert.match(run.err, /not built yet/);
});

test("a shop that is not there is inconclusive: 4", async () => {
  await inFolder(async (cwd) => {
    const run = await mystery(["audit", "http://127.0.0.1:9/", "-n", "1", "-o", cwd]);
    assert.equal(run.code, 4);
  });
});
