// transport.mjs - faults of names, connections, TLS, HTTP and encodings.
// SPDX-License-Identifier: MIT
import { brotliCompressSync, gzipSync, constants, createGzip } from "node:zlib";

const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";
const PAGE = "<!doctype html><html lang=en><title>A shop</title><h1>A shop</h1><p>Nothing to see.</p></html>";

/** A fault of the bytes after the request's head: every connection gets the same. */
function raw(write) {
  return (socket, front) => {
    let text = "";
    let done = false;
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      text += bytes.toString("latin1");
      if (done || !text.includes("\r\n\r\n")) return;
      done = true;
      write(socket, front, text);
    });
  };
}

/** Write for ever, as fast as the other side reads. */
function flood(socket, front, piece) {
  const more = () => { while (!socket.destroyed && socket.write(piece)); };
  socket.on("drain", more);
  more();
}

/** Write one piece every so often. */
function drip(socket, front, ms, next) {
  const timer = front.every(ms, () => (socket.destroyed ? clearInterval(timer) : socket.write(next())));
}

const bytes = (text) => (socket) => socket.end(Buffer.from(text, "latin1"));

export const names = [
  { id: "dns-unknown", what: "a name that does not exist", dns: () => ({ rcode: 3 }) },
  { id: "dns-refused", what: "the name server refuses", dns: () => ({ rcode: 5 }) },
  { id: "dns-failing", what: "the name server answers SERVFAIL", dns: () => ({ rcode: 2 }) },
  { id: "dns-silent", what: "the name server says nothing", dns: () => null },
  { id: "dns-empty", what: "the name exists and has no address", dns: () => ({ answers: [] }) },
  { id: "dns-garbage", what: "the name server answers rubbish", dns: () => ({ bytes: Buffer.from("rubbish") }) },
  { id: "dns-alias-loop", what: "the name is an alias of itself", dns: (name) => ({ alias: name }) },
  { id: "dns-slow", what: "the name server takes 2 s", dns: () => ({ address: "203.0.113.10", after: 2000 }) },
  { id: "dns-rebinds", what: "the name moves to a private address after the first page",
    dns: (name, type, front) => ({ address: front.asked.page ? "10.9.8.7" : "203.0.113.10", ttl: 0 }), closes: true, trap: true },
  { id: "dns-private-image", what: "a public shop's pictures live at a private address",
    dns: (name) => ({ address: name.startsWith("img.") ? "10.9.8.7" : "203.0.113.10" }), trap: true,
    change: (answer, { kind, front }) => kind === "page"
      ? { ...answer, body: Buffer.from(answer.body.toString().replaceAll(/src="\/([^"]*)\.(png|jpe?g|webp|svg)/g, `src="http://img.shop.test:${front.trapPort}/$1.$2`)) } : answer },
];

export const connections = [
  { id: "tcp-refused", what: "nobody listens", url: () => "http://127.0.0.1:9/" },
  { id: "tcp-swallowed", what: "every packet is swallowed", netns: true, url: () => "http://198.51.100.99/" },
  { id: "tcp-closed", what: "closed as soon as opened", connection: (socket) => socket.end() },
  { id: "tcp-reset", what: "reset as soon as opened", connection: (socket) => socket.resetAndDestroy() },
  { id: "tcp-mute", what: "accepts and says nothing", connection: (socket) => socket.on("error", () => {}) },
  { id: "tcp-reset-head", what: "reset within the head", connection: raw((s) => s.write("HTTP/1.1 200 OK\r\nConte", () => setTimeout(() => s.resetAndDestroy(), 50))) },
  { id: "tcp-reset-body", what: "reset within the page", connection: raw((s) => s.write(`${OK}Content-Length: 9999\r\n\r\n${PAGE}`, () => setTimeout(() => s.resetAndDestroy(), 50))) },
  { id: "tcp-banner", what: "a mail server answers", connection: (s) => { s.on("error", () => {}); s.write("220 mail.example ESMTP\r\n"); } },
  { id: "tcp-noise", what: "random bytes", connection: raw((s) => s.end(Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 167 + 13) % 256)))) },
  { id: "tcp-flaky", what: "every third answer breaks off",
    answer: (request, response, { front }) => {
      front.all = (front.all ?? 0) + 1;
      if (front.all % 3) return false;
      request.socket.resetAndDestroy();
    } },
  { id: "tcp-second-visit", what: "the shop goes away after the first visit", visits: 2,
    answer: (request, response, { front, kind }) => {
      if (kind === "page" && (request.url === "/" || request.url === "/en/")) front.homes = (front.homes ?? 0) + 1;
      if ((front.homes ?? 0) < 3) return false;
      request.socket.resetAndDestroy();
    } },
];

