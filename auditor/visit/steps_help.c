/* steps_help.c - what a worried customer looks for: contact, delivery, returns, terms, who
 * runs the shop, privacy. From the first page, counting clicks.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "base/attr.h"
#include "dom/css.h"
#include "dom/structured.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/steps.h"

enum {
    LINK_TRIES = 3,  /* links of the first page that are followed */
    PAGE_WORDS = 40, /* words that make a page an answer */
};

/** What is looked for. */
typedef struct Topic {
    const char *intent; /**< words of the link */
    const char *fact;   /**< clicks */
    PageKind kind;
    const char *what;
    bool needs_means;    /**< an answer names a way to reach the shop */
    const char *hubs[3]; /**< pages that may lead there */
    bool is_said;        /**< a sentence of a hub is an answer */
} Topic;

/* --- ways to reach the shop --- */

static bool has_contact_form(const Walk *walk)
{
    const NodeList *areas = document_by_tag(walk->document, "textarea");
    for (size_t i = 0; i < areas->count; i++)
        if (form_owner(walk->document, areas->items[i]) &&
            node_visibility(areas->items[i]) != VISIBILITY_HIDDEN)
            return true;
    return false;
}

static bool has_scheme(const Walk *walk, const char *scheme)
{
    const NodeList *links = document_by_tag(walk->document, "a");
    for (size_t i = 0; i < links->count; i++)
        if (str_starts_with_nocase(str_of(node_attribute(links->items[i], "href")),
                                   str_of(scheme)))
            return true;
    return false;
}

static bool is_mail_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '.' || c == '-' || c == '_' || c == '+';
}

/* "name@host.tld" in the text. */
static bool shows_mail(Str text)
{
    size_t at = str_find_byte(text, '@', 0);
    for (; at != SIZE_MAX; at = str_find_byte(text, '@', at + 1)) {
        bool has_dot = false;
        for (size_t end = at + 1; end + 1 < text.length && is_mail_byte(text.data[end]);
             end++)
            has_dot =
                has_dot || (end > at + 1 && text.data[end] == '.' &&
                            text.data[end + 1] != '.' && is_mail_byte(text.data[end + 1]));
        if (at > 0 && is_mail_byte(text.data[at - 1]) && has_dot)
            return true;
    }
    return false;
}

/** A run of digits with spaces, dots, dashes and brackets between them. */
typedef struct DigitRun {
    int digits, breaks;
    bool is_bracketed; /**< "(123) ..." */
    size_t end;
} DigitRun;

static DigitRun digit_run(Str text, size_t from)
{
    DigitRun run = {.is_bracketed = text.data[from] == '(', .end = from};
    for (; run.end < text.length && text.data[run.end] &&
           strchr("+0123456789 .-()", text.data[run.end]);
         run.end++) {
        char c = text.data[run.end];
        bool is_digit = c >= '0' && c <= '9';
        char before = run.end > from ? text.data[run.end - 1] : ' ';
        run.digits += is_digit;
        run.breaks += is_digit && run.end > from && !(before >= '0' && before <= '9');
    }
    return run;
}

/* 9 to 15 digits beginning with + or 0; or ten as written in America: "(123) 456-7890". */
static bool shows_phone(Str text)
{
    for (size_t i = 0; i < text.length; i++) {
        char c = text.data[i];
        bool begins = (c == '+' || c == '(' || c == '0') &&
                      (i == 0 || !is_mail_byte(text.data[i - 1]));
        if (!begins)
            continue;
        DigitRun run = digit_run(text, i);
        bool is_world = (c == '+' || c == '0') && run.digits >= 9 && run.digits <= 15;
        if (is_world || (run.is_bracketed && run.digits == 10 && run.breaks >= 2))
            return true;
        /* A bracket may stand before a number of its own: "(020 7946 0958)". */
        if (c != '(')
            i = run.end > i ? run.end - 1 : i;
    }
    return false;
}

