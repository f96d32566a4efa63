// engines.test.mjs - by default visits are made in the browser that is there, and each
// scenario once without scripts beside it, which gives no marks. Tests audit/reference.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { demoShop, hasBrowser, inFolder, json, mystery } from "./mystery.mjs";

const needsBrowser = { skip: hasBrowser() ? false : "no Chromium here" };

test("the browser's visits count, the one without scripts only tells", needsBrowser, async () => {
  const shop = await demoShop();
  try {
    await inFolder(async (folder) => {
      const run = await mystery(
        ["audit", shop.url, "-n", "1", "--scenario", "buy", "--persona", "desktop", "--crawl", "0",
          "--format", "json", "-o", folder, "-q"],
        { env: { MYSTERY_OPTION_ENGINE: "auto" } },
      );
      assert.equal(run.code, 0, run.err);
      assert.deepEqual(readdirSync(join(folder, "visits")).sort(),
        ["buy-desktop-chromium-1.har", "buy-desktop-http-1.har"]);
      const audit = json(join(folder, "audit.json"));
      assert.deepEqual(audit.journeys.map((journey) => journey.engine), ["chromium"]);
      assert.equal(audit.journeys[0].visits[0].outcome, "stopped-before-payment");
      assert.ok(audit.findings.some((finding) => finding.rule === "cart-add-no-js" &&
        finding.outcome === "pass"));
      assert.ok(existsSync(join(folder, "screenshots", "buy-desktop-chromium-1-01.jpg")));
    });
  } finally {
    await shop.stop();
  }
});

test("a visitor with a keyboard alone reaches the payment door, and orders nothing", needsBrowser, async () => {
  const shop = await demoShop();
  try {
    await inFolder(async (folder) => {
      const run = await mystery(
        ["visit", shop.url, "-n", "1", "--scenario", "buy", "--persona", "keyboard-visitor", "--engine", "chromium",
          "--throttle", "none", "-o", folder],
      );
      assert.equal(run.code, 0, run.err);
      const visit = json(join(folder, "visits", "buy-keyboard-visitor-chromium-1.har")).log._mystery;
      assert.equal(visit.outcome, "stopped-before-payment", visit.reason);
      const consent = visit.steps.find((step) => step.id === "consent");
      assert.equal(consent.outcome, "ok", consent.reason);
      assert.equal((await (await fetch(new URL("_demo/state", shop.url))).json()).orders, 0);
    });
  } finally {
    await shop.stop();
  }
});
