// front.mjs - the fault shop's door: it stands before the demo shop, hands every request on
// and misbehaves where a fault says so: in the connection, in TLS, in HTTP or in the answer.
// SPDX-License-Identifier: MIT
import http from "node:http";
import http2 from "node:http2";
import net from "node:net";
import tls from "node:tls";

/** Read a whole answer of the shop: { status, headers, body }. */
export function shopAnswer(shop, request, host) {
  return new Promise((resolve, reject) => {
    const headers = { ...request.headers, host, "accept-encoding": "identity", connection: "close" };
    for (const name of Object.keys(headers)) if (name.startsWith(":")) delete headers[name];
    const asked = http.request(
      { host: shop.hostname, port: shop.port, method: request.method, path: request.url, headers },
      (answer) => {
        const parts = [];
        answer.on("data", (part) => parts.push(part));
        answer.on("end", () =>
          resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }),
        );
        answer.on("error", reject);
      },
    );
    asked.on("error", reject);
    request.pipe(asked);
  });
}

/** Headers that belong to one connection, or that we set anew. */
function ownHeaders(headers) {
  const left = ["connection", "keep-alive", "transfer-encoding", "content-length", "date"];
  return Object.fromEntries(Object.entries(headers).filter(([name, value]) => !left.includes(name) && value.length));
}

/** Which kind of thing is asked for? */
export function kindOf(path) {
  const [bare] = path.split("?");
  if (bare === "/robots.txt") return "robots";
  if (bare === "/sitemap.xml") return "sitemap";
  if (/\.css$/.test(bare)) return "css";
  if (/\.m?js$/.test(bare)) return "script";
  if (/\.(png|jpe?g|webp|avif|svg|gif|ico)$/.test(bare)) return bare.endsWith(".ico") ? "icon" : "image";
  if (/\.(woff2?|webmanifest|json|txt|xml)$/.test(bare)) return "other";
  return "page";
}

/** One request: the fault first, else the shop's answer, changed if the fault wants that. */
async function handle(front, request, response) {
  const { fault, shop } = front;
  const host = request.headers.host ?? request.headers[":authority"];
  const kind = kindOf(request.url);
  front.asked[kind] = (front.asked[kind] ?? 0) + 1;
  const context = { kind, count: front.asked[kind], path: request.url, host, front };
  request.on("error", () => {});
  response.on("error", () => {});
  if (fault.answer && (await fault.answer(request, response, context)) !== false) return;
  const answer = await shopAnswer(shop, request, host);
  const made = fault.change ? ((await fault.change(answer, context)) ?? answer) : answer;
  if (response.destroyed) return;
  const headers = ownHeaders(made.headers);
  if (!made.open) headers["content-length"] = made.body.length;
  response.writeHead(made.status, headers);
  if (made.open) response.write(made.body);
  else response.end(request.method === "HEAD" ? undefined : made.body);
}

/** Serve one fault in front of the shop: { url, asked, stop() }. */
export function frontOpen(fault, shop, place) {
  const front = { fault, shop: new URL(shop), asked: {}, sockets: new Set(), timers: new Set() };
  front.every = (ms, work) => {
    const timer = setInterval(work, ms);
    front.timers.add(timer);
    return timer;
  };
  const onRequest = (request, response) =>
    handle(front, request, response).catch(() => response.destroy());
  const server = fault.connection
    ? net.createServer((socket) => fault.connection(socket, front))
    : fault.http2
      ? http2.createSecureServer({ ...place.tls, allowHTTP1: false, ...(fault.http2.settings ?? {}) })
      : fault.tls
        ? (fault.tls.raw ? tls.createServer({ ...place.tls, ...fault.tls.options }, (socket) => fault.tls.raw(socket, front))
          : tlsServer(fault, place, onRequest))
        : http.createServer({ insecureHTTPParser: true, maxHeaderSize: 1 << 20 }, onRequest);
  if (fault.http2) {
    server.on("stream", (stream, headers) => stream.on("error", () => {}));
    server.on("session", (session) => { session.on("error", () => {}); fault.http2.session?.(session, front); });
    server.on("request", (request, response) =>
      fault.http2.request?.(request, response, front) === true ? undefined : onRequest(request, response));
    server.on("sessionError", () => {});
  }
  server.on("clientError", (_, socket) => socket.destroy());
  server.on("tlsClientError", () => {});
  server.on("error", () => {});
  server.on("connection", (socket) => {
    front.sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => front.sockets.delete(socket));
  });
  front.stop = () => new Promise((resolve) => {
    for (const timer of front.timers) clearInterval(timer);
    for (const socket of front.sockets) socket.destroy();
    server.close(() => resolve());
    server.closeAllConnections?.();
    setTimeout(resolve, 1000).unref();
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen(fault.port ?? 0, place.address, () => {
      const scheme = fault.tls || fault.http2 || fault.secure ? "https" : "http";
      const name = fault.host ?? place.address;
      front.port = server.address().port;
      front.url = fault.url ? fault.url(front) : `${scheme}://${name}:${front.port}/`;
      resolve(front);
    });
  });
}

function tlsServer(fault, place, onRequest) {
  const options = { ...place.tls, ...fault.tls.options };
  const inner = http.createServer({ insecureHTTPParser: true }, onRequest);
  const server = tls.createServer({ ...options, ALPNProtocols: ["http/1.1"] });
  server.on("secureConnection", (socket) => inner.emit("connection", socket));
  return server;
}