export const secured = [
  { id: "tls-fine", what: "no fault: https as it should be", tls: { options: {} } },
  { id: "tls-expired", what: "certificate over", tls: { certificate: "expired", options: {} } },
  { id: "tls-early", what: "certificate not yet valid", tls: { certificate: "early", options: {} } },
  { id: "tls-own", what: "signed by itself", tls: { certificate: "own", options: {} } },
  { id: "tls-other-host", what: "certificate of another host", tls: { certificate: "other", options: {} } },
  { id: "tls-1.0", what: "TLS 1.0 at most", tls: { options: { minVersion: "TLSv1", maxVersion: "TLSv1", ciphers: "ALL:@SECLEVEL=0" } } },
  { id: "tls-mute", what: "no answer to the handshake", secure: true, connection: (s) => s.on("error", () => {}) },
  { id: "tls-plain", what: "plain HTTP on the https port", secure: true, connection: raw0((s) => s.end(`${OK}Content-Length: 2\r\n\r\nno`)) },
  { id: "tls-broken", what: "the handshake breaks off", secure: true, connection: raw0((s) => s.end(Buffer.from([0x16, 3, 3, 0, 80, 2, 0]))) },
  { id: "tls-alert", what: "a fatal alert", secure: true, connection: raw0((s) => s.end(Buffer.from([0x15, 3, 3, 0, 2, 2, 40]))) },
];

/** As raw(), at the first byte. */
function raw0(write) {
  return (socket) => {
    socket.on("error", () => {});
    socket.once("data", () => write(socket));
  };
}

