// docs.test.mjs - every command of the documentation is one that works: it is run, against the
// demo shop, once and with one visitor; or it is listed here with the reason why not.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { demoShop, inFolder, mystery } from "./mystery.mjs";

const root = new URL("../../", import.meta.url).pathname;

// Not run here, and where it is run instead or why nowhere.
const elsewhere = [
  [/^demo(?!.*--list-flaws)/, "serves until it is ended: every program test starts it"],
  [/^doctor/, "starts a browser: options.test.mjs"],
  [/^(submit|worker|queue)/, "needs a queue: fleet.test.mjs"],
  [/^benchmark/, "needs a panel of shops: benchmark.test.mjs"],
  [/^compare --live/, "visits two shops in turns for minutes: compare.test.mjs"],
  [/^(selftest|calibrate)/, "takes many visits, or other people's figures"],
  [/postgres|\$\{?[A-Z]|<|\.\.\./, "names what only the reader has"],
  [/--engine (chromium|auto)|pdf/, "needs a browser: engines.test.mjs"],
];

/** Every `mystery …` of the blocks marked sh: { place, words }. */
function commandsOf(file) {
  const commands = [];
  const text = readFileSync(join(root, file), "utf8");
  for (const [, block] of text.matchAll(/^ *```sh\n(.*?)^ *```/gms))
    for (const line of block.replaceAll("\\\n", " ").split("\n")) {
      const command = /^ *(?:\$ )?(?:\.\/)?mystery (.*)$/.exec(line.replace(/ +#.*$/, ""));
      if (command) commands.push({ file, line: command[1].trim() });
    }
  return commands;
}

/** The shop is the demo shop, the numbers are small. */
function argumentsOf(line, url) {
  return line.replace(/ *[|&>].*$/, "").replace(/https?:\/\/[^ ]+|\bURL\b/g, url).replace(/(-n|--visits) \d+/, "$1 1")
    .replace("mystery-report/HOST/latest", "first").split(/ +/).map((word) => word.replace(/^(['"])(.*)\1$/, "$2"));
}

/** What stands in the reference of a command: its options. */
function optionsOf(text) {
  return new Set([...text.matchAll(/^ +(?:-., )?--([a-z0-9.-]+)/gm)].map((found) => found[1]));
}

test("the reference names every command, and no option that is none (make reference)", async () => {
  const sections = readFileSync(join(root, "docs/reference.md"), "utf8").split(/^## /m).filter((one) => one.startsWith("mystery "));
  const documented = new Map(sections.map((one) => [one.split("\n")[0].slice("mystery ".length), optionsOf(one)]));
  const help = await mystery(["help"]);
  assert.deepEqual([...documented.keys()], [...help.out.matchAll(/^  ([a-z]+) /gm)].map((found) => found[1]));
  for (const [command, options] of documented) {
    const there = optionsOf((await mystery([command, "--help"])).out);
    assert.deepEqual([...options].filter((one) => !there.has(one)), [], command);
  }
});

test("every command of the documentation does what a reader may expect: it runs", () =>
  inFolder(async (cwd) => {
    const files = ["README.md", ...readdirSync(join(root, "docs")).filter((name) => name.endsWith(".md")).map((name) => `docs/${name}`)];
    const all = files.flatMap(commandsOf);
    assert.ok(all.length > 15, `only ${all.length} commands found`);
    const shop = await demoShop();
    const env = { MYSTERY_OPTION_STORE: "history.db", MYSTERY_OPTION_SCENARIO: "buy", MYSTERY_OPTION_PERSONA: "desktop",
      MYSTERY_OPTION_VISITS: "1", MYSTERY_OPTION_CRAWL: "0", MYSTERY_OPTION_TIME_LIMIT: "60s" };
    try {
      for (const name of ["first", "second"]) {
        const run = await mystery(["audit", shop.url, "-q", "-o", name], { cwd, env });
        assert.equal(run.code, 0, run.err);
      }
      const har = readdirSync(join(cwd, "first/visits")).find((name) => name.startsWith("buy"));
      writeFileSync(join(cwd, "saved.har"), readFileSync(join(cwd, "first/visits", har)));
      const done = new Set();
      for (const { file, line } of all) {
        const words = argumentsOf(line, shop.url);
        const text = words.join(" ");
        if (done.has(text) || elsewhere.some(([pattern]) => pattern.test(line))) continue;
        done.add(text);
        if (words.slice(1).some((word) => /\.(json|har|txt|side)$/.test(word) && !existsSync(join(cwd, word)) && !existsSync(join(root, word)))) continue; // the reader's own
        const run = await mystery(words.map((word) => (!existsSync(join(cwd, word)) && existsSync(join(root, word)) && word.includes("/") ? join(root, word) : word)), { cwd, env });
        // 2 and 4: bars asked for, and too few visits to tell.
        assert.ok([0, 2, 4].includes(run.code), `${file}: mystery ${line}: exit ${run.code}: ${run.err.split("\n").filter((one) => one.startsWith("mystery")).join(" ")}`);
      }
      assert.ok(done.size >= 10, `only ${done.size} were run`);
    } finally {
      await shop.stop();
    }
  }));
