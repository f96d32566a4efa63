/* consent_rules.c - autoconsent's content script in our world of each frame, and the
 * extension around it. Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/out.h"
#include "visit/chromium/consent.h"

enum {
    FILE_LIMIT = 4 << 20,
    EXPRESSION_LIMIT = 8 << 20,
    DETECT_US = 2500000,  /* until a rule has seen its tool */
    ANSWER_US = 12000000, /* until it has answered */
    TURN_US = 100000,
};

/** One frame's script. */
typedef struct Script {
    const PageFrame *frame;
    bool is_popup; /**< it saw its tool's question */
    bool is_done, is_failed;
    bool is_intermediate; /**< it did its part; another frame goes on */
    const char *name;
    int clicks;
} Script;

typedef struct Rules {
    ChromiumVisitor *visitor;
    Script scripts[FRAMES_MOST];
    size_t count;
    bool accepts;
} Rules;

/* Messages are kept in a list until we fetch them. */
static const char PRELUDE[] =
    "(() => { if (globalThis.mysteryRules) return; const list = [];"
    " globalThis.mysteryRules = list; globalThis.autoconsentSendMessage = message => {"
    " list.push(JSON.parse(JSON.stringify(message))); return Promise.resolve(); }; })();\n";

/* No hiding of anything, no guessing by its own heuristics (ours come before), and no
 * answer before we say so. */
static const char CONFIG[] =
    "{enabled: true, autoAction: null, disabledCmps: [], enablePrehide: false,"
    " enableCosmeticRules: false, enableGeneratedRules: true, detectRetries: 2,"
    " isMainWorld: false, prehideTimeout: 2000, enableHeuristicDetection: false,"
    " enablePopupMutationObserver: false, visualTest: false,"
    " performanceLoggingEnabled: false, heuristicMode: 'off', logs: {lifecycle: false,"
    " rulesteps: false, detectionsteps: false, evals: false, errors: false,"
    " messages: false, waits: false}}";

static bool file_take(ChromiumVisitor *visitor, const char *folder, const char *name,
                      const char **text)
{
    Str bytes;
    const char *path = arena_printf(visitor->scratch, "%s/autoconsent/%s", folder, name);
    if (!file_read(visitor->scratch, path, FILE_LIMIT, &bytes, NULL))
        return false;
    *text = arena_str_text(visitor->scratch, bytes);
    return true;
}

static void scripts_start(Rules *rules, const PageFrames *frames, const char *script,
                          const char *list)
{
    ChromiumVisitor *visitor = rules->visitor;
    AUTO(buf_release) Buf first = {0};
    AUTO(buf_release) Buf second = {0};
    buf_init(&first, EXPRESSION_LIMIT);
    buf_printf(&first, "%s%s\n;true", PRELUDE, script);
    buf_init(&second, EXPRESSION_LIMIT);
    buf_printf(&second,
               "autoconsentReceiveMessage({type: 'initResp', config: %s, rules: %s}), true",
               CONFIG, list);
    for (size_t i = 0; i < frames->count; i++) {
        const PageFrame *frame = &frames->items[i];
        if (frame_ask(visitor, frame, buf_text(&first)) &&
            frame_ask(visitor, frame, buf_text(&second)))
            rules->scripts[rules->count++] = (Script){.frame = frame, .name = ""};
    }
}

/* ---- messages ---- */

static void tell(const Rules *rules, const Script *script, const char *message)
{
    frame_ask(rules->visitor, script->frame,
              arena_printf(rules->visitor->scratch,
                           "void autoconsentReceiveMessage(%s), true", message));
}

/* A rule asks the page itself, through the package's own snippets. */
static void on_eval(const Rules *rules, const Script *script, const Json *message)
{
    ChromiumVisitor *visitor = rules->visitor;
    const char *id = json_text(json_get(message, "id"), "");
    const char *code = json_text(json_get(message, "code"), "false");
    if (strspn(id, "0123456789abcdefABCDEF-") != strlen(id))
        return;
    const Json *value = frame_ask_page(
        visitor, script->frame,
        arena_printf(visitor->scratch, "Promise.resolve(%s).then(Boolean)", code));
    tell(rules, script,
         arena_printf(visitor->scratch, "{type: 'evalResp', id: '%s', result: %s}", id,
                      json_bool(value, false) ? "true" : "false"));
}

