/* steps_account.c - newsletter and account: findNewsletter looks; subscribe and register
 * act, on one's own site only.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/attr.h"
#include "dom/name.h"
#include "dom/text.h"
#include "visit/guard.h"
#include "visit/person.h"
#include "visit/steps.h"

enum { ZONE_BYTES = 1500 /* text around a sign-up that still belongs to it */ };

static const Person *own_person(const Walk *walk)
{
    return person_of(walk->visitor->persona ? walk->visitor->persona->country : NULL);
}

/* An address that no visit used before: accounts are made once. */
static const char *own_mail(const Walk *walk)
{
    return arena_printf(walk->arena, "alex.example.%lld@example.com",
                        (long long)(walk->visit->started_us / 1000000));
}

/* --- newsletter --- */

static const Node *newsletter_field(const Walk *walk)
{
    const NodeList *inputs =
        walk->document ? document_by_tag(walk->document, "input") : NULL;
    for (size_t i = 0; inputs && i < inputs->count; i++) {
        const Node *input = inputs->items[i];
        const char *type = control_type(input);
        if ((strcmp(type, "email") == 0 || strcmp(type, "text") == 0) &&
            field_recognise(walk->words, walk->document, input) == FIELD_NEWSLETTER)
            return input;
    }
    return NULL;
}

/* The text around the field: its section, as long as that is no whole page. */
static Str zone_text(const Walk *walk, const Node *field)
{
    Str best = {0};
    const Node *up = node_parent(field);
    for (; up && !node_is_tag(up, "body"); up = node_parent(up)) {
        Str text = node_visible_text(walk->arena, up);
        if (text.length > ZONE_BYTES || node_is_tag(up, "footer"))
            break;
        best = text;
    }
    return best;
}

static bool is_prechecked(const Walk *walk, const Node *field)
{
    const Node *form = form_owner(walk->document, field);
    NodeList controls = {0};
    if (form)
        form_controls(walk->document, form, walk->arena, &controls);
    for (size_t i = 0; i < controls.count; i++)
        if (strcmp(control_type(controls.items[i]), "checkbox") == 0 &&
            node_has_attribute(controls.items[i], "checked"))
            return true;
    return false;
}

bool step_find_newsletter(Walk *walk, Error *err)
{
    static const char *const WORDS[] = {"unsubscribe", "privacy"};
    Move move;
    if (!newsletter_field(walk) && !act_home(walk, &move, err))
        return false;
    const Node *field = newsletter_field(walk);
    const char *why = scripts_matter(walk);
    if (!field && why)
        visit_fact_absent(walk->visit, "newsletter.offered", why);
    else
        visit_fact_truth(walk->visit, "newsletter.offered", field != NULL, walk->page);
    if (!field)
        return step_not_found(walk, "a newsletter to subscribe to");
    match_element(walk, field, "field of a newsletter", 4);
    Str text = zone_text(walk, field);
    bool is_said = false;
    for (size_t i = 0; i < COUNT_OF(WORDS); i++)
        is_said =
            is_said || words_match(walk->words, WORDS[i], walk_language(walk), text, NULL);
    visit_fact_truth(walk->visit, "newsletter.privacy_said", is_said, walk->page);
    visit_fact_truth(walk->visit, "newsletter.prechecked", is_prechecked(walk, field),
                     walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, OUTCOME_OK, NULL);
}

static bool is_foreign_site(Walk *walk)
{
    if (walk->options->is_own_site)
        return false;
    step_result(walk, OUTCOME_SKIPPED, "only on one's own site (--own-site)");
    return true;
}

/* The answer to something sent: thanks, an error, or silence. */
static bool judge_sent(Walk *walk, const char *fact, const char *what)
{
    const char *error =
        walk->document ? page_error_text(walk->words, walk->document, walk->arena) : NULL;
    const Page *page = walk_page(walk);
    bool is_thanked = text_says(walk, "thanks") && !error;
    if (error)
        walk_record(walk)->shop_text = error;
    if (error || (page && page->status >= 400)) {
        visit_fact_truth(walk->visit, fact, false, walk->page);
        return step_result(walk, OUTCOME_ERROR_SHOWN, "the shop says: %.200s",
                           error ? error : "an error page");
    }
    if (!is_thanked && scripts_matter(walk)) {
        visit_fact_absent(walk->visit, fact, scripts_matter(walk));
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "no answer in the HTML, and %s",
                           scripts_matter(walk));
    }
    visit_fact_truth(walk->visit, fact, is_thanked, walk->page);
    step_evidence(walk, 'S');
    return step_result(walk, is_thanked ? OUTCOME_OK : OUTCOME_NO_EFFECT, "%s: %s", what,
                       is_thanked ? "the shop thanks" : "no answer in words");
}

bool step_subscribe(Walk *walk, Error *err)
{
    Move move;
    if (is_foreign_site(walk))
        return true;
    if (!newsletter_field(walk) && !act_home(walk, &move, err))
        return false;
    const Node *field = newsletter_field(walk);
    if (!field)
        return step_not_found(walk, "a newsletter to subscribe to");
    const char *mail = own_mail(walk);
    match_element(walk, field, "field of a newsletter", 4);
    if (!act_fill(walk, field, mail, &move, err))
        return false;
    step_typed(walk, "e-mail", mail);
    if (!act_enter(walk, field, PAGE_UNKNOWN, &move, err))
        return false;
    if (step_failed(walk, &move, "the newsletter"))
        return true;
    walk->subscription = mail;
    return judge_sent(walk, "newsletter.confirmed", "the newsletter");
}

/* --- account --- */

