/* prompts.h - what the browser would ask a person: dialogs, downloads, permissions, files.
 *
 * All is answered at once, so that no page waits, and recorded. Layer: visit. Listens;
 * sends only. SPDX-License-Identifier: MIT */
#ifndef VISIT_CHROMIUM_PROMPTS_H
#define VISIT_CHROMIUM_PROMPTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/clock.h"
#include "visit/chromium/cdp.h"
#include "visit/chromium/target.h"

typedef enum PromptKind {
    PROMPT_ALERT,
    PROMPT_CONFIRM,
    PROMPT_QUESTION, /**< prompt() */
    PROMPT_LEAVE,    /**< beforeunload: "leave this page?" */
    PROMPT_DOWNLOAD,
    PROMPT_FILE,  /**< a file chooser */
    PROMPT_LOGIN, /**< the browser's own "sign in with ..." (FedCM) */
    PROMPT_KIND_COUNT,
} PromptKind;

/** One of them. */
typedef struct Prompt {
    PromptKind kind;
    const char *text; /**< what it said; of a download: the file's name */
    const char *url;  /**< of the page, or of the download */
    const char *session;
    bool is_accepted;
    int64_t at_us; /**< monotonic */
} Prompt;

typedef struct Prompts Prompts;

/** Listen. Owns: arena. */
Prompts *prompts_open(Arena *arena, Cdp *cdp, const Clock *clock);
/** Deny downloads and permissions in a browser context ("" the default one). Sends. */
void prompts_deny(Prompts *prompts, const char *browser_context);
/** What the setup of a target sends: Page, file choosers, FedCM. */
void prompts_setup(Prompts *prompts, const Target *target);
/** Is the next confirm() answered yes? No is the default: a person who did not mean to
 * does not confirm. Alerts and leaving are always accepted. */
void prompts_accept_confirm(Prompts *prompts, bool accepts);
/** Are questions answered yes that ask neither for an order nor for a payment ("Remove this
 * line?")? A visitor who presses means it. False when nothing is said. */
void prompts_mean_presses(Prompts *prompts, bool is_meant);
/** Words of a confirm() since the prompt of that index that was answered no; NULL: none. */
const char *prompts_declined(const Prompts *prompts, size_t since);
/** Those that came so far, in order; at most PROMPTS_MAX are kept. */
size_t prompts_count(const Prompts *prompts);
const Prompt *prompts_at(const Prompts *prompts, size_t i);
/** "alert", "confirm", "prompt", "beforeunload", "download", "file", "login". */
const char *prompt_kind_name(PromptKind kind);

enum { PROMPTS_MAX = 200 };

#endif
