// reasons.test.mjs - what a step notes is said in the reader's language.
// Tests reports/words/fr.json against the sentences of auditor/visit.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

const root = new URL("../..", import.meta.url).pathname;

/** The sentences a step may end with: the texts given to step_result and step_not_found. */
function stepSentences() {
  const folder = join(root, "auditor/visit");
  const found = new Map();
  for (const name of readdirSync(folder).filter((entry) => /^steps_.*\.c$/.test(entry))) {
    const code = readFileSync(join(folder, name), "utf8");
    const calls = /step_(?:result\(\s*walk,\s*OUTCOME_\w+|not_found\(walk),\s*((?:"(?:[^"\\\n]|\\.)*"\s*)+)/g;
    for (const [, literal] of code.matchAll(calls)) {
      const text = [...literal.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((part) => part[1]).join("");
      if (/[a-z]{2,} [a-z]{2,}/.test(text)) found.set(text, name);
    }
  }
  return found;
}

test("every sentence of a step has its French", () => {
  const { reasons } = JSON.parse(readFileSync(join(root, "reports/words/fr.json"), "utf8"));
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const known = reasons.map(
    ([english]) => new RegExp(`^${english.split(/\{\w+\}/).map(escaped).join(".+")}$`),
  );
  const sentences = stepSentences();
  assert.ok(sentences.size > 50, `only ${sentences.size} sentences were read`);
  const silent = [...sentences]
    .map(([text, name]) => [text.replace(/%[-+.0-9]*(?:ll|l|z)?[a-zA-Z]/g, "X"), name])
    .filter(([text]) => !known.some((pattern) => pattern.test(text)))
    .map(([text, name]) => `${name}: ${text}`);
  assert.deepEqual(silent, []);
});
