/* prompts.c - answers to what the browser would ask a person. Layer: visit.
 * SPDX-License-Identifier: MIT */
#include "visit/chromium/prompts.h"

#include <string.h>

#include "base/attr.h"
#include "base/json.h"
#include "visit/lexicon.h"

enum { WORDS_MAX = 2000 };

struct Prompts {
    Arena *arena;
    Cdp *cdp;
    const Clock *clock;
    Prompt *items;
    size_t count, capacity;
    bool accepts_confirm;
    bool is_meant; /* presses are */
};

static const char *const NAMES[] = {
    [PROMPT_ALERT] = "alert",       [PROMPT_CONFIRM] = "confirm",
    [PROMPT_QUESTION] = "prompt",   [PROMPT_LEAVE] = "beforeunload",
    [PROMPT_DOWNLOAD] = "download", [PROMPT_FILE] = "file",
    [PROMPT_LOGIN] = "login",
};

const char *prompt_kind_name(PromptKind kind)
{
    return NAMES[kind];
}

/* A page may say more than anybody wants to keep. */
static const char *text_keep(Arena *arena, const char *text)
{
    size_t length = 0;
    Str whole = str_of(text);
    while (length < whole.length && length < WORDS_MAX)
        (void)str_next_rune(whole, &length);
    return arena_str_text(arena, str_slice(whole, 0, length));
}

static void prompt_keep(Prompts *prompts, Prompt prompt)
{
    if (prompts->count >= PROMPTS_MAX)
        return;
    prompt.text = text_keep(prompts->arena, prompt.text);
    prompt.url = text_keep(prompts->arena, prompt.url);
    prompt.session = arena_text(prompts->arena, prompt.session);
    prompt.at_us = clock_now_us(prompts->clock);
    ARENA_PUSH(prompts->arena, prompts->items, prompts->count, prompts->capacity, prompt);
}

static PromptKind kind_of(const char *type)
{
    for (int kind = PROMPT_CONFIRM; kind <= PROMPT_LEAVE; kind++)
        if (strcmp(type, NAMES[kind]) == 0)
            return (PromptKind)kind;
    return PROMPT_ALERT;
}

/* Does the question bind the visitor to nothing? */
static bool is_harmless(const Prompts *prompts, const char *text)
{
    AUTO(arena_auto) Arena *scratch = arena_create();
    ButtonWords words;
    button_words(scratch, text, &words);
    return prompts->is_meant && !words.is_cut && !name_orders(&words) &&
           !text_speaks_of_order(scratch, text) && !text_speaks_of_payment(scratch, text);
}

static void on_dialog(Prompts *prompts, const CdpEvent *event)
{
    PromptKind kind = kind_of(json_text(json_get(event->params, "type"), ""));
    const char *asked = json_text(json_get(event->params, "message"), "");
    bool accepts = kind == PROMPT_ALERT || kind == PROMPT_LEAVE ||
                   (kind == PROMPT_CONFIRM &&
                    (prompts->accepts_confirm || is_harmless(prompts, asked)));
    cdp_send(prompts->cdp, event->session, "Page.handleJavaScriptDialog",
             accepts ? "{\"accept\":true}" : "{\"accept\":false}");
    if (kind == PROMPT_CONFIRM)
        prompts->accepts_confirm = false;
    prompt_keep(prompts, (Prompt){.kind = kind,
                                  .text = asked,
                                  .url = json_text(json_get(event->params, "url"), ""),
                                  .session = event->session,
                                  .is_accepted = accepts});
}

static void on_chooser(Prompts *prompts, const CdpEvent *event)
{
    prompt_keep(prompts, (Prompt){.kind = PROMPT_FILE,
                                  .text = json_text(json_get(event->params, "mode"), ""),
                                  .url = "",
                                  .session = event->session});
}

static void on_download(Prompts *prompts, const CdpEvent *event)
{
    const char *name = json_text(json_get(event->params, "suggestedFilename"), "");
    prompt_keep(prompts, (Prompt){.kind = PROMPT_DOWNLOAD,
                                  .text = name,
                                  .url = json_text(json_get(event->params, "url"), ""),
                                  .session = event->session});
}