static bool has_password(const Walk *walk)
{
    const NodeList *inputs = document_by_tag(walk->document, "input");
    for (size_t i = 0; i < inputs->count; i++)
        if (strcmp(control_type(inputs->items[i]), "password") == 0)
            return true;
    return false;
}

/* Does the form's own button say that it makes an account? */
static bool says_create(const Walk *walk, const Node *form)
{
    bool can_submit = false;
    const Node *button = form_default_button(walk->document, form, &can_submit);
    Str name =
        button ? str_of(node_name(walk->arena, walk->document, button, NULL)) : (Str){0};
    return words_match(walk->words, "create_account", walk_language(walk), name, NULL);
}

/* The form that makes an account: the one with a password and the most fields. Name and
 * password alone sign in, unless the button says otherwise. */
static const Node *account_form(const Walk *walk, NodeList *fields)
{
    const NodeList *forms = document_by_tag(walk->document, "form");
    const Node *best = NULL;
    for (size_t i = 0; i < forms->count; i++) {
        NodeList controls = {0};
        NodeList seen = {0};
        bool is_secret = false;
        form_controls(walk->document, forms->items[i], walk->arena, &controls);
        for (size_t k = 0; k < controls.count; k++) {
            const char *type = control_type(controls.items[k]);
            if (strcmp(type, "hidden") == 0 || control_is_submit(controls.items[k]) ||
                strcmp(type, "button") == 0 || strcmp(type, "reset") == 0)
                continue;
            is_secret = is_secret || strcmp(type, "password") == 0;
            node_list_add(walk->arena, &seen, controls.items[k]);
        }
        bool is_account = seen.count >= 3 || says_create(walk, forms->items[i]);
        if (is_secret && is_account && seen.count > fields->count) {
            best = forms->items[i];
            *fields = seen;
        }
    }
    return best;
}

/* By the link that says so, else by way of the sign-in page. */
static bool account_reach(Walk *walk, Error *err)
{
    static const char *const INTENTS[] = {"create_account", "login", "create_account"};
    Move move;
    for (size_t i = 0; i < COUNT_OF(INTENTS); i++) {
        CandidateList list;
        if (!walk->document || (i == 1 && has_password(walk)))
            continue;
        candidates_named(walk, INTENTS[i], i < 2 ? PLACE_NAVIGATION : PLACE_MAIN, &list);
        for (size_t k = 0; k < list.count; k++) {
            if (!list.items[k].url || scripts_needed_for(walk, list.items[k].node))
                continue;
            candidates_match(walk, &list, k);
            if (!act_press(walk, list.items[k].node, PAGE_ACCOUNT, &move, err))
                return false;
            break;
        }
        NodeList fields = {0};
        if (walk->document && account_form(walk, &fields))
            return true;
    }
    return true;
}

static bool account_fill(Walk *walk, const NodeList *fields, Error *err)
{
    const Person *person = own_person(walk);
    Move move;
    for (size_t i = 0; i < fields->count; i++) {
        const Node *field = fields->items[i];
        FieldKind kind = field_recognise(walk->words, walk->document, field);
        bool is_needed = field_is_required(walk->words, walk->document, field);
        const char *answer = kind == FIELD_EMAIL       ? own_mail(walk)
                             : kind == FIELD_PASSWORD  ? "Nobody-2000-Example"
                             : kind == FIELD_FULL_NAME ? "Alex Example"
                                                       : person_answer(person, kind);
        if (kind == FIELD_TERMS && is_needed) {
            if (!act_choose(walk, field, "on", &move, err))
                return false;
            continue;
        }
        bool is_typed = strcmp(control_type(field), "checkbox") != 0 &&
                        strcmp(control_type(field), "radio") != 0 &&
                        !node_is_tag(field, "select");
        if (!is_typed || !answer || kind == FIELD_HONEYPOT || kind == FIELD_NEWSLETTER)
            continue;
        if (!act_fill(walk, field, answer, &move, err))
            return false;
        step_typed(walk, field_kind_name(kind),
                   kind == FIELD_PASSWORD ? "(a password)" : answer);
    }
    return true;
}

static void account_facts(Walk *walk, const NodeList *fields)
{
    int required = 0;
    for (size_t i = 0; i < fields->count; i++)
        required += field_is_required(walk->words, walk->document, fields->items[i]);
    visit_fact_number(walk->visit, "account.fields", (double)fields->count, walk->page);
    visit_fact_number(walk->visit, "account.fields_required", required, walk->page);
}

bool step_register(Walk *walk, Error *err)
{
    NodeList fields = {0};
    Move move;
    bool can_submit = false;
    if (is_foreign_site(walk))
        return true;
    if (!act_home(walk, &move, err) || !account_reach(walk, err))
        return false;
    const Node *form = walk->document ? account_form(walk, &fields) : NULL;
    if (!form)
        return step_not_found(walk, "a form that makes an account");
    account_facts(walk, &fields);
    if (!account_fill(walk, &fields, err))
        return false;
    const Node *button = form_default_button(walk->document, form, &can_submit);
    if (!button || scripts_needed_for(walk, button))
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "the form is sent by a script");
    match_element(walk, button, "button of the form that makes an account", 4);
    if (!act_press(walk, button, PAGE_ACCOUNT, &move, err))
        return false;
    if (step_failed(walk, &move, "the form that makes an account"))
        return true;
    walk->account = own_mail(walk);
    /* Whoever can sign out is signed in. */
    if (text_says(walk, "logout")) {
        visit_fact_truth(walk->visit, "account.created", true, walk->page);
        step_evidence(walk, 'S');
        return step_result(walk, OUTCOME_OK, "signed in afterwards");
    }
    return judge_sent(walk, "account.created", "the account");
}