export const http1 = [
  { id: "h1-short", what: "less than Content-Length", connection: raw(bytes(`${OK}Content-Length: 99999\r\n\r\n${PAGE}`)) },
  { id: "h1-more", what: "more than Content-Length", connection: raw(bytes(`${OK}Content-Length: 20\r\n\r\n${PAGE}`)) },
  { id: "h1-two-lengths", what: "two lengths that differ", connection: raw(bytes(`${OK}Content-Length: 10\r\nContent-Length: 90\r\n\r\n${PAGE}`)) },
  { id: "h1-length-chunked", what: "a length and chunks", connection: raw(bytes(`${OK}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5f\r\n${PAGE}\r\n0\r\n\r\n`)) },
  { id: "h1-negative-length", what: "a negative length", connection: raw(bytes(`${OK}Content-Length: -1\r\n\r\n${PAGE}`)) },
  { id: "h1-chunk-size", what: "a chunk size that is none", connection: raw(bytes(`${OK}Transfer-Encoding: chunked\r\n\r\nzz\r\n${PAGE}\r\n0\r\n\r\n`)) },
  { id: "h1-chunk-overflow", what: "a chunk of 2^68 bytes", connection: raw(bytes(`${OK}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n${PAGE}`)) },
  { id: "h1-chunk-cut", what: "the last chunk never comes", connection: raw(bytes(`${OK}Transfer-Encoding: chunked\r\n\r\n5\r\n<html`)) },
  { id: "h1-endless-chunks", what: "chunks without end", connection: raw((s, front) => { s.write(`${OK}Transfer-Encoding: chunked\r\n\r\n`); flood(s, front, `8000\r\n${"<p>more</p>      ".repeat(2048)}\r\n`); }) },
  { id: "h1-endless-head", what: "headers without end", connection: raw((s, front) => { s.write("HTTP/1.1 200 OK\r\n"); flood(s, front, "X-More: and more and more and more\r\n".repeat(100)); }) },
  { id: "h1-long-line", what: "one header line of 2 MB", connection: raw(bytes(`${OK}X-Long: ${"a".repeat(2 << 20)}\r\n\r\n${PAGE}`)) },
  { id: "h1-many-headers", what: "5,000 header lines", connection: raw(bytes(`${OK}${Array.from({ length: 5000 }, (_, i) => `X-${i}: ${i}\r\n`).join("")}Content-Length: ${PAGE.length}\r\n\r\n${PAGE}`)) },
  { id: "h1-100-flood", what: "100 Continue without end", connection: raw((s, front) => flood(s, front, "HTTP/1.1 100 Continue\r\n\r\n".repeat(100))) },
  { id: "h1-0.9", what: "HTTP/0.9: no head", connection: raw(bytes(PAGE)) },
  { id: "h1-status-999", what: "status 999", connection: raw(bytes(`HTTP/1.1 999 Odd\r\nContent-Type: text/html\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`)) },
  { id: "h1-status-none", what: "a status that is no number", connection: raw(bytes(`HTTP/1.1 abc OK\r\nContent-Length: 2\r\n\r\nno`)) },
  { id: "h1-bare-lf", what: "lines end in LF alone", connection: raw(bytes(`HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: ${PAGE.length}\n\n${PAGE}`)) },
  { id: "h1-nul-header", what: "NUL bytes in a header", connection: raw(bytes(`${OK}X-Nul: a\0b\0c\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`)) },
  { id: "h1-folded", what: "folded header lines", connection: raw(bytes(`${OK}X-Fold: a\r\n b\r\n c\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`)) },
  { id: "h1-204-body", what: "204 with a body", connection: raw(bytes(`HTTP/1.1 204 No Content\r\nContent-Length: ${PAGE.length}\r\n\r\n${PAGE}`)) },
  { id: "h1-304", what: "304 that nobody asked for", connection: raw(bytes("HTTP/1.1 304 Not Modified\r\n\r\n")) },
  { id: "h1-101", what: "changes the protocol unasked", connection: raw(bytes("HTTP/1.1 101 Switching Protocols\r\nUpgrade: teapot\r\nConnection: Upgrade\r\n\r\n\0\0\0")) },
  { id: "h1-nothing", what: "an empty answer", connection: raw((s) => s.end()) },
  { id: "h1-drip-head", what: "a byte of the head a second", connection: raw((s, front) => { let i = 0; drip(s, front, 1000, () => `${OK}X: `.padEnd(1e5, "x")[i++]); }) },
  { id: "h1-drip-body", what: "a byte of the page a second", connection: raw((s, front) => { s.write(`${OK}\r\n`); drip(s, front, 1000, () => "x"); }) },
  { id: "h1-huge", what: "a page of 200 MB", connection: raw((s, front) => { s.write(`${OK}Content-Length: 209715200\r\n\r\n`); flood(s, front, "<p>more</p>      ".repeat(2048)); }) },
  { id: "h1-500", what: "every page fails (500)", change: (a, { kind }) => (kind === "page" ? { ...a, headers: { "content-type": "text/html" }, status: 500, body: Buffer.from("<h1>Internal Server Error</h1>") } : a) },
  { id: "h1-503", what: "closed for maintenance (503)", change: (a, { kind }) => (kind === "page" ? { ...a, status: 503, headers: { "content-type": "text/html", "retry-after": "3600" }, body: Buffer.from("<h1>We are back soon</h1>") } : a) },
  { id: "h1-429", what: "too many requests (429)", change: (a, { kind }) => (kind === "page" ? { ...a, status: 429, headers: { "content-type": "text/plain", "retry-after": "99999999" }, body: Buffer.from("slow down") } : a) },
  { id: "h1-403", what: "forbidden (403)", change: (a, { kind }) => (kind === "page" ? { ...a, headers: { "content-type": "text/html" }, status: 403, body: Buffer.from("<title>403 Forbidden</title><h1>Forbidden</h1>") } : a) },
  { id: "h1-401", what: "a password wanted (401)", change: (a, { kind }) => (kind === "page" ? { ...a, status: 401, headers: { "content-type": "text/html", "www-authenticate": 'Basic realm="shop"' }, body: Buffer.from("no") } : a) },
  { id: "h1-keep-alive-lie", what: "says keep-alive and closes", answer: (request, response, { path }) => {
      response.setHeader("Connection", "keep-alive"); response.on("finish", () => setTimeout(() => request.socket?.destroy(), 5)); return false; } },
];

