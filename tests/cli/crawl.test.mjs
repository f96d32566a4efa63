// crawl.test.mjs - a whole shop walked by the program: manners, kill -9, a second time.
// Tests audit/crawl.c and cli/cmd_crawl.c. SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { checkJunit } from "./junit.mjs";
import { inFolder, json, mystery } from "./mystery.mjs";

const lists = 40;
const menu = `<header><nav><a href="/">Home</a> <a href="/c/1">Lamps</a></nav></header>`;
const page = (title, body) =>
  `<!DOCTYPE html><html lang="en"><head><title>${title}</title></head><body>${menu}<main><h1>${title}</h1><p>${title} and enough words of its own to be told from every other page of this shop, which has many.</p>${body}</main></body></html>`;

/** A shop of lists with filters, traps, a busy moment and a dead link; counts what is asked. */
function shop() {
  const asked = new Map();
  const conditional = { count: 0 };
  let busy = 1;
  const answer = (request, response) => {
    const url = request.url;
    asked.set(url, (asked.get(url) ?? 0) + 1);
    const send = (status, type, body, headers = {}) => response.writeHead(status, { "Content-Type": type, ...headers }).end(body);
    if (url === "/robots.txt") return send(200, "text/plain", `User-agent: *\nDisallow: /account\nSitemap: /map.xml.gz\n`);
    if (url === "/map.xml.gz") return send(200, "application/gzip", gzipSync(`<urlset><url><loc>/c/1</loc></url><url><loc>/alone</loc></url></urlset>`));
    if (url === "/dead") return send(404, "text/html", page("Not found", ""));
    if (url === "/door") return send(403, "text/html", page("Closed", ""));
    if (url === "/busy" && busy-- > 0) return send(429, "text/html", "wait", { "Retry-After": "1" });
    if (url === "/piece") return send(200, "text/html", `<div class="dialog"><h4>Terms</h4></div>`);
    if (request.headers["if-none-match"] === '"v1"') {
      conditional.count++;
      return response.writeHead(304).end();
    }
    const links = [...Array(lists).keys()].map((n) => `<a href="/c/${n}">List ${n}</a>`).join(" ");
    const facets = [...Array(30).keys()].map((n) => `<a href="${url.split("?")[0]}?color=${n}">Colour ${n}</a>`).join(" ");
    const body = url === "/"
      ? `${links}<a href="/dead">gone</a><a href="/door">staff</a><a href="/busy">busy</a><a href="/account">you</a><a href="/piece">terms</a>` +
        `<a href="/?add-to-cart=7">Add to cart</a><a href="/logout">Log out</a><a href="/deep/er/deep/er/deep/er">round</a>`
      : url.startsWith("/c/") ? facets : "";
    return send(200, "text/html", page(`Page ${url}`, body), { ETag: '"v1"' });
  };
  return new Promise((resolve) => {
    const server = createServer(answer).listen(0, "127.0.0.1", () =>
      resolve({ url: `http://127.0.0.1:${server.address().port}/`, asked, conditional, stop: () => server.close() }),
    );
  });
}

const question = (report, id) => report.questions.find((one) => one.id === id);

