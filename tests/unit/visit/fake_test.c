/* fake_test.c - the visitor engine in memory.
 *
 * SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/out.h"
#include "base/url.h"
#include "dom/html.h"
#include "scenario/load.h"
#include "unit.h"
#include "visit/fake.h"
#include "visit/fake_shop.h"
#include "visit/guard.h"

#define SITE "http://shop.test/"

enum { REDIRECTS = 5 };

typedef struct FakeEngine {
    Visitor visitor;
    FakeShop *shop;
    Document *document;
    FormState *state;
    const char *history[64];
    int depth;
} FakeEngine;

Document *fake_document(Arena *arena, const char *url, const char *html)
{
    Document *document = NULL;
    Error err = {0};
    assert_true(html_parse(arena, str_of(html), "text/html; charset=utf-8", url, NULL,
                           &document, &err));
    return document;
}

static FakeEngine *engine_of(const Visitor *visitor)
{
    union {
        const Visitor *visitor;
        FakeEngine *engine;
    } cast = {.visitor = visitor};

    return cast.engine;
}

static void note_exchange(FakeEngine *engine, const char *method, const char *url,
                          const FakeAnswer *answer)
{
    Exchange *exchange = visit_add_exchange(engine->visitor.visit);
    exchange->type = RESOURCE_DOCUMENT;
    exchange->method = arena_text(engine->visitor.visit->arena, method);
    exchange->url = url;
    exchange->status = answer->status;
}

/* Ask for a page, follow redirects, show it. */
static void load(FakeEngine *engine, const char *method, const char *url, const char *body,
                 Move *move)
{
    Visit *visit = engine->visitor.visit;
    Url parsed;
    FakeAnswer answer = {0};
    for (int hop = 0; hop < REDIRECTS; hop++) {
        assert_true(url_parse(visit->arena, str_of(url), NULL, &parsed, NULL));
        const char *path =
            parsed.query && *parsed.query
                ? arena_printf(visit->arena, "%s?%s", parsed.path, parsed.query)
                : parsed.path;
        answer =
            fake_shop_answer(engine->shop, visit->arena, method, path, body ? body : "");
        note_exchange(engine, method, parsed.href, &answer);
        if (!answer.location)
            break;
        url = url_resolve(visit->arena, str_of(answer.location), url);
        method = "GET";
    }
    Page *page = visit_add_page(visit);
    page->url = page->requested = arena_text(visit->arena, url);
    page->status = answer.status;
    page->step = engine->visitor.step;
    page->document = (int)visit->exchange_count - 1;
    engine->document = fake_document(visit->arena, page->url, answer.html);
    engine->state = form_state_create(visit->arena, engine->document);
    if (strcmp(method, "GET") == 0 && engine->depth < 64)
        engine->history[engine->depth++] = page->url;
    *move = (Move){.result = MOVE_PAGE, .page = page->index};
}

static bool fake_open(Visitor *visitor, const char *url, Move *move, Error *err)
{
    (void)err;
    load(engine_of(visitor), "GET", url, NULL, move);
    return true;
}

static bool fake_go(Visitor *visitor, History history, Move *move, Error *err)
{
    (void)err;
    FakeEngine *engine = engine_of(visitor);
    if (history == HISTORY_BACK && engine->depth > 1)
        engine->depth--;
    const char *url = engine->history[--engine->depth];
    load(engine, "GET", url, NULL, move);
    return true;
}

static void send_form(FakeEngine *engine, const Node *form, const Node *submitter,
                      Move *move)
{
    FormRequest request;
    Arena *arena = engine->visitor.visit->arena;
    Submission submission = {.form = form, .submitter = submitter, .validate = true};
    SubmitResult result =
        form_submit(engine->state, &submission, arena, &request, &move->fault);
    if (result == SUBMIT_INVALID)
        move->result = MOVE_INVALID;
    else if (result == SUBMIT_REQUEST)
        load(engine, request.method, request.url, arena_str_text(arena, request.body),
             move);
    else
        move->result = result == SUBMIT_NEEDS_BROWSER ? MOVE_NEEDS_BROWSER : MOVE_NOTHING;
}

