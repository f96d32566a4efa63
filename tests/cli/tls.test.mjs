// tls.test.mjs - queue and store over TLS: who is trusted gets in, who is not is told why.
// Tests fleet/queue.c, store/postgres.c.
// SPDX-License-Identifier: MIT
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { inFolder, mystery } from "./mystery.mjs";
import { freePort, natsServer, postgresServer } from "./servers.mjs";

/** Certificates in the folder, or false where openssl is not installed. */
function certificatesIn(folder) {
  const run = spawnSync(new URL("../servers/certificates.sh", import.meta.url).pathname, [folder]);
  if (run.status !== 77) assert.equal(run.status, 0);
  return run.status === 0;
}

test("a queue over TLS lets in whom it can check, and is checked itself", async (t) => {
  await inFolder(async (folder) => {
    if (!certificatesIn(folder)) return t.skip("openssl is not installed");
    const at = (name) => join(folder, name);
    // What the server itself reads lies in its own folder, which another user may read.
    const served = (name) => [`--tlscert=${at(`${name}.pem`)}`, `--tlskey=${at(`${name}.key`)}`];
    const guarded = await natsServer({ options: ["--tlsverify", `--tlscacert=${at("ca.pem")}`, ...served("server")] });
    const mistaken = await natsServer({ options: ["--tls", ...served("other")] });
    if (!guarded) return t.skip("no NATS server is installed");
    try {
      const ask = (server, ...more) => mystery(["queue", "status", "--queue", server.url.replace("nats:", "tls:"), ...more]);
      const ca = ["--queue-ca", at("ca.pem")];
      const own = ["--queue-cert", at("client.pem"), "--queue-key", at("client.key")];
      const panel = at("panel.json");
      writeFileSync(panel, JSON.stringify({ shops: ["http://127.0.0.1:1/"] }));
      const put = await mystery(["submit", panel, "--queue", guarded.url.replace("nats:", "tls:"), ...ca, ...own]);
      if (/built without/.test(put.err)) return t.skip("built without the client");
      assert.equal(put.code, 0, put.err);
      const let_in = await ask(guarded, ...ca, ...own);
      assert.equal(let_in.code, 0, let_in.err);
      for (const [why, refused] of [
        ["no certificate of its own", await ask(guarded, ...ca)],
        ["an authority that did not sign", await ask(guarded, "--queue-ca", at("stranger.pem"), ...own)],
        ["a server of another name", await ask(mistaken, ...ca)],
        ["a file that is not there", await ask(guarded, "--queue-ca", at("none.pem"))],
      ]) {
        assert.equal(refused.code, 1, `${why}: ${refused.out}${refused.err}`);
        assert.match(refused.err, /TLS|SSL|certificate|secure/i, why);
      }
    } finally {
      await guarded?.stop();
      await mistaken?.stop();
    }
  });
});

test("a store over TLS is checked before a password is sent", async (t) => {
  await inFolder(async (folder) => {
    if (!certificatesIn(folder)) return t.skip("openssl is not installed");
    const port = await freePort();
    const postgres = await postgresServer({ password: "s3cret", port, certificates: folder });
    if (!postgres) return t.skip("no PostgreSQL is installed");
    try {
      const place = `postgres://mystery:s3cret@127.0.0.1:${port}/postgres?sslmode=verify-full&sslrootcert=`;
      const let_in = await mystery(["history", "--store", place + encodeURIComponent(join(folder, "ca.pem"))]);
      if (/built without/.test(let_in.err)) return t.skip("built without the client");
      assert.equal(let_in.code, 0, let_in.err);
      const refused = await mystery(["history", "--store", place + encodeURIComponent(join(folder, "stranger.pem"))]);
      assert.equal(refused.code, 1);
      assert.match(refused.err, /certificate|SSL/);
      assert.match(refused.err, /PGSSLROOTCERT/);
      assert.doesNotMatch(refused.err, /s3cret/);
    } finally {
      await postgres.stop();
    }
  });
});