static void on_message(Rules *rules, Script *script, const Json *message)
{
    const char *type = json_text(json_get(message, "type"), "");
    const char *name = json_text(json_get(message, "cmp"), "");
    if (strcmp(type, "eval") == 0) {
        on_eval(rules, script, message);
    } else if (strcmp(type, "popupFound") == 0) {
        script->is_popup = true;
        script->name = arena_text(rules->visitor->arena, name);
    } else if (strcmp(type, "optOutResult") == 0 || strcmp(type, "optInResult") == 0) {
        bool is_fine = json_bool(json_get(message, "result"), false);
        script->is_failed = !is_fine;
        script->is_intermediate = is_fine;
    } else if (strcmp(type, "autoconsentDone") == 0) {
        script->is_done = true;
        script->clicks = (int)json_integer(json_get(message, "totalClicks"), 0);
    }
}

/* Fetch what the scripts have said. Returns false when the page's own script is gone: it
 * was left, which an answer may do. */
static bool messages_take(Rules *rules)
{
    bool is_there = rules->count > 0;
    for (size_t i = 0; i < rules->count; i++) {
        Script *script = &rules->scripts[i];
        const Json *list =
            frame_ask(rules->visitor, script->frame, "mysteryRules.splice(0)");
        if (!list && script->frame->is_top)
            is_there = false;
        for (const Json *item = json_first(list); item; item = json_next(item))
            on_message(rules, script, item);
    }
    return is_there;
}

static bool turn(Rules *rules, int64_t until_us)
{
    ChromiumVisitor *visitor = rules->visitor;
    int64_t now_us = clock_now_us(visitor->base.clock);
    return now_us < until_us && cdp_pump(visitor->cdp, now_us + TURN_US, NULL);
}

static Script *script_with_popup(Rules *rules)
{
    for (size_t i = 0; i < rules->count; i++)
        if (rules->scripts[i].is_popup && !rules->scripts[i].is_intermediate)
            return &rules->scripts[i];
    return NULL;
}

static Script *detect(Rules *rules)
{
    int64_t until_us = clock_now_us(rules->visitor->base.clock) + DETECT_US;
    do {
        if (!messages_take(rules))
            return NULL;
    } while (!script_with_popup(rules) && turn(rules, until_us));
    return script_with_popup(rules);
}

/* A top document's rule may only open the way for the rule of its frame. */
static void answer(Rules *rules, Script *script, RulesRun *run)
{
    int64_t until_us = clock_now_us(rules->visitor->base.clock) + ANSWER_US;
    while (script) {
        tell(rules, script, rules->accepts ? "{type: 'optIn'}" : "{type: 'optOut'}");
        run->name = script->name;
        while (!script->is_done && !script->is_failed && turn(rules, until_us)) {
            if (!messages_take(rules)) {
                run->is_done = true;
                return;
            }
            if (script->is_intermediate && !script->is_done && script_with_popup(rules))
                break;
        }
        run->clicks += script->clicks;
        run->is_done = run->is_done || script->is_done;
        bool goes_on = script->is_intermediate && !script->is_done;
        script = goes_on ? script_with_popup(rules) : NULL;
    }
}

void rules_answer(ChromiumVisitor *visitor, const char *folder, const PageFrames *frames,
                  bool accepts, RulesRun *run)
{
    Rules rules = {.visitor = visitor, .accepts = accepts};
    const char *script = NULL;
    const char *list = NULL;
    *run = (RulesRun){.name = ""};
    if (!file_take(visitor, folder, "dist/autoconsent.playwright.js", &script) ||
        !file_take(visitor, folder, "rules/rules.json", &list))
        return;
    scripts_start(&rules, frames, script, list);
    Script *found = detect(&rules);
    if (!found)
        return;
    run->is_known = true;
    answer(&rules, found, run);
}
