// agreement.mjs - our verdicts beside those of axe-core and html-validate, page by page.
//
//   node agreement.mjs MYSTERY WORK [DEMO-URL]   writes docs/agreement.md's table to stdout
//
// The pages are documentation that Debian packages ship (html in /usr/share/doc), and the
// demo shop with flaws when its address is given. They are judged from a HAR, so without
// scripts and style sheets of other hosts; the browser gets the same bytes.
// SPDX-License-Identifier: MIT
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { HtmlValidate } from "html-validate";

const [mystery, work, demo] = process.argv.slice(2);
const axeSource = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");
const PER_FOLDER = 6;
const FOLDERS = [
  "/usr/share/doc/nodejs/api", "/usr/share/doc/cmocka-doc/html", "/usr/share/doc/valgrind/html",
  "/usr/share/doc/libxslt1-dev/html", "/usr/share/doc/libunistring-dev/html",
  "/usr/share/doc/libffi8/html", "/usr/share/doc/libxslt1-dev/gtk-doc/html/libxslt",
  "/usr/share/doc/libxslt1-dev/html/EXSLT", "/usr/share/doc/socat",
];
const AXE = {
  "a11y-image-alt": ["image-alt"], "a11y-button-name": ["button-name"],
  "a11y-link-name": ["link-name"], "a11y-field-label": ["label"],
  "a11y-select-label": ["select-name"], "a11y-html-lang": ["html-has-lang"],
  "a11y-html-lang-valid": ["html-lang-valid"], "a11y-title": ["document-title"],
  "a11y-iframe-title": ["frame-title"], "a11y-lists": ["list", "listitem"],
  "a11y-tabindex": ["tabindex"], "a11y-meta-refresh": ["meta-refresh"],
  "a11y-aria-roles": ["aria-roles"], "a11y-aria-attrs": ["aria-valid-attr", "aria-valid-attr-value"],
  "a11y-autocomplete-valid": ["autocomplete-valid"], "a11y-headings-order": ["heading-order"],
  "a11y-headings-empty": ["empty-heading"], "a11y-landmark-main": ["landmark-one-main"],
  "a11y-headings-h1": ["page-has-heading-one"], "a11y-nested-interactive": ["nested-interactive"],
  "a11y-input-button-name": ["input-button-name"], "a11y-aria-hidden-body": ["aria-hidden-body"],
  "a11y-aria-hidden-focus": ["aria-hidden-focus"], "a11y-aria-required": ["aria-required-attr"],
  "a11y-parts-lang": ["valid-lang"], "mobile-zoom": ["meta-viewport"],
  "a11y-alt-redundant": ["image-redundant-alt"],
};
const VALIDATE = {
  "a11y-duplicate-id": "no-dup-id", "tech-doctype": "missing-doctype",
  "a11y-headings-empty": "empty-heading", "a11y-headings-order": "heading-level",
  "a11y-field-label": "input-missing-label", "a11y-image-alt": "wcag/h37",
  "a11y-meta-refresh": "meta-refresh", "a11y-title": "empty-title",
  "a11y-autocomplete-valid": "valid-autocomplete",
};

function documents() {
  const pages = [];
  for (const folder of FOLDERS) {
    if (!fs.existsSync(folder)) continue;
    const names = fs.readdirSync(folder).filter((n) => n.endsWith(".html")).sort();
    const step = Math.max(1, Math.floor(names.length / PER_FOLDER));
    for (let i = 0, n = 0; i < names.length && n < PER_FOLDER; i += step, n++) {
      const file = path.join(folder, names[i]);
      const size = fs.statSync(file).size;
      if (size < 2000 || size > 400000) continue;
      pages.push({ name: file.replace("/usr/share/doc/", ""), html: fs.readFileSync(file, "utf8") });
    }
  }
  return pages;
}

// Our own examples of the compared rules: made to pass and to fail.
function examples() {
  const pages = [];
  for (const rule of new Set([...Object.keys(AXE), ...Object.keys(VALIDATE)])) {
    const folder = path.join("tests/rules", rule);
    for (const name of fs.existsSync(folder) ? fs.readdirSync(folder).sort() : [])
      if (name.endsWith(".html"))
        pages.push({ name: `example ${rule}/${name}`, html: fs.readFileSync(path.join(folder, name), "utf8") });
  }
  return pages;
}

