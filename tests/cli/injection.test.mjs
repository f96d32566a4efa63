// injection.test.mjs - a shop whose every text is an attack: the demo shop behind a proxy that adds
// one of corpus.mjs to each title, name, link, label, header, cookie and address.
// Tests report/escape.c from end to end, audit/render.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { bytes, corpus } from "./corpus.mjs";
import { demoShop, json, mystery, playwright } from "./mystery.mjs";

const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]
  .concat(process.env.CHROME_PATH ?? [])
  .find((path) => existsSync(path));
const chromium = await playwright();
const needsBrowser = { skip: !browserPath ? "no Chromium here" : chromium ? false : "Playwright needs Node 20" };
const folder = mkdtempSync(join(tmpdir(), "mystery-injection-test-"));
const formats = "html,json,junit,sarif,csv,markdown";
const languages = ["en", "fr"];
let summary;

let turn = 0;
const next = () => corpus[turn++ % corpus.length];
const escaped = (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);

/** The page with an attack behind every text of its own; what makes the shop work stays. */
function spoiled(page) {
  return page
    .replace(/(<(title|h[1-6]|a|p|li|dt|dd|label|button|option|caption|th|td)\b[^>]*>)([^<>]*[^<>\s][^<>]*)(?=<)/g, (all, tag, name, text) => `${tag}${text} ${escaped(next())}`)
    .replace(/\b(alt|title|aria-label|placeholder|content)="([^"]+)"/g, (all, name, text) => (/viewport|charset|width=|http/.test(text) ? all : `${name}="${text} ${escaped(next())}"`))
    .replace(/"(name|description|sku)":\s*"([^"]*)"/g, (all, name, text) => `"${name}":${JSON.stringify(`${text} ${next()}`).replaceAll("<", "\\u003c")}`)
    .replace("</body>", () => `<footer>${Array.from({ length: 6 }, () => `<a href="/p?q=${escaped(encodeURI(next().toWellFormed?.() ?? "x"))}">${escaped(next())}</a>`).join("")}</footer></body>`);
}

/** Header values may hold all but control characters. */
const headerOf = (text) => text.replace(/[^\t\x20-\x7e\x80-\xff]/g, "") || "x";

function proxy(target) {
  const server = createServer((question, answer) => {
    const options = { hostname: "127.0.0.1", port: new URL(target).port, path: question.url, method: question.method };
    options.headers = { ...question.headers, "accept-encoding": "identity" };
    const asked = request(options, (reply) => {
      const parts = [];
      reply.on("data", (part) => parts.push(part));
      reply.on("end", () => {
        let body = Buffer.concat(parts);
        const headers = { ...reply.headers };
        if (/html/.test(headers["content-type"] ?? "")) {
          body = bytes(spoiled(body.toString()));
          for (const name of ["server", "x-powered-by", "x-generator", "via", "etag"]) headers[name] = headerOf(next());
          delete headers["content-length"];
        }
        answer.writeHead(reply.statusCode, headers);
        answer.end(body);
      });
    });
    asked.on("error", () => answer.destroy());
    question.pipe(asked);
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

/** Every text of a saved audit that may have come from a shop, replaced by the next attack. */
function poisoned(value, key) {
  const keys = ["title", "text", "snippet", "selector", "note", "shop_text", "typed", "said", "reason", "matched", "person", "remark", "value"];
  if (typeof value === "string") return keys.includes(key) ? next() : value;
  if (Array.isArray(value)) return value.map((item) => poisoned(item, key));
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, k === "schema" ? v : poisoned(v, k)]));
  return value;
}

const rendered = [];

before(async () => {
  assert.ok(corpus.length >= 300, String(corpus.length));
  const shop = await demoShop("missing-price,unlabelled-fields,broken-images,dead-links");
  const front = await proxy(shop.url);
  try {
    summary = await mystery([
      "audit", `http://127.0.0.1:${front.address().port}/`, "--scenario", "buy", "-n", "1", "--crawl", "5", "--persona", "desktop", "--throttle", "none",
      "--format", formats, "-o", join(folder, "live"),
    ]);
    assert.equal(summary.code, 0, summary.err);
    assert.ok(turn > corpus.length, `only ${turn} texts were asked for`);
  } finally {
    front.close();
    front.closeAllConnections?.();
    await shop.stop();
  }
  turn = 0;
  writeFileSync(join(folder, "poisoned.json"), JSON.stringify(poisoned(json(join(folder, "live/audit.json")))));
  assert.ok(turn > corpus.length, `only ${turn} texts were replaced`);
  for (const lang of languages) {
    const run = await mystery(["report", join(folder, "poisoned.json"), "--lang", lang, "--format", formats, "-o", join(folder, lang)]);
    assert.equal(run.code, 0, run.err);
  }
  rendered.push("live", ...languages);
});

