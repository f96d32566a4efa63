/* check.c - checks as trees: compiled from JSON, run on a subject; answers.
 *
 * Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/check.h"

#include <math.h>
#include <string.h>

#include "base/url.h"

static const CheckType *const types[CHECK_KIND_COUNT] = {
    [CHECK_XPATH] = &check_xpath,
    [CHECK_CSS] = &check_css,
    [CHECK_REGEX] = &check_regex,
    [CHECK_HEADER] = &check_header,
    [CHECK_RESOURCE] = &check_resource,
    [CHECK_METRIC] = &check_metric,
    [CHECK_JOURNEY] = &check_journey,
    [CHECK_INTERACT] = &check_interact,
    [CHECK_STRUCTURED_DATA] = &check_structured,
    [CHECK_LAYOUT] = &check_layout,
    [CHECK_SITE] = &check_site,
    [CHECK_HISTORY] = &check_history,
    [CHECK_PERSON] = &check_person,
};

static const char *const common_keys[] = {
    "kind",      "when",       "or",       "and",   "sure",
    "transport", "any_status", "any_page", "unmet", "stands_on",
};

enum { CHECK_KEYS_MAX = 40 };

static bool keys_check(CheckSource *source, const Json *json, const CheckType *type,
                       Error *err)
{
    const char *keys[CHECK_KEYS_MAX];
    int count = 0;
    for (size_t i = 0; i < COUNT_OF(common_keys); i++)
        keys[count++] = common_keys[i];
    for (int i = 0; i < type->key_count && count < CHECK_KEYS_MAX; i++)
        keys[count++] = type->keys[i];
    return json_only_keys(source->file, json, keys, count, err);
}

static bool kind_read(CheckSource *source, const Json *json, CheckKind *kind, Error *err)
{
    const char *names[CHECK_KIND_COUNT];
    const char *name = NULL, *near;
    if (json_type(json) != JSON_OBJECT)
        return json_error(source->file, json, err, "a check must be an object");
    if (!json_need_text(source->file, json, "kind", &name, err))
        return false;
    if (check_kind_of(name, kind))
        return true;
    for (int i = 0; i < CHECK_KIND_COUNT; i++)
        names[i] = check_kind_name((CheckKind)i);
    json_error(source->file, json_get(json, "kind"), err, "there is no check kind '%s'",
               name);
    near = error_did_you_mean(name, names, CHECK_KIND_COUNT);
    return near ? error_hint(err, "did you mean '%s'?", near) : false;
}

/* The kinds of page on which a thing usually stands: one of them must have been seen. */
static bool stands_read(CheckSource *source, const Json *json, uint32_t *kinds, Error *err)
{
    for (const Json *item = json_first(json); item; item = json_next(item)) {
        PageKind kind = page_kind_of(json_text(item, ""));
        if (kind == PAGE_UNKNOWN)
            return json_error(source->file, item, err, "there is no page kind '%s'",
                              json_text(item, ""));
        *kinds |= 1U << kind;
    }
    return true;
}

static bool compile_at(CheckSource *source, const Json *json, int depth, Check **out,
                       Error *err);

/** Branches under a key: one check or a list of them. */
static bool branches_compile(CheckSource *source, const Json *json, int depth,
                             Check ***branches, Error *err)
{
    bool is_list = json_type(json) == JSON_ARRAY;
    int count = is_list ? json_count(json) : 1;
    const Json *item = is_list ? json_first(json) : json;
    if (count == 0)
        return json_error(source->file, json, err, "an empty list of checks");
    *branches = ARENA_ARRAY(source->arena, (size_t)count, Check *);
    for (int i = 0; i < count; i++, item = is_list ? json_next(item) : NULL)
        if (!compile_at(source, item, depth + 1, &(*branches)[i], err))
            return false;
    return true;
}

/** A branch may look at what its root looks at; a page's check also at the facts of its
 * visit and at the site's files, and then the page is judged afresh in every visit. */
static bool scope_widen(Check *root, const Check *branch)
{
    CheckScope outer = root->scope, inner = branch->scope;
    if (outer == SCOPE_SITE || outer == SCOPE_VISIT)
        return inner == outer;
    if (inner != SCOPE_DOCUMENT)
        root->scope = SCOPE_PAGE;
    return true;
}

static bool list_compile(CheckSource *source, const Json *json, const char *key, int depth,
                         Check *check, Error *err)
{
    const Json *value = json_get(json, key);
    Check **branches = NULL;
    int count = json_type(value) == JSON_ARRAY ? json_count(value) : 1;
    if (!value)
        return true;
    if (!branches_compile(source, value, depth, &branches, err))
        return false;
    for (int i = 0; branches && i < count; i++)
        if (!scope_widen(check, branches[i]))
            return json_error(source->file, value, err,
                              "a check of kind '%s' cannot hold one of kind '%s' here",
                              check_kind_name(check->type->kind),
                              check_kind_name(branches[i]->type->kind));
    *(key[0] == 'w'   ? &check->when
      : key[0] == 'o' ? &check->either
      : key[0] == 's' ? &check->sure
                      : &check->both) = branches;
    *(key[0] == 'w'   ? &check->when_count
      : key[0] == 'o' ? &check->either_count
      : key[0] == 's' ? &check->sure_count
                      : &check->both_count) = count;
    return true;
}