static bool fake_press(Visitor *visitor, const Node *element, Move *move, Error *err)
{
    (void)err;
    FakeEngine *engine = engine_of(visitor);
    const Node *active = NULL;
    const char *evidence = NULL;
    const char *why = NULL;
    *move = (Move){.result = MOVE_NOTHING, .page = -1};
    if (!guard_allows_press(engine->document, engine->state, element, visitor->safety,
                            &why)) {
        *move = (Move){.result = MOVE_REFUSED, .reason = why, .page = -1};
        return true;
    }
    Activation activation = node_activation(engine->document, element, &active, &evidence);
    if (activation == ACTIVATE_LINK) {
        load(engine, "GET",
             node_url(visitor->visit->arena, engine->document, active, "href"), NULL, move);
    } else if (activation == ACTIVATE_SUBMIT) {
        send_form(engine, form_owner(engine->document, active), active, move);
    } else if (activation == ACTIVATE_CHECK) {
        control_check(engine->state, active, !control_is_checked(engine->state, active));
        move->result = MOVE_STATE;
    } else if (activation == ACTIVATE_FOCUS) {
        move->result = MOVE_STATE;
    } else if (activation == ACTIVATE_NEEDS_BROWSER) {
        *move = (Move){.result = MOVE_NEEDS_BROWSER,
                       .reason = evidence ? evidence : "no native activation",
                       .page = -1};
    }
    move->is_without_script = evidence != NULL && move->result == MOVE_PAGE;
    return true;
}

static bool fake_enter(Visitor *visitor, const Node *control, Move *move, Error *err)
{
    (void)err;
    FakeEngine *engine = engine_of(visitor);
    const Node *form = form_owner(engine->document, control);
    bool can_submit = false;
    const char *why = NULL;
    *move = (Move){.result = MOVE_NOTHING, .page = -1};
    if (!form)
        return true;
    const Node *button = form_default_button(engine->document, form, &can_submit);
    if (!guard_allows_press(engine->document, engine->state, button ? button : control,
                            visitor->safety, &why)) {
        *move = (Move){.result = MOVE_REFUSED, .reason = why, .page = -1};
        return true;
    }
    if (can_submit)
        send_form(engine, form, button, move);
    return true;
}

static bool fake_fill(Visitor *visitor, const Node *control, const char *text, Move *move,
                      Error *err)
{
    (void)err;
    assert_false(guard_is_card_field(control));
    bool is_set = control_set(engine_of(visitor)->state, control, text, NULL);
    *move = (Move){.result = is_set ? MOVE_STATE : MOVE_NOTHING, .page = -1};
    return true;
}

static bool fake_choose(Visitor *visitor, const Node *control, const char *value,
                        Move *move, Error *err)
{
    (void)err;
    FormState *state = engine_of(visitor)->state;
    *move = (Move){.result = MOVE_STATE, .page = -1};
    if (node_is_tag(control, "select")) {
        if (!control_set(state, control, value, NULL))
            move->result = MOVE_NOTHING;
    } else {
        control_check(state, control, *value != '\0');
    }
    return true;
}

static bool fake_wait(Visitor *visitor, int64_t timeout_us, Error *err)
{
    (void)visitor;
    (void)timeout_us;
    (void)err;
    return true;
}

static bool fake_look(Visitor *visitor, const Document **document, const FormState **state,
                      Error *err)
{
    (void)err;
    *document = engine_of(visitor)->document;
    *state = engine_of(visitor)->state;
    return true;
}

static int fake_sees(const Visitor *visitor, const Node *element)
{
    (void)visitor;
    (void)element;
    return -1;
}

static void fake_close(Visitor *visitor)
{
    (void)visitor;
}

static const VisitorEngine fake_engine = {
    .name = "fake",
    .open = fake_open,
    .go = fake_go,
    .press = fake_press,
    .enter = fake_enter,
    .fill = fake_fill,
    .choose = fake_choose,
    .wait = fake_wait,
    .look = fake_look,
    .sees = fake_sees,
    .close = fake_close,
};

static FakeVisit *fake_prepare(int shape)
{
    static const char *const FOLDERS[] = {"scenarios/words", NULL};
    Arena *arena = arena_create();
    FakeVisit *fake = ARENA_NEW(arena, FakeVisit);
    Error err = {0};
    fake->arena = arena;
    fake->shop.shape = shape;
    clock_init_fixed(&fake->clock, 1700000000000000, 7);
    fake->persona = (Persona){.id = "test",
                              .language = shape & SHOP_FRENCH ? "fr" : "en",
                              .country = shape & SHOP_FRENCH ? "FR" : "GB",
                              .input = "mouse",
                              .consent = "refuse"};
    fake->visit = visit_create(arena);
    fake->visit->site = SITE;
    assert_true(words_load(arena, FOLDERS, &fake->words, &err));
    FakeEngine *engine = ARENA_NEW(arena, FakeEngine);
    engine->shop = &fake->shop;
    engine->visitor = (Visitor){.engine = &fake_engine,
                                .visit = fake->visit,
                                .persona = &fake->persona,
                                .clock = &fake->clock,
                                .safety = SAFETY_TOUCH,
                                .step = -1,
                                .site_host = "shop.test",
                                .requests_left = -1};
    fake->visitor = &engine->visitor;
    fake->options = (WalkOptions){.scenario = &fake->scenario, .words = fake->words};
    return fake;
}