/* A shorter number that is called one: "Telephone 123456". */
static bool names_phone(Str text)
{
    static const char *const words[] = {
        "telephone", "téléphone", "telefon", "teléfono", "phone", "tél",
        "tel.",      "tel:",      "tel ",    "tfno",     "tlf"};
    for (size_t w = 0; w < COUNT_OF(words); w++) {
        size_t at = str_find_nocase(text, str_of(words[w]), 0);
        for (; at != SIZE_MAX; at = str_find_nocase(text, str_of(words[w]), at + 1)) {
            Str behind = str_slice(text, at + strlen(words[w]), 32);
            int digits = 0;
            /* "Hotel 123456" is none. */
            if (at > 0 && isalpha((unsigned char)text.data[at - 1]))
                continue;
            for (size_t i = 0; i < behind.length; i++)
                digits += behind.data[i] >= '0' && behind.data[i] <= '9';
            if (digits >= 6)
                return true;
        }
    }
    return false;
}

static bool has_chat(const Walk *walk)
{
    static const char *const HOSTS[] = {
        "intercom",  "crisp.chat", "tawk.to",   "zdassets", "livechatinc", "tidio",
        "drift.com", "smartsupp",  "iadvize",   "olark",    "zopim",       "gorgias",
        "freshchat", "userlike",   "livezilla", "jivosite"};
    const NodeList *scripts = document_by_tag(walk->document, "script");
    for (size_t i = 0; i < scripts->count; i++)
        for (size_t h = 0; h < COUNT_OF(HOSTS); h++)
            if (str_contains_nocase(str_of(node_attribute(scripts->items[i], "src")),
                                    str_of(HOSTS[h])))
                return true;
    return false;
}

/* "28013 Madrid": five digits and a name, as most of Europe writes a town. */
static bool shows_town(Str text)
{
    for (size_t i = 0; i + 8 < text.length; i++) {
        size_t digits = 0;
        if (i > 0 && !strchr(" ,-\n", text.data[i - 1]))
            continue;
        while (digits < 6 && text.data[i + digits] >= '0' && text.data[i + digits] <= '9')
            digits++;
        if (digits != 5 || text.data[i + 5] != ' ')
            continue;
        unsigned char first = (unsigned char)text.data[i + 6];
        unsigned char next = (unsigned char)text.data[i + 7];
        if ((isupper(first) && (islower(next) || next >= 0x80)) || first >= 0xC3)
            return true;
    }
    return false;
}

static bool has_address(const Walk *walk)
{
    const NodeList *list = document_by_tag(walk->document, "address");
    for (size_t i = 0; i < list->count; i++)
        if (text_word_count(node_visible_text(walk->arena, list->items[i])) >= 3)
            return true;
    const ItemList *items = structured_read(walk->arena, walk->document);
    return structured_first(items, "PostalAddress") != NULL ||
           shows_town(document_visible_text(walk->document));
}

/* Ways to reach the shop that the page names: form, mail, telephone, chat, address. */
static int count_means(const Walk *walk)
{
    Str text = document_visible_text(walk->document);
    return has_contact_form(walk) + (has_scheme(walk, "mailto:") || shows_mail(text)) +
           (has_scheme(walk, "tel:") || shows_phone(text) || names_phone(text)) +
           has_chat(walk) + has_address(walk);
}

static const char *name_text(const Walk *walk, const Candidate *candidate)
{
    return arena_text(walk->arena, candidate->text);
}

static bool heading_says(const Walk *walk, const char *intent)
{
    static const char *const TAGS[] = {"h1", "h2", "h3"};
    if (words_match(walk->words, intent, walk_language(walk),
                    str_of(document_title(walk->document)), NULL))
        return true;
    for (size_t t = 0; t < COUNT_OF(TAGS); t++) {
        const NodeList *list = document_by_tag(walk->document, TAGS[t]);
        for (size_t i = 0; i < list->count; i++) {
            Str text = str_of(node_text_cut(walk->arena, list->items[i], 200));
            if (words_match(walk->words, intent, walk_language(walk), text, NULL))
                return true;
        }
    }
    return false;
}

/* Does the page now shown answer? A file (terms as PDF) does too. */
static bool is_answer(const Walk *walk, const Topic *topic)
{
    const Page *page = walk_page(walk);
    if (!page || page->status >= 400 || page->kind == PAGE_ERROR404)
        return false;
    if (!walk->document)
        return true;
    if (walk->home_url && is_same_page(walk, page->url, walk->home_url))
        return false;
    if (topic->needs_means)
        return page->kind == topic->kind || count_means(walk) > 0;
    if (page->kind == topic->kind || heading_says(walk, topic->intent))
        return true;
    return page->kind != PAGE_ACCOUNT && page->kind != PAGE_CATEGORY &&
           text_word_count(document_visible_text(walk->document)) >= PAGE_WORDS;
}