/** What a check says in place of fail: "cannot-tell" where what it looks for may lawfully
 * stand where no visitor comes. */
static bool unmet_read(CheckSource *source, const Json *json, Check *check, Error *err)
{
    const Json *unmet = json_get(json, "unmet");
    const char *word = json_text(unmet, "fail");
    check->is_unmet_open = strcmp(word, "cannot-tell") == 0;
    return check->is_unmet_open || strcmp(word, "fail") == 0 ||
           json_error(source->file, unmet, err, "'unmet' must be 'cannot-tell' or 'fail'");
}

static bool compile_at(CheckSource *source, const Json *json, int depth, Check **out,
                       Error *err)
{
    Check *check = ARENA_NEW(source->arena, Check);
    CheckKind kind = CHECK_CSS;
    if (depth > CHECK_DEPTH_MAX)
        return json_error(source->file, json, err, "checks are nested too deep");
    if (!kind_read(source, json, &kind, err))
        return false;
    check->type = types[kind];
    check->is_transport = json_bool(json_get(json, "transport"), false);
    check->is_any_page = json_bool(json_get(json, "any_page"), false);
    check->is_any_status = json_bool(json_get(json, "any_status"), false);
    *out = check;
    if (!stands_read(source, json_get(json, "stands_on"), &check->stands_on, err) ||
        !keys_check(source, json, check->type, err) ||
        !unmet_read(source, json, check, err))
        return false;
    source->uses_words = false;
    source->scope = check->type->scope;
    if (!check->type->compile(source, json, &check->data, err))
        return false;
    check->scope = source->scope;
    check->needs_document = source->scope == SCOPE_DOCUMENT;
    check->uses_words = source->uses_words;
    return list_compile(source, json, "when", depth, check, err) &&
           list_compile(source, json, "or", depth, check, err) &&
           list_compile(source, json, "and", depth, check, err) &&
           list_compile(source, json, "sure", depth, check, err);
}

bool check_compile(CheckSource *source, const Json *json, Check **check, Error *err)
{
    return compile_at(source, json, 0, check, err);
}

CheckScope check_scope(const Check *check)
{
    return check->scope;
}

bool check_accepts_status(const Check *check, int status)
{
    return status < 400 || check->is_any_status;
}

/** Is the wording of this page's language known? "" counts as known: all are tried. */
static bool language_is_covered(const Subject *subject)
{
    const char *language = subject->view ? view_language(subject->view) : "";
    const char *const *known = words_languages(subject->words);
    if (!*language)
        return true;
    while (*known && strcmp(*known, language) != 0)
        known++;
    return *known != NULL;
}

static bool is_exempt_transport(const Check *check, const Subject *subject, Arena *arena)
{
    Url url;
    const char *href = subject->page ? subject->page->url : subject->audit->site;
    if (!check->is_transport || (subject->options && subject->options->assume_public))
        return false;
    return href && url_parse(arena, str_of(href), NULL, &url, NULL) &&
           !strcmp(url.scheme, "http") && url_is_loopback(&url);
}

static void own_run(const Check *check, const Subject *subject, Answer *answer)
{
    answer_init(answer);
    /* A check of a header may ask one of the document too, and a broken page has none. */
    if (check->needs_document && !subject->view) {
        answer_set(answer, FINDING_CANNOT_TELL, "the page has no content");
        return;
    }
    check->type->run(check->data, subject, answer);
    if (answer->outcome == FINDING_FAIL && check->uses_words &&
        !language_is_covered(subject))
        answer_set(answer, FINDING_CANNOT_TELL,
                   "the wording lists do not cover the page's language");
    if (answer->outcome == FINDING_FAIL && check->is_unmet_open)
        answer_set(answer, FINDING_CANNOT_TELL,
                   "it was not seen, and may stand where the visit did not come");
}

/** The better of two answers to "or": pass, then cannot-tell, then fail, then n/a. */
static int rank_either(FindingOutcome outcome)
{
    static const int ranks[FINDING_OUTCOME_COUNT] = {
        [FINDING_PASS] = 3, [FINDING_CANNOT_TELL] = 2, [FINDING_FAIL] = 1};
    return ranks[outcome];
}

/** The worse of two answers to "and": fail, then cannot-tell, then pass, then n/a. */
static int rank_both(FindingOutcome outcome)
{
    static const int ranks[FINDING_OUTCOME_COUNT] = {
        [FINDING_FAIL] = 3, [FINDING_CANNOT_TELL] = 2, [FINDING_PASS] = 1};
    return ranks[outcome];
}