const SETTINGS = (pairs) => Buffer.concat([frame(4, 0, 0, Buffer.concat(pairs.map(([id, value]) => { const b = Buffer.alloc(6); b.writeUInt16BE(id); b.writeUInt32BE(value, 2); return b; })))]);

function frame(type, flags, stream, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** Frames of our own after the client has spoken. */
function h2(write) {
  return { options: { ALPNProtocols: ["h2"] }, raw: (socket, front) => {
    socket.on("error", () => {});
    socket.once("data", () => write(socket, front));
  } };
}

export const http2 = [
  { id: "h2-fine", what: "no fault: HTTP/2 as it should be", http2: {} },
  { id: "h2-reset", what: "every stream is reset", http2: { request: (q, r) => { r.stream.close(2); return true; } } },
  { id: "h2-reset-body", what: "a stream is reset within the page", http2: { request: (q, r) => { r.stream.respond({ ":status": 200, "content-type": "text/html" }); r.stream.write(PAGE); setTimeout(() => r.stream.destroyed || r.stream.close(2), 50); return true; } } },
  { id: "h2-goaway", what: "goes away at the first request", http2: { request: (q, r) => { r.stream.session.goaway(0, 0); r.stream.close(7); return true; } } },
  { id: "h2-ping-flood", what: "pings without end", tls: h2((s, front) => { s.write(SETTINGS([])); flood(s, front, Buffer.concat(Array.from({ length: 200 }, () => frame(6, 0, 0, Buffer.alloc(8))))); }) },
  { id: "h2-settings-flood", what: "settings without end", tls: h2((s, front) => flood(s, front, Buffer.concat(Array.from({ length: 200 }, () => SETTINGS([[3, 100]]))))) },
  { id: "h2-odd-settings", what: "settings out of range", tls: h2((s) => s.write(SETTINGS([[4, 0xffffffff], [5, 1], [2, 7]]))) },
  { id: "h2-zero-window", what: "lets nothing through", tls: h2((s) => s.write(SETTINGS([[4, 0], [3, 0]]))) },
  { id: "h2-garbage", what: "rubbish after the handshake", tls: h2((s) => s.end("HTTP/1.1 200 OK\r\n\r\nthis is no HTTP/2")) },
  { id: "h2-huge-frame", what: "a frame of 16 MB", tls: h2((s, front) => { s.write(SETTINGS([])); s.write(Buffer.from([0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 1])); flood(s, front, Buffer.alloc(65536)); }) },
  { id: "h2-continuation-flood", what: "headers without end", tls: h2((s, front) => { s.write(SETTINGS([])); s.write(frame(1, 0, 1, Buffer.from([0x88]))); const piece = Buffer.concat(Array.from({ length: 50 }, () => frame(9, 0, 1, Buffer.concat([Buffer.from([0x40, 1, 0x78, 0x7f, 0x81, 0x01]), Buffer.alloc(256, 0x61)])))); flood(s, front, piece); }) },
];

let bombs = {};
/** 256 MB of blanks, packed; made once. */
async function bomb(kind) {
  if (bombs[kind]) return bombs[kind];
  const part = Buffer.alloc(1 << 20, 0x20);
  if (kind === "gzip") {
    const packer = createGzip({ level: 9 });
    const parts = [];
    packer.on("data", (piece) => parts.push(piece));
    const end = new Promise((resolve) => packer.on("end", resolve));
    for (let i = 0; i < 256; i++) if (!packer.write(part)) await new Promise((resolve) => packer.once("drain", resolve));
    packer.end();
    await end;
    bombs.gzip = Buffer.concat(parts);
  } else {
    bombs[kind] = brotliCompressSync(Buffer.alloc(256 << 20, 0x20), { params: { [constants.BROTLI_PARAM_QUALITY]: 1, [constants.BROTLI_PARAM_LGWIN]: 24 } });
  }
  return bombs[kind];
}

/** The page is the shop's, its packing is as said. */
const packed = (encoding, pack) => async (answer, { kind }) =>
  kind === "page" ? { ...answer, headers: { ...answer.headers, "content-encoding": encoding }, body: await pack(answer.body) } : answer;
const typed = (type, turn = (body) => body) => (answer, { kind }) =>
  kind === "page" ? { ...answer, headers: { ...answer.headers, "content-type": type }, body: turn(answer.body) } : answer;

export const encodings = [
  { id: "enc-gzip-bomb", what: "256 MB in a small gzip", change: packed("gzip", () => bomb("gzip")) },
  { id: "enc-br-bomb", what: "256 MB in a tiny brotli", change: packed("br", () => bomb("br")) },
  { id: "enc-double-gzip", what: "gzip twice, said twice", change: packed("gzip, gzip", (b) => gzipSync(gzipSync(b))) },
  { id: "enc-corrupt", what: "gzip with wrong bytes inside", change: packed("gzip", (b) => { const z = gzipSync(b); z.fill(0x55, z.length >> 1, Math.min(z.length, (z.length >> 1) + 40)); return z; }) },
  { id: "enc-cut", what: "gzip that breaks off", change: packed("gzip", (b) => { const z = gzipSync(b); return z.subarray(0, z.length >> 1); }) },
  { id: "enc-gzip-lie", what: "says gzip, is plain", change: packed("gzip", (b) => b) },
  { id: "enc-br-lie", what: "says br, is gzip", change: packed("br", (b) => gzipSync(b)) },
  { id: "enc-unknown", what: "an encoding nobody knows", change: packed("x-nonsense", (b) => b) },
  { id: "enc-chain", what: "200 encodings", change: packed(Array(200).fill("gzip").join(", "), (b) => gzipSync(b)) },
  { id: "enc-latin1-lie", what: "says UTF-8, is Latin-1", change: typed("text/html; charset=utf-8", (b) => Buffer.from(b.toString().replaceAll("<h1", "<p>\xe9t\xe9 \xe0 la mer</p><h1").replace(/[^\0-\xff]/gu, (c) => `&#${c.codePointAt(0)};`), "latin1")) },
  { id: "enc-utf7", what: "says UTF-7", change: typed("text/html; charset=utf-7") },
  { id: "enc-utf16", what: "UTF-16 without a mark", change: typed("text/html; charset=utf-16le", (b) => Buffer.from(b.toString().replace(/<meta charset[^>]*>/, ""), "utf16le")) },
  { id: "enc-unknown-charset", what: "a charset nobody knows", change: typed("text/html; charset=klingon") },
  { id: "enc-octets", what: "pages said to be octets", change: typed("application/octet-stream") },
  { id: "enc-no-type", what: "pages without a type", change: (a, { kind }) => { if (kind === "page") delete a.headers["content-type"]; return a; } },
  { id: "enc-image-type", what: "pages said to be PNG", change: typed("image/png") },
];
