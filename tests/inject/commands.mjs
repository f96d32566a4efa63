// commands.mjs - the commands whose every call is made to fail, and what each needs.
// SPDX-License-Identifier: MIT
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Every command: args(material, folder); folder is where it works, with old results in out/.
 * isLive: its output differs from run to run, so its files are only read, not compared. */
export const commands = [
  { id: "judge", args: (m) => ["judge", m.har, "-o", "out"] },
  { id: "judge-file", args: (m) => ["judge", m.har, "-o", "out/audit.json"] },
  { id: "report", args: (m) => ["report", m.audit, "-o", "out", "--format", "html,json,junit,sarif,csv,markdown,har"] },
  { id: "report-fr", args: (m) => ["report", m.audit, "-o", "-", "--format", "json", "--lang", "fr"] },
  { id: "compare", args: (m) => ["compare", m.older, m.audit] },
  { id: "history", prepare: (m, folder) => cpSync(m.store, join(folder, "history.db")), args: () => ["history", "--store", "history.db", "--format", "json"] },
  { id: "history-page", prepare: (m, folder) => cpSync(m.store, join(folder, "history.db")),
    args: () => ["history", "--store", "history.db", "--format", "html", "-o", "out"] },
  { id: "list", args: () => ["list", "rules", "--format", "json"] },
  { id: "explain", args: () => ["explain", "seo-canonical"] },
  { id: "check", args: (m) => ["check", m.rules, m.scenario] },
  { id: "audit", isLive: true, args: (m) => ["audit", m.shop, "--engine", "http", "-n", "1", "--persona", "desktop", "--scenario", "buy",
    "--crawl", "1", "-j", "1", "--store", "history.db", "-o", "out", "--format", "html,json,har"] },
  { id: "crawl", isLive: true, args: (m) => ["crawl", m.shop, "--time-limit", "20s", "-o", "out", "--format", "html,json"] },
];

/** What the commands work on, made once by the program itself. */
export async function materialMake(run, shop, folder) {
  const material = { shop, folder, rules: new URL("../../rules/speed", import.meta.url).pathname,
    scenario: new URL("../../scenarios/buy.json", import.meta.url).pathname, store: join(folder, "history.db") };
  const audit = (name) => run(["audit", shop, "--engine", "http", "-n", "1", "--persona", "desktop", "--scenario", "buy", "--crawl", "1",
    "--store", material.store, "-q", "-o", join(folder, name), "--format", "html,json,har"]);
  for (const name of ["older", "newer"]) {
    const done = await audit(name);
    if (done.code !== 0) throw new Error(`the material cannot be made: ${done.err}`);
  }
  material.har = join(folder, "newer/visits/buy-desktop-http-1.har");
  material.audit = join(folder, "newer/audit.json");
  material.older = join(folder, "older/audit.json");
  return material;
}

/** What an older run left: each file must be this, or the new one whole. */
export function oldMake(folder) {
  mkdirSync(join(folder, "out"), { recursive: true });
  mkdirSync(join(folder, "tmp"));
  for (const name of ["audit.json", "report.html", "findings.csv"]) writeFileSync(join(folder, "out", name), `the old ${name}\n`);
}
