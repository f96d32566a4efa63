#!/usr/bin/env node
// codequality.mjs - missed criteria of an audit.json as GitLab's code quality report.
// SPDX-License-Identifier: MIT
import { readFileSync } from "node:fs";

const severities = { blocker: "blocker", major: "major", minor: "minor" };
const audit = JSON.parse(readFileSync(process.argv[2], "utf8"));
const issues = audit.findings
  .filter((finding) => finding.outcome === "fail")
  .map((finding) => {
    const page = finding.pages.find((result) => result.outcome === "fail" && result.url);
    return {
      description: `${finding.rule}: ${finding.criterion}`,
      check_name: finding.rule,
      fingerprint: finding.fingerprint,
      severity: severities[finding.impact] ?? "info",
      // GitLab wants a file; an address is the nearest thing a shop has.
      location: { path: page ? new URL(page.url).pathname.slice(1) || "index" : "site", lines: { begin: 1 } },
    };
  });
process.stdout.write(`${JSON.stringify(issues, null, 2)}\n`);
