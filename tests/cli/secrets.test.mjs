// secrets.test.mjs - canaries: what the user gave in confidence stands in no byte of output,
// although this shop repeats whatever it is told. Tests audit/secrets.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder, mystery } from "./mystery.mjs";

const canaries = { user: "canary-u5er-1", header: "canary-h3ader-2", cookie: "canary-c00kie-3", typed: "canary t&ped <4>", site: "canary-s1te-5" };

/** A shop that says back all it hears: headers, address, form, cookies. */
function echoShop() {
  const html = (text) => text.replace(/[&<>"]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => (body += part));
    request.on("end", () => {
      const query = new URL(request.url, "http://x").searchParams.get("q") ?? "";
      const heard = html(JSON.stringify(request.headers) + request.url + body + query);
      const password = Buffer.from((request.headers.authorization ?? "").replace("Basic ", ""), "base64").toString();
      response.writeHead(200, { "content-type": "text/html", "set-cookie": `echo=${encodeURIComponent(query)}`, "x-echo": encodeURIComponent(query + password) });
      response.end(`<!doctype html><html lang=en><title>${html(query)} - Echo</title><h1>Echo shop</h1><p>${heard} ${html(password)}</p>
        <form action="/find"><label>Find <input name=q value="${html(query)}"></label><button>Search</button></form><a href="/?q=${encodeURIComponent(query)}">again</a></html>`);
    });
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

const scenario = {
  title: "Echo",
  steps: [
    { type: "customStep", name: "mystery/journey", parameters: { schema: 1, id: "echo", title: { en: "Echo", fr: "Écho" }, purpose: { en: "Is it said back?", fr: "Est-ce répété ?" } } },
    { type: "customStep", name: "mystery/open", parameters: {} },
    { type: "change", target: "main", selectors: [["input[name=q]"]], value: "${secret:code}" },
    { type: "click", target: "main", selectors: [["button"]], offsetX: 1, offsetY: 1 },
    { type: "waitForElement", target: "main", selectors: [["h1"]] },
  ],
};

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath ?? one.path, one.name));
}

test("no canary stands in any output, nor in an argument of a child", () =>
  inFolder(async (folder) => {
    const server = await echoShop();
    const commands = new Set();
    const file = join(folder, "echo.json");
    writeFileSync(file, JSON.stringify(scenario));
    const env = {
      MYSTERY_OPTION_USER: `anna:${canaries.user}`, MYSTERY_OPTION_HEADER: `X-Api-Token: ${canaries.header}`,
      MYSTERY_OPTION_COOKIE: `sid=${canaries.cookie}`, MYSTERY_SECRET_code: canaries.typed, MYSTERY_OPTION_ENGINE: process.env.ENGINE ?? "http",
    };
    const output = join(folder, "report");
    // What is left behind elsewhere counts too: profiles, cores. A browser may be another user's.
    chmodSync(folder, 0o711);
    mkdirSync(join(folder, "tmp"));
    chmodSync(join(folder, "tmp"), 0o1777);
    Object.assign(env, { TMPDIR: join(folder, "tmp"), MYSTERY_OPTION_STORE: join(folder, "history.db") });
    const url = `http://127.0.0.1:${server.address().port}/`;
    let watch;
    const started = (child) => {
      watch = setInterval(() => {
        try {
          for (const pid of readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim().split(" "))
            if (pid) commands.add(readFileSync(`/proc/${pid}/cmdline`, "latin1"));
        } catch { /* it has ended */ }
      }, 5);
    };
    const run = await mystery(["audit", url, "--scenario", file, "--persona", "desktop", "-n", "1", "-v", "--format", "html,json,har,csv,sarif,junit,markdown", "-o", output], { cwd: folder, env, started });
    clearInterval(watch);
    server.close();
    server.closeAllConnections();
    const audit = JSON.parse(readFileSync(join(output, "audit.json"), "utf8"));
    assert.equal(run.code, 0, `${audit.journeys[0].visits[0].reason} ${run.err}`);
    const steps = audit.journeys[0].visits[0].steps;
    assert.ok(steps.every((step) => step.outcome === "ok"), JSON.stringify(steps.map((s) => [s.id, s.outcome, s.reason])));
    const written = Object.values(canaries).flatMap((text) => [text, encodeURIComponent(text), encodeURIComponent(text).replaceAll("%20", "+"),
      text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"), Buffer.from(text).toString("base64")]);
    written.push(Buffer.from(`anna:${canaries.user}`).toString("base64"));
    const places = [["standard output", run.out], ["standard error", run.err], ["arguments", [...commands].join("\n")],
      ...filesBelow(folder).filter((path) => path !== file).map((path) => [path, path + readFileSync(path, "latin1")])];
    assert.ok(places.length > 8, "hardly anything was written");
    for (const [place, text] of places)
      for (const one of written) assert.ok(!text.includes(one), `${place} holds: ${text.slice(Math.max(0, text.indexOf(one) - 150), text.indexOf(one) + 60)}`);
    const har = readFileSync(filesBelow(output).find((path) => path.endsWith(".har")), "utf8");
    assert.ok(har.includes("***"), "the shop said nothing back: the test tests nothing");
  }));
