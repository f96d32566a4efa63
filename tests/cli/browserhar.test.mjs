// browserhar.test.mjs - a HAR that Chromium's traffic was really recorded to, judged.
// Tests audit/complete.c, audit/hars.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { demoShop, inFolder, json, mystery, playwright } from "./mystery.mjs";

const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .concat(process.env.CHROME_PATH ?? [])
  .find((path) => existsSync(path));
const chromium = await playwright();
const needsBrowser = { skip: !browserPath ? "no Chromium here" : chromium ? false : "Playwright needs Node 20" };

/** Home, all products, the first product, by the shop's own links; bodies embedded. */
async function recorded(shop, path) {
  const browser = await chromium.launch({
    executablePath: browserPath,
    args: ["--no-sandbox", "--disable-background-networking"],
  });
  try {
    const context = await browser.newContext({
      locale: "en-GB",
      recordHar: { path, content: "embed" },
    });
    const page = await context.newPage();
    await page.goto(new URL("/en/", shop.url).href);
    await page.goto(new URL("/en/c/all", shop.url).href);
    await page.locator('main a[href*="/p/"]').first().click();
    await page.waitForURL("**/p/**", { waitUntil: "networkidle" });
    await context.close();
  } finally {
    await browser.close();
  }
}

async function judged(flaws) {
  const shop = await demoShop(flaws);
  try {
    return await inFolder(async (folder) => {
      const har = join(folder, "chrome.har");
      await recorded(shop, har);
      const run = await mystery(["judge", har, "-o", join(folder, "out")]);
      assert.equal(run.code, 0, run.err);
      const again = await mystery(["judge", join(folder, "out/visits/chrome.har"), "-o", join(folder, "again")]);
      assert.equal(again.code, 0, again.err);
      return [json(join(folder, "out/audit.json")), json(join(folder, "again/audit.json"))];
    });
  } finally {
    await shop.stop();
  }
}

const failed = (audit) => audit.findings.filter((f) => f.outcome === "fail").map((f) => f.rule);

test("every page that Chromium opened is recognised, and nothing good is accused", needsBrowser, async () => {
  const [audit] = await judged("");
  assert.deepEqual(audit.pages.map((page) => page.kind), ["home", "category", "product"]);
  assert.deepEqual(
    audit.findings.filter((f) => f.outcome === "fail" && f.impact !== "minor").map((f) => f.rule),
    [],
  );
  assert.ok(audit.findings.filter((f) => f.outcome === "pass").length > 80);
  assert.ok(audit.verdict.score > 85, `score ${audit.verdict.score}`);
  assert.deepEqual(audit.journeys, []);
});

test("flaws are seen in what Chromium recorded, and again in our copy of it", needsBrowser, async () => {
  const [audit, again] = await judged("missing-price,broken-images");
  for (const rule of ["product-price-visible", "content-images-broken"])
    assert.ok(failed(audit).includes(rule), `${rule} in ${failed(audit)}`);
  assert.deepEqual(failed(again), failed(audit));
});