FakeVisit *fake_visit(int shape, const char *scenario)
{
    FakeVisit *fake = fake_prepare(shape);
    Error err = {0};
    const char *path = arena_printf(fake->arena, "scenarios/%s.json", scenario);
    bool is_loaded =
        scenario_load(fake->arena, path, false, NULL, NULL, &fake->scenario, &err);
    if (!is_loaded)
        print_message("%s: %s\n", err.where, err.what);
    assert_true(is_loaded);
    return fake;
}

FakeVisit *fake_visit_json(int shape, const char *json)
{
    FakeVisit *fake = fake_prepare(shape);
    Error err = {0};
    char path[] = "/tmp/mystery-unit-XXXXXX.json";
    int fd = mkstemps(path, 5);
    assert_true(fd >= 0);
    close(fd);
    assert_true(file_write(path, str_of(json), &err));
    bool is_loaded =
        scenario_load(fake->arena, path, false, NULL, NULL, &fake->scenario, &err);
    unlink(path);
    if (!is_loaded)
        print_message("%s: %s\n", err.where, err.what);
    assert_true(is_loaded);
    return fake;
}

void fake_walk(FakeVisit *fake)
{
    Error err = {0};
    bool is_fine = walk_scenario(fake->visitor, &fake->options, &err);
    if (!is_fine)
        print_message("%s: %s\n", err.where, err.what);
    assert_true(is_fine);
    for (size_t i = 0; getenv("TRACE") && i < fake->visit->step_count; i++)
        print_message("%s: %s %s [%s]\n", fake->visit->steps[i].id,
                      step_outcome_name(fake->visit->steps[i].outcome),
                      fake->visit->steps[i].reason ? fake->visit->steps[i].reason : "",
                      fake->visit->steps[i].match.text ? fake->visit->steps[i].match.text
                                                       : "");
    assert_int_equal(fake->shop.orders, 0);
    assert_int_equal(fake->shop.messages, 0);
}

void fake_release(FakeVisit *fake)
{
    arena_release(fake->arena);
}

const StepRecord *fake_step(const FakeVisit *fake, StepKind kind)
{
    for (size_t i = 0; i < fake->visit->step_count; i++)
        if (fake->visit->steps[i].kind == kind)
            return &fake->visit->steps[i];
    fail_msg("no step '%s' was walked", step_info(kind)->name);
    return NULL;
}

static const Fact *fact_of(const FakeVisit *fake, const char *name, FactState state)
{
    const Fact *fact = visit_fact(fake->visit, name);
    if (!fact)
        fail_msg("no fact '%s'", name);
    if (fact && fact->state != state)
        fail_msg("fact '%s' is absent or of another type: %s", name,
                 fact->reason ? fact->reason : "");
    return fact;
}

bool fake_truth(const FakeVisit *fake, const char *name)
{
    const Fact *fact = fact_of(fake, name, FACT_TRUTH);
    return fact && fact->truth;
}

double fake_number(const FakeVisit *fake, const char *name)
{
    const Fact *fact = fact_of(fake, name, FACT_NUMBER);
    return fact ? fact->number : NAN;
}

const char *fake_text(const FakeVisit *fake, const char *name)
{
    const Fact *fact = fact_of(fake, name, FACT_TEXT);
    return fact ? fact->text : NULL;
}

bool fake_is_absent(const FakeVisit *fake, const char *name)
{
    const Fact *fact = visit_fact(fake->visit, name);
    return fact && fact->state == FACT_ABSENT && fact->reason;
}

void test_fake__shows_the_first_page(void)
{
    FakeVisit *fake = fake_visit(SHOP_PLAIN, "buy");
    Move move;
    assert_true(visitor_open(fake->visitor, SITE, &move, NULL));
    assert_int_equal(move.result, MOVE_PAGE);
    assert_int_equal(fake->visit->page_count, 1);
    fake_release(fake);
}