static void on_login(Prompts *prompts, const CdpEvent *event)
{
    AUTO(buf_release) Buf text = {0};
    JsonWriter json;
    buf_init(&text, WORDS_MAX);
    json_writer_init(&json, &text, false);
    json_write_object(&json);
    json_put_text(&json, "dialogId", json_text(json_get(event->params, "dialogId"), ""));
    json_write_end(&json);
    if (!text.is_over)
        cdp_send(prompts->cdp, event->session, "FedCm.dismissDialog", buf_text(&text));
    prompt_keep(prompts, (Prompt){.kind = PROMPT_LOGIN,
                                  .text = json_text(json_get(event->params, "title"), ""),
                                  .url = "",
                                  .session = event->session});
}

static void on_event(void *context, const CdpEvent *event)
{
    static const struct {
        const char *method;
        void (*handle)(Prompts *prompts, const CdpEvent *event);
    } handlers[] = {
        {"Page.javascriptDialogOpening", on_dialog},
        {"Page.fileChooserOpened", on_chooser},
        {"Browser.downloadWillBegin", on_download},
        {"FedCm.dialogShown", on_login},
    };

    for (size_t i = 0; i < COUNT_OF(handlers); i++)
        if (strcmp(event->method, handlers[i].method) == 0)
            handlers[i].handle(context, event);
}

Prompts *prompts_open(Arena *arena, Cdp *cdp, const Clock *clock)
{
    Prompts *prompts = ARENA_NEW(arena, Prompts);
    prompts->arena = arena;
    prompts->cdp = cdp;
    prompts->clock = clock;
    cdp_listen(cdp, "Page.javascriptDialogOpening", on_event, prompts);
    cdp_listen(cdp, "Page.fileChooserOpened", on_event, prompts);
    cdp_listen(cdp, "Browser.downloadWillBegin", on_event, prompts);
    cdp_listen(cdp, "FedCm.dialogShown", on_event, prompts);
    return prompts;
}

void prompts_deny(Prompts *prompts, const char *browser_context)
{
    static const char *const permissions[] = {
        "geolocation", "notifications",     "camera",         "microphone",
        "midi",        "clipboard-read",    "push",           "idle-detection",
        "local-fonts", "window-management", "storage-access",
    };
    AUTO(arena_auto) Arena *arena = arena_create();
    const char *context =
        *browser_context
            ? arena_printf(arena, ",\"browserContextId\":\"%s\"", browser_context)
            : "";
    cdp_send(
        prompts->cdp, "", "Browser.setDownloadBehavior",
        arena_printf(arena, "{\"behavior\":\"deny\",\"eventsEnabled\":true%s}", context));
    for (size_t i = 0; i < COUNT_OF(permissions); i++)
        cdp_send(prompts->cdp, "", "Browser.setPermission",
                 arena_printf(
                     arena, "{\"permission\":{\"name\":\"%s\"%s},\"setting\":\"denied\"%s}",
                     permissions[i],
                     strcmp(permissions[i], "push") == 0 ? ",\"userVisibleOnly\":true" : "",
                     context));
}

void prompts_setup(Prompts *prompts, const Target *target)
{
    if (target->kind != TARGET_PAGE && target->kind != TARGET_FRAME)
        return;
    cdp_send(prompts->cdp, target->session, "Page.enable", NULL);
    cdp_send(prompts->cdp, target->session, "Page.setInterceptFileChooserDialog",
             "{\"enabled\":true,\"cancel\":true}");
    cdp_send(prompts->cdp, target->session, "FedCm.enable",
             "{\"disableRejectionDelay\":true}");
}

void prompts_mean_presses(Prompts *prompts, bool is_meant)
{
    prompts->is_meant = is_meant;
}

const char *prompts_declined(const Prompts *prompts, size_t since)
{
    for (size_t i = since; i < prompts->count; i++)
        if (prompts->items[i].kind == PROMPT_CONFIRM && !prompts->items[i].is_accepted)
            return prompts->items[i].text;
    return NULL;
}

void prompts_accept_confirm(Prompts *prompts, bool accepts)
{
    prompts->accepts_confirm = accepts;
}

size_t prompts_count(const Prompts *prompts)
{
    return prompts->count;
}

const Prompt *prompts_at(const Prompts *prompts, size_t i)
{
    return &prompts->items[i];
}