/* Links of the page now shown that the topic's words name; on the site, changing nothing.
 */
static void topic_links(Walk *walk, const char *intent, CandidateList *list)
{
    CandidateList all;
    candidates_named(walk, intent, PLACE_FOOTER, &all);
    *list = (CandidateList){0};
    for (size_t i = 0; i < all.count; i++)
        if (all.items[i].url && !guard_url_changes_state(walk->arena, all.items[i].url))
            ARENA_PUSH(walk->arena, list->items, list->count, list->capacity, all.items[i]);
}

/* "#contact": the answer stands on the page itself. */
static bool is_on_page(const Walk *walk, const Candidate *candidate)
{
    const char *href = node_attribute(candidate->node, "href");
    const char *hash = href ? strchr(href, '#') : NULL;
    const Page *page = walk_page(walk);
    return hash && hash[1] && page && candidate->url &&
           is_same_page(walk, candidate->url, page->url) &&
           document_by_id(walk->document, hash + 1);
}

/* Follow the links of the page now shown; found: an answer is shown. */
static bool follow(Walk *walk, const Topic *topic, bool *found, Error *err)
{
    CandidateList list;
    topic_links(walk, topic->intent, &list);
    int clicks = walk->clicks;
    for (size_t i = 0; i < list.count && i < LINK_TRIES && !*found; i++) {
        Move move;
        StepRecord *record = walk_record(walk);
        if (i == 0) {
            candidates_match(walk, &list, 0);
            if (is_on_page(walk, &list.items[0])) {
                walk->clicks = clicks + 1;
                *found = true;
                return true;
            }
        } else {
            record->match.text = name_text(walk, &list.items[i]);
        }
        bool is_fine = i == 0 ? act_press(walk, list.items[i].node, topic->kind, &move, err)
                              : act_open(walk, list.items[i].url, topic->kind, &move, err);
        if (!is_fine)
            return false;
        if (move.result == MOVE_BLOCKED || move.result == MOVE_UNREACHABLE) {
            step_failed(walk, &move, "the link");
            return true;
        }
        walk->clicks = clicks + 1;
        *found = move.result == MOVE_PAGE && is_answer(walk, topic);
        if (*found)
            walk_settle(walk, topic->kind, "the link that led here");
    }
    return true;
}

/* By way of a page that may lead there (help, terms, contact). */
static bool follow_hubs(Walk *walk, const Topic *topic, bool *found, Error *err)
{
    for (size_t h = 0; h < COUNT_OF(topic->hubs) && topic->hubs[h] && !*found; h++) {
        Move move;
        CandidateList list;
        if (walk->has_ended)
            return true;
        if (!act_home(walk, &move, err))
            return false;
        if (step_failed(walk, &move, "the first page") || !walk->document)
            return true;
        topic_links(walk, topic->hubs[h], &list);
        if (list.count == 0)
            continue;
        if (!act_press(walk, list.items[0].node, PAGE_CONTENT, &move, err))
            return false;
        if (move.result != MOVE_PAGE || !walk->document)
            continue;
        if ((heading_says(walk, topic->intent) ||
             (topic->is_said && text_says(walk, topic->intent))) &&
            (!topic->needs_means || count_means(walk) > 0)) {
            /* A part of the hub is the answer. */
            *found = true;
            return true;
        }
        if (!follow(walk, topic, found, err))
            return false;
    }
    return true;
}

static bool not_found(Walk *walk, const Topic *topic)
{
    const char *why = scripts_matter(walk);
    bool is_shell = walk->is_home_shell;
    if (walk->has_ended)
        return true;
    visit_fact_absent(walk->visit, topic->fact,
                      arena_printf(walk->arena, "looked for in vain: %s", topic->what));
    if (is_shell && why)
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "%s is not in the HTML, and %s",
                           topic->what, why);
    return step_result(walk, OUTCOME_NOT_FOUND, "no link leads to %s", topic->what);
}