after(() => rmSync(folder, { recursive: true, force: true }));

const read = (...path) => readFileSync(join(folder, ...path), "utf8");
/** What no output may hold: controls but line ends and tabs, direction marks, invisible tags, broken text. */
const silent = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\u{e0000}-\u{e007f}]/u;

test("the journey was walked through the attacks", () => {
  const { journeys } = json(join(folder, "live/audit.json"));
  assert.ok(journeys[0].visits[0].steps.length > 5);
  assert.equal(journeys[0].visits[0].outcome, "stopped-before-payment");
});

test("a terminal gets no control sequence", () => {
  assert.doesNotMatch(summary.out, silent);
  assert.doesNotMatch(summary.err, silent);
  assert.doesNotMatch(summary.out, /\r|^(::|##\[)/m);
});

test("no file holds a control character, a direction mark or broken text", () => {
  for (const name of rendered)
    for (const file of ["report.html", "junit.xml", "findings.csv", "pages.csv", "summary.md"]) {
      const raw = readFileSync(join(folder, name, file));
      assert.equal(raw.toString().length > 0 && Buffer.compare(Buffer.from(raw.toString()), raw), 0, `${name}/${file} is no UTF-8`);
      const found = raw.toString().match(silent);
      assert.equal(found, null, `${name}/${file}: ${JSON.stringify(raw.toString().slice((found?.index ?? 0) - 40, (found?.index ?? 0) + 40))}`);
    }
});

test("no cell of a table begins a formula", () => {
  for (const name of rendered)
    for (const file of ["findings.csv", "pages.csv"]) {
      const separator = name === "fr" ? ";" : ",";
      const cells = read(name, file).slice(1).match(new RegExp(`(?<=^|\\n|${separator})("(?:[^"]|"")*"|[^"\\r\\n${separator}]*)`, "g"));
      for (const cell of cells) {
        const text = cell.replace(/^"/, "");
        assert.ok(!/^\s*[=+@＝＋＠－-]/.test(text) || /^-?[\d.,\s]+"?$/.test(text), `${name}/${file}: ${cell.slice(0, 60)}`);
      }
    }
});

test("XML and JSON stay whole", () => {
  for (const name of rendered) {
    JSON.parse(read(name, "results.sarif"));
    const lint = spawnSync("xmllint", ["--noout", join(folder, name, "junit.xml")]);
    assert.ok(lint.error || lint.status === 0, `${name}: ${lint.stderr}`);
  }
});

test("Markdown holds no element and no link of the shop's", () => {
  for (const name of rendered) {
    const text = read(name, "summary.md").replace(/`[^`\n]*`/g, "");
    assert.doesNotMatch(text, /(?<!\\)<(?!\/?(details|summary|br|sub|kbd)\b)[a-z!/?]/i, name);
    assert.doesNotMatch(text, /(?<!\\)\]\((?!https?:\/\/)/, name);
  }
});

test("in a browser nothing runs, nothing is fetched, nothing breaks", needsBrowser, async () => {
  const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox", "--disable-background-networking"] });
  try {
    for (const name of rendered) {
      const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
      const heard = [];
      for (const event of ["console", "pageerror", "dialog", "frameattached", "popup", "download"]) page.on(event, (what) => heard.push(`${event} ${what?.text?.() ?? what}`));
      page.on("request", (what) => heard.push(what.url()));
      await page.goto(`file://${join(folder, name, "report.html")}`);
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      await page.mouse.move(200, 400);
      await page.keyboard.press("Tab");
      const seen = await page.evaluate(() => ({
        ran: window.ran,
        active: document.querySelectorAll("img[src^='http'], iframe, object, embed, base, form, link, video, audio, foreignObject, animate, a[href^='javascript' i], a[href^='data' i]").length,
        scripts: document.scripts.length,
        handlers: [...document.querySelectorAll("*")].filter((one) => [...one.attributes].some((a) => /^on/i.test(a.name))).length,
        wide: document.documentElement.scrollWidth,
        sections: document.querySelectorAll("main section.s").length,
        last: document.querySelector("main").lastElementChild.getBoundingClientRect().height,
        turned: [...document.querySelectorAll("[dir=rtl]")].length,
      }));
      assert.deepEqual({ ...seen, sections: seen.sections > 5, last: seen.last > 0 }, { active: 0, scripts: 1, handlers: 0, wide: 390, sections: true, last: true, turned: 0, ran: undefined }, name);
      assert.deepEqual(heard, [`file://${join(folder, name, "report.html")}`], name);
      await page.close();
    }
  } finally {
    await browser.close();
  }
});
