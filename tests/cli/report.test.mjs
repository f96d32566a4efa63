// report.test.mjs - the report as a browser shows it: valid, accessible, silent, unbroken.
// Tests report/html.c and reports/html.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { demoShop, mystery, playwright } from "./mystery.mjs";

// html-validate needs a newer Node than Debian 12 has: then that one test says so and is skipped.
const { HtmlValidate } = await import("html-validate").catch(() => ({}));
const needsValidator = { skip: HtmlValidate ? false : "html-validate needs Node 20.19" };

const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .concat(process.env.CHROME_PATH ?? [])
  .find((path) => existsSync(path));
const chromium = await playwright();
const needsBrowser = { skip: !browserPath ? "no Chromium here" : chromium ? false : "Playwright needs Node 20" };
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const hostile = `"><script>window.ran=1</script><img src=x onerror="window.ran=1">`;
const languages = ["en", "fr"];
const folder = mkdtempSync(join(tmpdir(), "mystery-report-test-"));
let browser;

/** Put a hostile text in place of every text that the shop controls. */
function poison(value, key) {
  if (typeof value === "string")
    return ["title", "text", "snippet", "selector", "note", "shop_text", "typed", "said"].includes(
      key,
    )
      ? hostile
      : value;
  if (Array.isArray(value)) return value.map((item) => poison(item, key));
  if (value && typeof value === "object")
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poison(v, k)]));
  return value;
}

async function render(audit, name) {
  for (const language of languages) {
    const page = await mystery(["report", audit, "--lang", language, "--format", "html", "-o", "-"]);
    assert.equal(page.code, 0, page.err);
    writeFileSync(join(folder, `${name}.${language}.html`), page.out);
  }
}

before(async () => {
  const shop = await demoShop("missing-price,unlabelled-fields,hidden-delivery-cost,broken-images");
  try {
    const run = await mystery(
      ["audit", shop.url, "-n", "1", "--throttle", "none", "--format", "json", "-o", folder, "-q"],
    );
    assert.ok(existsSync(join(folder, "audit.json")), run.err);
  } finally {
    await shop.stop();
  }
  const audit = JSON.parse(readFileSync(join(folder, "audit.json"), "utf8"));
  writeFileSync(join(folder, "hostile.json"), JSON.stringify(poison(audit)));
  await render(join(folder, "audit.json"), "shop");
  await render(join(folder, "hostile.json"), "hostile");
  if (browserPath && chromium)
    browser = await chromium.launch({
      executablePath: browserPath,
      args: ["--no-sandbox", "--disable-background-networking"],
    });
});

after(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Open a rendered report; work gets the page and everything the browser complained about. */
async function opened(name, options, work) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const complaints = [];
  const asked = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  page.on("request", (request) => asked.push(request.url()));
  try {
    await page.goto(`file://${join(folder, name)}`);
    return await work(page, { complaints, asked });
  } finally {
    await context.close();
  }
}

test("both languages are valid HTML", needsValidator, async () => {
  const validator = new HtmlValidate({ extends: ["html-validate:recommended"] });
  for (const language of languages) {
    const page = await mystery(["list", "rules", "--format", "html", "--lang", language]);
    assert.match(page.out, /visitor-would-pay/);
    writeFileSync(join(folder, `grid.${language}.html`), page.out);
  }
  for (const name of ["shop", "hostile", "grid"])
    for (const language of languages) {
      const text = readFileSync(join(folder, `${name}.${language}.html`), "utf8");
      const report = await validator.validateString(text);
      const messages = report.results.flatMap((result) => result.messages);
      assert.deepEqual(
        messages.map((m) => `${m.line}:${m.column} ${m.ruleId}: ${m.message}`).slice(0, 5),
        [],
      );
    }
});

test("axe finds nothing in either language, scheme or width", needsBrowser, async () => {
  // Two of the eight combinations a language: each scheme and each width once.
  for (const [language, colorScheme, width] of [
    ["en", "light", 360],
    ["en", "dark", 1280],
    ["fr", "light", 1280],
    ["fr", "dark", 360],
  ]) {
    const found = await opened(
      `shop.${language}.html`,
      { colorScheme, viewport: { width, height: 900 } },
      async (page) => {
        await page.evaluate(axe);
        return page.evaluate(() => window.axe.run());
      },
    );
    assert.deepEqual(
      found.violations.map((v) => `${v.id}: ${v.nodes[0].html.slice(0, 120)}`),
      [],
      `${language} ${colorScheme} ${width}`,
    );
  }
});

test("nothing a shop wrote runs, and nothing is asked of anybody", needsBrowser, async () => {
  for (const name of ["shop.en.html", "shop.fr.html", "hostile.en.html", "hostile.fr.html"])
    await opened(name, {}, async (page, { complaints, asked }) => {
      const isPoisoned = (await page.content()).includes("&lt;script&gt;window.ran=1");
      assert.equal(isPoisoned, name.startsWith("hostile"));
      assert.equal(await page.evaluate(() => window.ran), undefined);
      assert.equal(await page.locator("img, iframe, object").count(), 0);
      assert.equal(await page.locator("script").count(), 1);
      assert.deepEqual(complaints, []);
      assert.equal(asked.length, 1, asked.join(" "));
    });
});

test("the page is no wider than the screen, from 320 px on", needsBrowser, async () => {
  for (const name of ["shop.fr.html", "hostile.en.html"])
    for (const width of [320, 360, 820, 1440])
      await opened(name, { viewport: { width, height: 900 } }, async (page) => {
        const wide = await page.evaluate(() => document.documentElement.scrollWidth);
        assert.ok(wide <= width, `${name}: ${wide} px at ${width}`);
      });
});

test("without scripts everything is there and the grid still filters", needsBrowser, async () => {
  await opened("shop.en.html", { javaScriptEnabled: false }, async (page) => {
    const all = await page.locator(".gl li:visible").count();
    await page.locator("label[for=g-todo]").click();
    const todo = await page.locator(".gl li:visible").count();
    assert.ok(todo > 0 && todo < all, `${todo} of ${all}`);
  });
});

test("the search in the grid narrows it, by keyboard alone", needsBrowser, async () => {
  await opened("shop.fr.html", {}, async (page) => {
    await page.locator("#fi").focus();
    await page.keyboard.type("livraison");
    const shown = await page.locator(".gl li:visible").allTextContents();
    assert.ok(shown.length > 0);
    for (const text of shown) assert.match(text.toLowerCase(), /livraison/);
  });
});

test("every link inside the page leads somewhere", needsBrowser, async () => {
  await opened("shop.en.html", {}, async (page) => {
    const dead = await page.evaluate(() =>
      [...document.querySelectorAll("a[href]")]
        .map((link) => link.getAttribute("href"))
        .filter((href) => !href.startsWith("#") || !document.getElementById(href.slice(1))),
    );
    assert.deepEqual(dead, []);
  });
});

test("printed, the details are open and the filters gone", needsBrowser, async () => {
  await opened("shop.en.html", {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.equal(await page.locator(".filter").isVisible(), false);
    assert.equal(await page.locator(".find details ol.do").last().isVisible(), true);
    const pdf = await page.pdf({ format: "A4" });
    assert.ok(pdf.length > 20000);
  });
});
