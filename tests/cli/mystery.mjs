// mystery.mjs - what the program tests share: running the program and the demo shop.
// SPDX-License-Identifier: MIT
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const program = process.env.MYSTERY_TEST_PROGRAM ?? new URL("../../mystery", import.meta.url).pathname;

/** Run the program to its end: { code, out, err }. */
export function mystery(args, options = {}) {
  return new Promise((resolve, reject) => {
    // No test leaves a history behind or starts a browser, unless it asks for that.
    const env = { ...process.env, LC_ALL: "C", NO_COLOR: "1", MYSTERY_OPTION_STORE: "none", MYSTERY_OPTION_ENGINE: "http", ...options.env };
    const child = spawn(program, args, { cwd: options.cwd, env });
    const out = [];
    const err = [];
    child.stdout.on("data", (bytes) => out.push(bytes));
    child.stderr.on("data", (bytes) => err.push(bytes));
    child.on("error", reject);
    child.on("close", (code, signal) =>
      resolve({
        code: signal ? signal : code,
        out: Buffer.concat(out).toString(),
        err: Buffer.concat(err).toString(),
      }),
    );
    if (options.started) options.started(child);
  });
}

/** A demo shop on a free port; call stop() when done. */
export function demoShop(flaws = "", extra = []) {
  return new Promise((resolve, reject) => {
    const args = ["demo", "--port", "0", ...extra];
    if (flaws) args.push("--flaws", flaws);
    const child = spawn(program, args, { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (bytes) => {
      text += bytes;
      const found = text.match(/^(http:\/\/[0-9.:]+)\n/);
      if (found) resolve({ url: `${found[1]}/`, stop: () => stopped(child) });
    });
    child.on("error", reject);
    child.on("close", (code) => reject(new Error(`the demo shop ended with ${code}`)));
  });
}

function stopped(child) {
  return new Promise((resolve) => {
    child.removeAllListeners("close");
    child.on("close", resolve);
    child.kill("SIGTERM");
  });
}

/** A folder that is removed when the work is done. */
export async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), "mystery-test-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function json(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Playwright's Chromium; null on a Node that is too old for it (it would end the process). */
export async function playwright() {
  if (Number(process.versions.node.split(".")[0]) < 20) return null;
  return (await import("playwright-core")).chromium;
}

/** Is a browser installed where the program looks for one? */
export function hasBrowser() {
  const places = [
    process.env.CHROME_PATH,
    "/usr/lib/chromium/chromium", "/usr/lib/chromium-browser/chromium-browser",
    "/usr/bin/chromium", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable",
  ];
  return places.some((path) => path && existsSync(path));
}
