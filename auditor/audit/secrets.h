/* secrets.h - what the user gave in confidence, taken out of everything that is kept.
 *
 * A secret that was typed comes back in many ways: a shop repeats it in a page, an address
 * or a cookie. So every text of a visit is searched for it as the file is written, whatever
 * masked it before. Knows no page. Layer: audit. Called by visits.c and links.c.
 * SPDX-License-Identifier: MIT */
#ifndef AUDIT_SECRETS_H
#define AUDIT_SECRETS_H

#include "audit/plan.h"
#include "base/buf.h"

/** Every text that must not be kept: --secret values, passwords of -u, of the address and
 * of the proxy, cookies of -b, and the values of -H lines whose name speaks of a
 * credential; each as it is, and as JSON, URLs, HTML and (for -u) base64 write it. Texts of
 * fewer than 4 bytes (6 for cookies and headers) are left out: they stand everywhere. With
 * --keep-credentials only --secret values are meant. Owns: arena. */
TextList secrets_collect(Arena *arena, const AuditPlan *plan);
/** Put *** in place of every secret. */
void secrets_scrub(const TextList *secrets, Buf *text);

#endif