static bool topic_find(Walk *walk, const Topic *topic, bool *found, Error *err)
{
    Move move;
    *found = false;
    if (!act_home(walk, &move, err))
        return false;
    if (step_failed(walk, &move, "the first page"))
        return true;
    if (!walk->document)
        return step_result(walk, OUTCOME_FAILED, "the first page is no HTML");
    if (!follow(walk, topic, found, err))
        return false;
    if (!*found && !walk->has_ended && !follow_hubs(walk, topic, found, err))
        return false;
    if (!*found)
        return not_found(walk, topic);
    visit_fact_number(walk->visit, topic->fact, walk->clicks, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, NULL);
}

/* --- the topics --- */

static void contact_facts(Walk *walk)
{
    if (!walk->document)
        return;
    int means = count_means(walk);
    visit_fact_number(walk->visit, "help.contact_means", means, walk->page);
    visit_fact_truth(walk->visit, "help.response_delay_shown",
                     text_says(walk, "response_delay"), walk->page);
}

bool step_find_contact(Walk *walk, Error *err)
{
    static const Topic topic = {"contact",    "help.contact_clicks",
                                PAGE_CONTACT, "a page to reach the shop",
                                true,         {"faq", "about", "legal_notice"},
                                false};
    bool found = false;
    if (!topic_find(walk, &topic, &found, err))
        return false;
    if (found)
        contact_facts(walk);
    return true;
}

static bool find(Walk *walk, const Topic *topic, Error *err)
{
    bool found = false;
    return topic_find(walk, topic, &found, err);
}

bool step_find_delivery(Walk *walk, Error *err)
{
    static const Topic topic = {
        "delivery_link", "help.delivery_clicks",      PAGE_LEGAL, "the delivery terms",
        false,           {"faq", "terms", "contact"}, false};
    return find(walk, &topic, err);
}

bool step_find_returns(Walk *walk, Error *err)
{
    static const Topic topic = {"returns_link", "help.returns_clicks",
                                PAGE_LEGAL,     "the returns policy",
                                false,          {"faq", "delivery_link", "terms"},
                                false};
    return find(walk, &topic, err);
}

bool step_find_complaint(Walk *walk, Error *err)
{
    static const Topic topic = {
        "complaint", "help.complaint_clicks",     PAGE_LEGAL, "a place to complain",
        false,       {"faq", "contact", "terms"}, false};
    return find(walk, &topic, err);
}

bool step_find_mediator(Walk *walk, Error *err)
{
    static const Topic topic = {
        "mediator", "help.mediator_clicks",           PAGE_LEGAL, "the mediator",
        false,      {"terms", "legal_notice", "faq"}, true};
    return find(walk, &topic, err);
}

/* What the page now shown says about sending back. */
bool step_read_returns(Walk *walk, Error *err)
{
    const Page *page = walk_page(walk);
    const Fact *found = visit_fact(walk->visit, "help.returns_clicks");
    (void)err;
    if (!page || !walk->document || !found || found->state == FACT_ABSENT)
        return step_result(walk, OUTCOME_SKIPPED, "no returns policy is open");
    bool is_how = count_means(walk) > 0 || text_says(walk, "withdrawal_function") ||
                  text_says(walk, "withdrawal");
    visit_fact_truth(walk->visit, "returns.days_said", text_says(walk, "return_days"),
                     walk->page);
    visit_fact_truth(walk->visit, "returns.cost_said", text_says(walk, "return_cost"),
                     walk->page);
    visit_fact_truth(walk->visit, "returns.how_said", is_how, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, NULL);
}

bool step_find_terms(Walk *walk, Error *err)
{
    static const Topic topic = {"terms",    "help.terms_clicks",
                                PAGE_LEGAL, "the terms of sale",
                                false,      {"legal_notice", "faq", "about"},
                                false};
    return find(walk, &topic, err);
}

bool step_find_legal(Walk *walk, Error *err)
{
    static const Topic topic = {
        "legal_notice", "help.legal_clicks",           PAGE_LEGAL, "the legal notice",
        false,          {"terms", "about", "contact"}, false};
    return find(walk, &topic, err);
}

bool step_find_privacy(Walk *walk, Error *err)
{
    static const Topic topic = {"privacy",  "help.privacy_clicks",
                                PAGE_LEGAL, "the privacy policy",
                                false,      {"legal_notice", "terms", "cookie_policy"},
                                false};
    return find(walk, &topic, err);
}
