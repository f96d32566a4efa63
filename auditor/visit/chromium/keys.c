/* keys.c - the visitor's keyboard. Layer: visit. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "visit/chromium/inner.h"

enum {
    KEY_US = 2000000,
    LETTER_LEAST_US = 40000, /* between two letters, at a human pace */
    LETTER_SPREAD_US = 80000,
    TABS_MOST = 150,    /* strokes of Tab before the focus is put there */
    ARROWS_MOST = 30,   /* within a group of radio buttons */
    OPTIONS_MOST = 260, /* within a list that scripts build: all countries */
    STALLS_MOST = 2,    /* strokes that lead nowhere before another key is tried */
    STALL_US = 50000,
    LETTERS_STRUCK = 200, /* longer texts are put in at once, as if pasted */
};

/** Keys that have names (UI Events KeyboardEvent key values). */
typedef struct Key {
    const char *key;
    const char *code;
    int number; /* Windows virtual key code */
    const char *text;
} Key;

static const Key keys[] = {
    {"Enter", "Enter", 13, "\r"},
    {"Tab", "Tab", 9, NULL},
    {"Escape", "Escape", 27, NULL},
    {"Backspace", "Backspace", 8, NULL},
    {"Delete", "Delete", 46, NULL},
    {"ArrowUp", "ArrowUp", 38, NULL},
    {"ArrowDown", "ArrowDown", 40, NULL},
    {"ArrowLeft", "ArrowLeft", 37, NULL},
    {"ArrowRight", "ArrowRight", 39, NULL},
    {"Home", "Home", 36, NULL},
    {"End", "End", 35, NULL},
    {"PageUp", "PageUp", 33, NULL},
    {"PageDown", "PageDown", 34, NULL},
    {" ", "Space", 32, " "},
    {"Space", "Space", 32, " "},
    {"Shift", "ShiftLeft", 16, NULL},
    {"Control", "ControlLeft", 17, NULL},
    {"Alt", "AltLeft", 18, NULL},
    {"Meta", "MetaLeft", 91, NULL},
    {"Insert", "Insert", 45, NULL},
};

/* Letters and digits; other characters have a text but no key of their own. */
static Key key_of(const char *name, char *code, size_t size)
{
    for (size_t i = 0; i < COUNT_OF(keys); i++)
        if (strcmp(keys[i].key, name) == 0)
            return keys[i];
    Key key = {.key = name, .code = "", .text = name};
    char c = name[0];
    if (name[1] == '\0' && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))) {
        char upper = c >= 'a' ? (char)(c - 32) : c;
        snprintf(code, size, "Key%c", upper);
        key.code = code;
        key.number = upper;
    } else if (name[1] == '\0' && c >= '0' && c <= '9') {
        snprintf(code, size, "Digit%c", c);
        key.code = code;
        key.number = c;
    } else if (c == 'F' && name[1] >= '1' && name[1] <= '9') {
        key.text = NULL; /* a function key */
        key.code = name;
    } else if (str_rune_count(str_of(name)) != 1) {
        key.text = NULL;
    }
    return key;
}

static const char *event_of(ChromiumVisitor *visitor, const char *type, const Key *key)
{
    AUTO(buf_release) Buf out = {0};
    JsonWriter json;
    buf_init(&out, 4096);
    json_writer_init(&json, &out, false);
    json_write_object(&json);
    json_put_text(&json, "type", type);
    json_put_text(&json, "key", strcmp(key->key, "Space") == 0 ? " " : key->key);
    json_put_text(&json, "code", key->code);
    json_put_integer(&json, "windowsVirtualKeyCode", key->number);
    if (key->text && strcmp(type, "keyDown") == 0) {
        json_put_text(&json, "text", key->text);
        json_put_text(&json, "unmodifiedText", key->text);
    }
    json_write_end(&json);
    return arena_str_text(visitor->scratch, buf_str(&out));
}

void key_down(ChromiumVisitor *visitor, const char *name)
{
    char code[16];
    Key key = key_of(name, code, sizeof code);
    cdp_send(visitor->cdp, visitor->page->session, "Input.dispatchKeyEvent",
             event_of(visitor, key.text ? "keyDown" : "rawKeyDown", &key));
}

/* The answer comes when the page has dealt with it; whether or not is no failure. */
void key_up(ChromiumVisitor *visitor, const char *name)
{
    char code[16];
    Key key = key_of(name, code, sizeof code);
    Error ignored = {0};
    if (!cdp_call(visitor->cdp, visitor->page->session, "Input.dispatchKeyEvent",
                  event_of(visitor, "keyUp", &key), KEY_US, NULL, NULL, &ignored))
        error_clear(&ignored);
}

void key_strike(ChromiumVisitor *visitor, const char *name)
{
    key_down(visitor, name);
    key_up(visitor, name);
}

