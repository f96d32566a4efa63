// faults.test.mjs - a few faults of the fault shop (tests/faults; all of them: make faults):
// each ends in time, with what happened said, and never in a crash.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { all } from "../faults/all.mjs";
import { judge } from "../faults/judge.mjs";
import { trial } from "../faults/trial.mjs";
import { folderMake } from "../faults/world.mjs";
import { demoShop, program } from "./mystery.mjs";
import { rmSync } from "node:fs";

let shop;
let world;

before(async () => {
  shop = await demoShop();
  world = { shop: shop.url, folder: folderMake(), program };
});

after(async () => {
  await shop.stop();
  rmSync(world.folder, { recursive: true, force: true });
});

// Quick ones that need no network of their own, one of each kind.
const chosen = ["tcp-reset-head", "h1-304", "h1-101", "h1-403", "enc-gzip-lie", "enc-chain", "html-nul", "img-cut", "robots-binary", "to-circle"];
for (const id of chosen) {
  const fault = all.find((one) => one.id === id);
  test(`${fault.what} (${id}): as expected`, async () => {
    assert.deepEqual(judge(fault, await trial(fault, "http", world)), []);
  });
}