async function shop(address) {
  const pages = [], seen = new Set(), queue = [address];
  while (queue.length && pages.length < 20) {
    const url = queue.shift();
    if (seen.has(url)) continue;
    seen.add(url);
    const answer = await fetch(url);
    if (!(answer.headers.get("content-type") || "").includes("html")) continue;
    const html = await answer.text();
    pages.push({ name: "demo " + new URL(url).pathname, html });
    for (const [, href] of html.matchAll(/<a [^>]*href="([^"#?]+)"/g)) {
      const next = new URL(href, url);
      if (next.origin === new URL(address).origin) queue.push(next.href);
    }
  }
  return pages;
}

function har(pages) {
  const time = "2026-11-19T09:00:00.000Z";
  return { log: { version: "1.2", creator: { name: "agreement", version: "1" },
    pages: pages.map((p, i) => ({ startedDateTime: time, id: "p" + i, title: p.name, pageTimings: {} })),
    entries: pages.map((p, i) => ({ pageref: "p" + i, startedDateTime: time, time: 1,
      request: { method: "GET", url: p.url, httpVersion: "HTTP/1.1", headers: [], queryString: [], cookies: [], headersSize: -1, bodySize: 0 },
      response: { status: 200, statusText: "OK", httpVersion: "HTTP/1.1", cookies: [], redirectURL: "", headersSize: -1, bodySize: p.html.length,
        headers: [{ name: "Content-Type", value: "text/html; charset=utf-8" }],
        content: { size: p.html.length, mimeType: "text/html", text: p.html } },
      cache: {}, timings: { send: 0, wait: 1, receive: 0 } })) } };
}

function ours(pages) {
  const file = path.join(work, "pages.har"), out = path.join(work, "judged");
  fs.writeFileSync(file, JSON.stringify(har(pages)));
  fs.rmSync(out, { recursive: true, force: true });
  try {
    execFileSync(mystery, ["judge", file, "--format", "json", "-o", out], { stdio: "pipe" });
  } catch (error) {
    if (!fs.existsSync(path.join(out, "audit.json"))) throw error;
  }
  const audit = JSON.parse(fs.readFileSync(path.join(out, "audit.json")));
  const verdicts = {};
  for (const finding of audit.findings)
    for (const page of finding.pages || [])
      if (page.url) (verdicts[page.url.replace(/#.*/, "")] ||= {})[finding.rule] = page.outcome;
  return verdicts;
}

async function axe(pages) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROME_PATH || "/usr/bin/chromium", args: ["--no-sandbox"] });
  const names = [...new Set(Object.values(AXE).flat())], verdicts = {};
  const tab = await (await browser.newContext({ bypassCSP: true })).newPage();
  await tab.route("**/*", (route) => {
    const page = pages.find((p) => p.url === route.request().url());
    return page ? route.fulfill({ body: page.html, contentType: "text/html; charset=utf-8" }) : route.abort();
  });
  for (const page of pages) {
    await tab.goto(page.url, { waitUntil: "domcontentloaded", timeout: 20000 });
    await tab.evaluate(axeSource);
    const result = await tab.evaluate((rules) => window.axe.run(document, { runOnly: rules, resultTypes: ["violations"] }), names);
    const own = (verdicts[page.url] = {});
    for (const kind of ["inapplicable", "incomplete", "passes", "violations"])
      for (const rule of result[kind]) own[rule.id] = kind === "violations" ? "fail" : kind === "passes" ? "pass" : own[rule.id];
  }
  await browser.close();
  return verdicts;
}

async function validate(pages) {
  const rules = Object.fromEntries(Object.values(VALIDATE).map((r) => [r, "error"]));
  const checker = new HtmlValidate({ root: true, elements: ["html5"], rules }), verdicts = {};
  for (const page of pages) {
    const report = await checker.validateString(page.html);
    const failed = new Set(report.results.flatMap((r) => r.messages.map((m) => m.ruleId)));
    verdicts[page.url] = Object.fromEntries(Object.values(VALIDATE).map((r) => [r, failed.has(r) ? "fail" : "pass"]));
  }
  return verdicts;
}

function table(title, mapping, pages, mine, theirs, isStrict) {
  const sum = { both: 0, neither: 0, we: 0, they: 0 }, lines = [], notes = [];
  for (const [rule, names] of Object.entries(mapping)) {
    const row = { both: 0, neither: 0, we: 0, they: 0 };
    for (const page of pages) {
      const we = mine[page.url]?.[rule];
      const said = [names].flat().map((n) => theirs[page.url]?.[n]).filter(Boolean);
      const they = said.includes("fail") ? "fail" : said.includes("pass") ? "pass" : undefined;
      if (!we || we === "cannot-tell" || (!they && !(we === "fail" && isStrict))) continue;
      const we_fail = we === "fail", they_fail = they === "fail";
      const key = we_fail && they_fail ? "both" : we_fail ? "we" : they_fail ? "they" : "neither";
      row[key]++;
      if (key === "we" || key === "they") notes.push(`${key} ${rule}: ${page.name}`);
    }
    for (const key in sum) sum[key] += row[key];
    lines.push(`| ${rule} | ${[names].flat().join(", ")} | ${row.both} | ${row.neither} | ${row.we} | ${row.they} |`);
  }
  const share = (a, b) => (a + b ? ((100 * a) / (a + b)).toFixed(1) + " %" : "-");
  console.log(`\n## ${title}\n\n| our rule | theirs | both fail | both pass | only we fail | only they fail |\n|---|---|---|---|---|---|`);
  console.log(lines.join("\n"));
  console.log(`| **all** | | **${sum.both}** | **${sum.neither}** | **${sum.we}** | **${sum.they}** |`);
  console.log(`\nPrecision ${share(sum.both, sum.we)}, recall ${share(sum.both, sum.they)}.`);
  return notes;
}

const pages = [...documents(), ...(demo ? await shop(demo) : []), ...examples()];
pages.forEach((page, i) => (page.url = `https://pages.example/${i}.html`));
const shops = pages.filter((p) => p.name.startsWith("demo ")).length;
const made = pages.filter((p) => p.name.startsWith("example ")).length;
console.log(`${pages.length} pages: ${pages.length - shops - made} of Debian's documentation, ` +
  `${shops} of the demo shop with flaws, ${made} examples of these rules.`);
const mine = ours(pages);
const notes = [...table("axe-core", AXE, pages, mine, await axe(pages)),
  ...table("html-validate", VALIDATE, pages, mine, await validate(pages))];
fs.writeFileSync(path.join(work, "differences.txt"), notes.join("\n") + "\n");
