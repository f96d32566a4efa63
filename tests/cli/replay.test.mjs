// replay.test.mjs - what the fuzzers once found, and where they begin: no input breaks its
// target any more (make replay). SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../..", import.meta.url).pathname;
const replay = `${root}build/fuzz-replay`;

test("every kept input of every fuzz target is survived", { skip: !existsSync(replay) && "make replay was not built" }, () => {
  const run = spawnSync(replay, [`${root}tests/fuzz/corpus`], { encoding: "utf8", cwd: root });
  assert.equal(run.status, 0, run.stdout + run.stderr);
  const targets = readdirSync(`${root}tests/fuzz`).filter((name) => name.endsWith("_fuzz.c"));
  assert.equal(run.stdout.trim().split("\n").length, targets.length);
});
