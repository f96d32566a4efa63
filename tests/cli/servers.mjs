// servers.mjs - PostgreSQL and NATS of the tests' own, in folders of their own, as nobody.
// SPDX-License-Identifier: MIT
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const script = (name) => new URL(`../servers/${name}`, import.meta.url).pathname;

/** Ask again until it answers; generous, because machines are slow when they are busy. */
export async function until(what, ask, seconds = 90, pauseMs = 50) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

/** A port that was free a moment ago. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export function isOpen(port) {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(socket.destroy() && true));
    socket.on("error", () => resolve(false));
  });
}

function ended(child) {
  return new Promise((resolve) => (child.exitCode !== null || child.signalCode ? resolve() : child.on("close", resolve)));
}

/**
 * A PostgreSQL on a socket in a folder, or null where none is installed. certificates: a folder
 * with server.pem and server.key, for TLS. place(schema) is an
 * empty store; restart() ends it at once and starts it again on the same data.
 */
export async function postgresServer({ password = "", port = 0, certificates = "" } = {}) {
  const options = port ? ["-c", "listen_addresses=127.0.0.1", "-p", String(port)] : [];
  const folder = mkdtempSync(join(tmpdir(), "mystery-pg-"));
  const env = { ...process.env, POSTGRES_PASSWORD: password, POSTGRES_CERTIFICATES: certificates };
  let child;
  const start = async () => {
    child = spawn(script("postgres.sh"), [folder, ...options], { env, stdio: "ignore" });
    const socket = join(folder, `.s.PGSQL.${port || 5432}`);
    const log = () => (existsSync(join(folder, "server.log")) ? readFileSync(join(folder, "server.log"), "utf8") : "");
    await until("PostgreSQL", () => child.exitCode !== null || (existsSync(socket) && /ready to accept connections/.test(log())));
    return child.exitCode === null;
  };
  const stop = async () => {
    child.kill("SIGQUIT");
    await ended(child);
  };
  if (!(await start())) {
    const code = child.exitCode;
    const log = existsSync(join(folder, "server.log")) ? readFileSync(join(folder, "server.log"), "utf8") : "";
    rmSync(folder, { recursive: true, force: true });
    if (code !== 77) throw new Error(`PostgreSQL ended with ${code}: ${log}`);
    return null;
  }
  return {
    folder,
    pid: () => child.pid,
    /** An address for libpq: of a user (name:password), with more parameters. */
    place: (extra = "", user = password ? `mystery:${password}` : "mystery") =>
      `postgres://${user}@/postgres?host=${encodeURIComponent(folder)}${port ? `&port=${port}` : ""}${extra}`,
    restart: async () => {
      await stop();
      rmSync(join(folder, "server.log"), { force: true });
      await start();
    },
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A NATS server with JetStream, or null where none is installed. */
export async function natsServer({ options = [], folder = mkdtempSync(join(tmpdir(), "mystery-nats-")), port = 0 } = {}) {
  port ||= await freePort();
  const child = spawn(script("nats.sh"), [folder, String(port), ...options], { stdio: "ignore" });
  await until("NATS", async () => child.exitCode !== null || (await isOpen(port)));
  const stop = async () => {
    child.kill("SIGKILL");
    await ended(child);
  };
  if (child.exitCode !== null) {
    const log = join(folder, "server.log");
    const text = existsSync(log) ? readFileSync(log, "utf8") : "";
    rmSync(folder, { recursive: true, force: true });
    if (child.exitCode !== 77) throw new Error(`NATS ended with ${child.exitCode}: ${text}`);
    return null;
  }
  return {
    folder,
    port,
    pid: child.pid,
    url: `nats://127.0.0.1:${port}`,
    kill: stop,
    stop: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