/** Are the conditions met under which the rule has an object? Else answer says why not. */
static bool when_holds(const Check *check, const Subject *subject, Answer *answer)
{
    for (int i = 0; i < check->when_count; i++) {
        Answer branch;
        check_run(check->when[i], subject, &branch);
        if (branch.outcome == FINDING_PASS)
            continue;
        answer_init(answer);
        if (branch.outcome == FINDING_CANNOT_TELL)
            answer_set(answer, FINDING_CANNOT_TELL, branch.reason);
        else
            answer_set(answer, FINDING_NOT_APPLICABLE,
                       "the page has no object of this rule");
        return false;
    }
    return true;
}

/** A failure that nothing on the page proves is none. */
static void failure_weigh(const Check *check, const Subject *subject, Answer *answer)
{
    for (int i = 0; i < check->sure_count && answer->outcome == FINDING_FAIL; i++) {
        Answer branch;
        check_run(check->sure[i], subject, &branch);
        if (branch.outcome == FINDING_PASS)
            continue;
        answer_init(answer);
        answer_set(answer, FINDING_CANNOT_TELL, "what was seen proves no fault");
    }
}

void check_run(const Check *check, const Subject *subject, Answer *answer)
{
    if (is_exempt_transport(check, subject, subject->arena)) {
        answer_init(answer);
        answer_set(answer, FINDING_NOT_APPLICABLE,
                   "transport is not judged on a loopback address");
        return;
    }
    if (!when_holds(check, subject, answer))
        return;
    own_run(check, subject, answer);
    for (int i = 0; i < check->either_count && answer->outcome != FINDING_PASS; i++) {
        Answer branch;
        check_run(check->either[i], subject, &branch);
        if (rank_either(branch.outcome) > rank_either(answer->outcome))
            *answer = branch;
    }
    for (int i = 0; i < check->both_count && answer->outcome != FINDING_FAIL; i++) {
        Answer branch;
        check_run(check->both[i], subject, &branch);
        if (rank_both(branch.outcome) > rank_both(answer->outcome))
            *answer = branch;
    }
    failure_weigh(check, subject, answer);
}

void answer_init(Answer *answer)
{
    memset(answer, 0, sizeof *answer);
    answer->outcome = FINDING_CANNOT_TELL;
    answer->score = answer->value = answer->threshold = NAN;
    answer->count = answer->total = -1;
}

void answer_set(Answer *answer, FindingOutcome outcome, const char *reason)
{
    answer->outcome = outcome;
    answer->reason = reason;
    if (outcome == FINDING_CANNOT_TELL || outcome == FINDING_NOT_APPLICABLE) {
        answer->score = NAN;
        answer->evidence_count = 0;
    }
}

void answer_verdict(Answer *answer, bool is_met)
{
    answer->outcome = is_met ? FINDING_PASS : FINDING_FAIL;
    answer->score = is_met ? 1 : 0;
    answer->reason = NULL;
}

void answer_evidence(Answer *answer, const char *selector, const char *snippet,
                     const char *note)
{
    if (answer->evidence_count < CHECK_EVIDENCE_MAX)
        answer->evidence[answer->evidence_count++] =
            (Evidence){selector, snippet, note, {0}};
}

/* Where an element stands on the picture of its page, when at least half of it does. */
static void box_place(const Page *page, const Node *node, double *box)
{
    const LayoutNode *at =
        page && page->layout ? layout_at(page->layout, node_order(node)) : NULL;
    const double *shot = page ? page->shot : NULL;
    if (!at || !page->screenshot || !(shot[2] > 0) || !(shot[3] > 0) ||
        !(at->flags & LAYOUT_VISIBLE) || !(at->width > 0) || !(at->height > 0))
        return;
    bool stays = at->flags & LAYOUT_FIXED;
    const double place[2] = {(double)at->x - (stays ? 0 : shot[0]),
                             (double)at->y - (stays ? 0 : shot[1])};
    const double size[2] = {(double)at->width, (double)at->height};
    double share = 1, cut[4];
    for (int i = 0; i < 2; i++) {
        double low = fmax(0, place[i]);
        double high = fmin(shot[i + 2], place[i] + size[i]);
        share *= fmax(0, high - low) / size[i];
        cut[i] = low / shot[i + 2];
        cut[i + 2] = (high - low) / shot[i + 2];
    }
    if (share >= 0.5)
        memcpy(box, cut, sizeof cut);
}

void answer_node(Answer *answer, const Subject *subject, const Node *node, const char *note)
{
    if (answer->evidence_count >= CHECK_EVIDENCE_MAX)
        return;
    answer_evidence(answer, node_css_path(subject->arena, node),
                    node_snippet(subject->arena, node, CHECK_SNIPPET_BYTES), note);
    box_place(subject->page, node, answer->evidence[answer->evidence_count - 1].box);
}