static void text_insert(ChromiumVisitor *visitor, Str text)
{
    AUTO(buf_release) Buf out = {0};
    JsonWriter json;
    Error ignored = {0};
    buf_init(&out, 1 << 20);
    json_writer_init(&json, &out, false);
    json_write_object(&json);
    json_put_str(&json, "text", text);
    json_write_end(&json);
    if (!cdp_call(visitor->cdp, visitor->page->session, "Input.insertText", buf_text(&out),
                  KEY_US, NULL, NULL, &ignored))
        error_clear(&ignored);
}

static void letter_pause(ChromiumVisitor *visitor)
{
    /* A pace that is the same in every run, so that runs compare. */
    static const int spread[] = {3, 7, 1, 9, 5, 2, 8, 4, 6, 0};
    int turn = visitor->letters++ % (int)COUNT_OF(spread);
    int64_t pause_us = LETTER_LEAST_US + LETTER_SPREAD_US * spread[turn] / 10;
    cdp_pump(visitor->cdp, clock_now_us(visitor->base.clock) + pause_us, NULL);
}

void keys_type(ChromiumVisitor *visitor, const char *text)
{
    Str rest = str_of(text);
    if (rest.length > LETTERS_STRUCK) {
        text_insert(visitor, rest);
        return;
    }
    for (size_t at = 0; at < rest.length;) {
        size_t from = at;
        unsigned rune = str_next_rune(rest, &at);
        Str letter = str_slice(rest, from, at - from);
        if (rune == '\n')
            key_strike(visitor, "Enter");
        else if (rune >= 0x20 && rune < 0x7F)
            key_strike(visitor, arena_str_text(visitor->scratch, letter));
        else
            text_insert(visitor, letter);
        if (visitor->options.is_human_pace)
            letter_pause(visitor);
    }
}

/* ---- a visitor without a mouse ---- */

bool keys_are_all(const ChromiumVisitor *visitor)
{
    const char *input = visitor->base.persona->input;
    return input && strcmp(input, "keyboard") == 0;
}

/* Of a group of radio buttons Tab reaches one; arrows lead to, and choose, the others. */
static bool group_walk(ChromiumVisitor *visitor, int mark, const char *arguments)
{
    for (int i = 0; i < ARROWS_MOST; i++) {
        if (json_bool(mark_ask(visitor, mark, "hasFocus", arguments), false))
            return true;
        key_strike(visitor, "ArrowDown");
    }
    return false;
}

static bool widget_says(const Json *widget, const char *what)
{
    return json_bool(json_get(widget, what), false);
}

/* One arrow key, until the focus is at the element, comes round, or goes no further. */
static bool arrow_walk(ChromiumVisitor *visitor, int mark, const char *key)
{
    const char *arguments = page_arguments(visitor, "i", mark);
    const Json *widget = mark_ask(visitor, mark, "widget", arguments);
    const char *first = json_text(json_get(widget, "place"), "");
    const char *place = first;
    int stalls = 0;
    for (int i = 0; i < OPTIONS_MOST && stalls < STALLS_MOST; i++) {
        if (!widget_says(widget, "isNear") || widget_says(widget, "isAt"))
            break;
        key_strike(visitor, key);
        widget = mark_ask(visitor, mark, "widget", arguments);
        const char *now = json_text(json_get(widget, "place"), "");
        if (strcmp(now, place) != 0 && strcmp(now, first) == 0)
            break;
        stalls = strcmp(now, place) == 0 ? stalls + 1 : 0;
        if (stalls)
            cdp_pump(visitor->cdp, clock_now_us(visitor->base.clock) + STALL_US, NULL);
        place = now;
    }
    return widget_says(widget, "isAt");
}

/* Through a list, menu or the like that has the focus. */
static bool widget_walk(ChromiumVisitor *visitor, int mark)
{
    static const char *const arrows[] = {"ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft"};
    for (size_t i = 0; i < COUNT_OF(arrows); i++)
        if (arrow_walk(visitor, mark, arrows[i]))
            return true;
    return false;
}

bool keys_reach(ChromiumVisitor *visitor, int mark, bool *is_helped)
{
    const char *arguments = page_arguments(visitor, "i", mark);
    *is_helped = false;
    for (int i = 0; i < TABS_MOST; i++) {
        if (json_bool(mark_ask(visitor, mark, "hasFocus", arguments), false))
            return true;
        if (json_bool(mark_ask(visitor, mark, "hasGroupFocus", arguments), false))
            return group_walk(visitor, mark, arguments);
        if (widget_says(mark_ask(visitor, mark, "widget", arguments), "isNear") &&
            widget_walk(visitor, mark))
            return true;
        key_strike(visitor, "Tab");
    }
    *is_helped = json_bool(mark_ask(visitor, mark, "focus", arguments), false);
    return *is_helped;
}
