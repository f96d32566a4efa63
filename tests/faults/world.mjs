// world.mjs - a network of the fault shop's own: names, public and private addresses, packets
// that vanish, certificates; and the traps that nobody may walk into.
// SPDX-License-Identifier: MIT
import { execFileSync, spawnSync } from "node:child_process";
import dgram from "node:dgram";
import { mkdtempSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const PUBLIC = "203.0.113.10"; // kept for documentation: nobody's
const PRIVATE = ["10.9.8.7", "169.254.169.254"];

/** Can we have a network of our own here? Then the arguments of unshare. */
export function worldArguments() {
  for (const args of [["--net", "--mount"], ["--net", "--mount", "--map-root-user"]])
    if (spawnSync("unshare", [...args, "true"], { stdio: "ignore" }).status === 0) return args;
  return null;
}

/** Inside of it: addresses, routes, the name server's address. */
export function worldMake(folder) {
  const ip = (...args) => execFileSync("ip", args, { stdio: "pipe" });
  ip("link", "set", "lo", "up");
  for (const address of [PUBLIC, ...PRIVATE]) ip("addr", "add", `${address}/32`, "dev", "lo");
  ip("route", "add", "198.51.100.0/24", "dev", "lo"); // goes nowhere
  const file = join(folder, "resolv.conf");
  writeFileSync(file, "nameserver 127.0.0.1\n");
  execFileSync("mount", ["--bind", file, realpathSync("/etc/resolv.conf")]);
}

function nameOf(packet) {
  const parts = [];
  let at = 12;
  while (at < packet.length && packet[at]) {
    parts.push(packet.toString("latin1", at + 1, at + 1 + packet[at]));
    at += packet[at] + 1;
  }
  return { name: parts.join("."), end: at + 5, type: packet.readUInt16BE(at + 1) };
}

function record(type, ttl, data) {
  const head = Buffer.alloc(12);
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(type, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(ttl, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

function reply(packet, question, says) {
  if (says.bytes) return Buffer.concat([packet.subarray(0, 2), says.bytes]);
  const records = [];
  if (says.alias) records.push(record(5, 60, Buffer.concat([...says.alias.split(".").map((p) => Buffer.from([p.length, ...Buffer.from(p)])), Buffer.from([0])])));
  if (says.address && question.type === 1) records.push(record(1, says.ttl ?? 60, Buffer.from(says.address.split(".").map(Number))));
  const head = Buffer.from(packet.subarray(0, 12));
  head.writeUInt16BE(0x8180 | (says.rcode ?? 0), 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(records.length, 6);
  head.writeUInt32BE(0, 8);
  return Buffer.concat([head, packet.subarray(12, question.end), ...records]);
}

/** A name server; answer(name, type) says what, or null for silence. */
export function nameServer(answer) {
  const server = dgram.createSocket("udp4");
  server.on("message", (packet, from) => {
    const question = nameOf(packet);
    const says = answer(question.name, question.type);
    if (!says) return;
    setTimeout(() => server.send(reply(packet, question, says), from.port, from.address, () => {}), says.after ?? 0);
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.bind(53, "127.0.0.1", () => resolve(server));
  });
}

function listen(address, port, onConnection) {
  const server = net.createServer(onConnection);
  return new Promise((resolve) => {
    server.on("error", () => resolve(null));
    server.listen(port, address, () => resolve(server));
  });
}

/** Doors in the private network that nobody sent by a public shop may open. */
export async function trapsOpen(sitePort) {
  const traps = { touched: [], servers: [] };
  const set = async (address, port) => {
    const server = await listen(address, port, (socket) => {
      traps.touched.push(`${address}:${server.address().port}`);
      socket.on("error", () => {});
      socket.once("data", () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 18\r\nContent-Type: text/html\r\n\r\n<h1>internal</h1>\n"));
    });
    if (server) traps.servers.push(server);
    return server;
  };
  const one = await set("127.0.0.1", 0);
  traps.port = one.address().port;
  for (const address of ["10.9.8.7", "169.254.169.254", "::1"]) await set(address, traps.port);
  if (sitePort) await set("10.9.8.7", sitePort);
  traps.stop = () => traps.servers.forEach((server) => server.close());
  return traps;
}

/** Certificates by name: { key, cert }, and the authority's file. */
export function certificatesMake(folder) {
  const run = (...args) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  writeFileSync(join(folder, "ca.cnf"),
    "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\nserial=serial\ndefault_md=sha256\npolicy=p\ncopy_extensions=copy\nunique_subject=no\n[p]\ncommonName=supplied\n");
  writeFileSync(join(folder, "index.txt"), "");
  writeFileSync(join(folder, "serial"), "01\n");
  run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Fault shop authority", "-days", "3650");
  const make = (name, host, from, until) => {
    run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${host}`, "-addext", `subjectAltName=${/^[0-9.]+$/.test(host) ? "IP" : "DNS"}:${host}`);
    run("ca", "-batch", "-config", "ca.cnf", "-keyfile", "ca.key", "-cert", "ca.pem", "-in", `${name}.csr`, "-out", `${name}.pem`, "-notext", "-startdate", from, "-enddate", until);
  };
  const day = (days) => new Date(Date.now() + days * 86400e3).toISOString().replace(/[-:T]/g, "").slice(2, 14) + "Z";
  make("good", "127.0.0.1", day(-2), day(90));
  make("expired", "127.0.0.1", day(-90), day(-2));
  make("early", "127.0.0.1", day(10), day(90));
  make("other", "other.example", day(-2), day(90));
  run("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "own.key", "-out", "own.pem", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "90");
  const load = (name) => ({ key: readFileSync(join(folder, `${name}.key`)), cert: readFileSync(join(folder, `${name}.pem`)) });
  return { file: join(folder, "ca.pem"), load };
}

export function folderMake() {
  return mkdtempSync(join(tmpdir(), "mystery-faults-"));
}
