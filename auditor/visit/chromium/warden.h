/* warden.h - judges where the browser connects: no private address for a public shop.
 *
 * A seccomp filter stops every connect of the browser and all it starts; the guardian looks
 * at the address, which is known only now, after the name was resolved, and lets it go on
 * or refuses it. So neither a redirect nor a picture nor a name that changes its address
 * leads into the network we run in. Knows no page and no rule. Layer: visit. Called by
 * guardian.c. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_WARDEN_H
#define VISIT_CHROMIUM_WARDEN_H

#include <stdbool.h>

/** Put the filter on this process and all it will start; no_new_privs must be set.
 * Returns a descriptor on which connects are asked about (close-on-exec), or -1 where the
 * kernel cannot do it. Owns: the caller. */
int warden_install(void);
/** Can this kernel do it? */
bool warden_is_possible(void);
/** Answer one question; call when the descriptor is readable. Never blocks. */
void warden_answer(int fd);
/** Hand a descriptor over a UNIX socket, and take it on the other side (-1: none came).
 * Returns false when the socket is broken. */
bool warden_send(int socket_fd, int fd);
int warden_receive(int socket_fd);

#endif