test("a shop is walked with manners, and told", () =>
  inFolder(async (folder) => {
    const site = await shop();
    try {
      const run = await mystery(["crawl", site.url, "-o", folder, "--lang", "fr", "--format", "html,json,csv,markdown,junit"]);
      assert.equal(run.code, 0, run.err);
      const report = json(join(folder, "crawl.json"));
      assert.equal(report.complete, true);
      const broken = question(report, "links-internal");
      assert.equal(broken.count, 1);
      assert.match(broken.examples[0].url, /\/dead$/);
      assert.equal(broken.examples[0].detail, "404");
      assert.equal(question(report, "links-blocked").count, 1);
      assert.equal(question(report, "orphans").count, 1);
      for (const never of ["/account", "/?add-to-cart=7", "/logout", "/deep/er/deep/er/deep/er"]) assert.equal(site.asked.get(never), undefined, never);
      assert.equal(site.asked.get("/busy"), 2, "asked again after Retry-After");
      for (const [url, times] of site.asked) assert.ok(times === 1 || url === "/busy" || url === "/", `${url} asked ${times} times`);
      const whys = new Set(report.passed_over.map((one) => one.why));
      for (const why of ["robots", "changes", "trap", "variant"]) assert.ok(whys.has(why), why);
      assert.ok(report.rules.length > 0, "pages were judged");
      const accused = report.rules.flatMap((rule) => rule.examples.map((example) => example.url));
      assert.ok(!accused.some((url) => url.endsWith("/piece")), "a piece for scripts is no page");
      const html = readFileSync(join(folder, "report.html"), "utf8");
      assert.match(html, /lang="fr"/);
      assert.match(readFileSync(join(folder, "pages.csv"), "utf8"), /\/alone/);
      assert.match(readFileSync(join(folder, "broken-links.csv"), "utf8"), /\/dead/);
      assert.ok(existsSync(join(folder, "summary.md")));
      checkJunit(join(folder, "junit.xml"));
    } finally {
      site.stop();
    }
  }));

test("a second crawl asks what changed; include, exclude and a limit choose", () =>
  inFolder(async (folder) => {
    const site = await shop();
    try {
      const args = ["crawl", site.url, "-o", folder, "-q", "--rules", "none", "--exclude", "color=", "--external", "0"];
      const limited = await mystery([...args, "--pages", "5"]);
      assert.equal(limited.code, 0, limited.err);
      const first = json(join(folder, "crawl.json"));
      assert.equal(first.limited, true);
      assert.ok(first.fetched >= 5 && first.fetched < 20, String(first.fetched));
      assert.equal((await mystery(args)).code, 0);
      const whole = json(join(folder, "crawl.json"));
      assert.equal(whole.complete, true);
      assert.ok([...site.asked.keys()].every((url) => !url.includes("color=")));
      assert.equal(site.conditional.count, 0);
      assert.equal((await mystery(args)).code, 0);
      const again = json(join(folder, "crawl.json"));
      assert.ok(site.conditional.count >= lists, String(site.conditional.count));
      assert.equal(again.pages, whole.pages);
      assert.equal(question(again, "links-internal").count, 1);
    } finally {
      site.stop();
    }
  }));

test("a killed crawl goes on where it was", () =>
  inFolder(async (folder) => {
    const site = await shop();
    try {
      const args = ["crawl", site.url, "-o", folder, "-q", "--rules", "none", "--format", "json"];
      await mystery(args, {
        started: (child) => {
          const watch = setInterval(() => {
            if (site.asked.size < 12) return;
            clearInterval(watch);
            child.kill("SIGKILL");
          }, 1);
          child.on("close", () => clearInterval(watch));
        },
      });
      const end = await mystery(args);
      assert.equal(end.code, 0, end.err);
      const report = json(join(folder, "crawl.json"));
      assert.equal(report.complete, true);
      // The first page, the lists, "alone", "busy", "dead" and "door", and the views taken of lists.
      assert.ok(report.pages >= lists + 5, String(report.pages));
      assert.equal(question(report, "links-internal").count, 1);
    } finally {
      site.stop();
    }
  }));

test("what is asked wrongly is said", async () => {
  const none = await mystery(["crawl"]);
  assert.equal(none.code, 3);
  const pattern = await mystery(["crawl", "http://127.0.0.1:1/", "--include", "("]);
  assert.equal(pattern.code, 3);
  assert.match(pattern.err, /--include/);
  await inFolder(async (folder) => {
    const nobody = await mystery(["crawl", "http://127.0.0.1:1/", "-o", folder]);
    assert.equal(nobody.code, 4);
    assert.match(nobody.err, /does not answer/);
  });
});
