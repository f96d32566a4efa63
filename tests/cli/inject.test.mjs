// inject.test.mjs - a few of each command's calls fail: a clean end, files old or new, never half.
// All of them: make inject. SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { test } from "node:test";
import { inject } from "../inject/sweep.mjs";
import { program } from "./mystery.mjs";

const library = new URL("../../build/inject.so", import.meta.url).pathname;

test("what fails in the machine ends with 1 and one message, and leaves no half file", { skip: existsSync(library) ? false : "make test builds build/inject.so" }, async () => {
  const { rows, wrong } = await inject({ program, library, only: "judge-file,report,list,check", kind: "open,read,write,short-write,rename,alloc", most: 2, once: true, jobs: 2 });
  const hits = rows.reduce((sum, row) => sum + row.hit, 0);
  assert.equal(wrong, 0, rows.flatMap((row) => row.wrong.map((text) => `${row.command} ${row.kind} ${text}`)).join("\n"));
  assert.ok(hits >= 30, `only ${hits} calls failed`);
});

test("a result that cannot be written is told, and ends with 1", { skip: existsSync("/dev/full") ? false : "no /dev/full here" }, () => {
  const done = spawnSync("sh", ["-c", '"$0" list rules > /dev/full', program], { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
  assert.equal(done.status, 1);
  assert.match(done.stderr, /^mystery: standard output: cannot write[^\n]*\n$/);
});
