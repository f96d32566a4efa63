/* walk.c - a scenario's steps in order, what each came to, and how the visit ended.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/walk.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/attr.h"
#include "base/url.h"
#include "visit/blind.h"
#include "visit/steps.h"

enum { REASON_LIMIT = 400 };

static StepFunction *const functions[STEP_KIND_COUNT] = {
    [STEP_KIND_SET_VIEWPORT] = step_recorded,
    [STEP_KIND_EMULATE_NETWORK] = step_recorded,
    [STEP_KIND_NAVIGATE] = step_recorded,
    [STEP_KIND_CLICK] = step_recorded,
    [STEP_KIND_DOUBLE_CLICK] = step_recorded,
    [STEP_KIND_HOVER] = step_recorded,
    [STEP_KIND_CHANGE] = step_recorded,
    [STEP_KIND_KEY_DOWN] = step_recorded,
    [STEP_KIND_KEY_UP] = step_recorded,
    [STEP_KIND_SCROLL] = step_recorded,
    [STEP_KIND_CLOSE] = step_recorded,
    [STEP_KIND_WAIT_FOR_ELEMENT] = step_recorded,
    [STEP_KIND_WAIT_FOR_EXPRESSION] = step_recorded,
    [STEP_KIND_CUSTOM] = step_recorded,
    [STEP_KIND_OPEN] = step_open,
    [STEP_KIND_CONSENT] = step_consent,
    [STEP_KIND_DISMISS] = step_dismiss,
    [STEP_KIND_SEARCH] = step_search,
    [STEP_KIND_OPEN_CATEGORY] = step_open_category,
    [STEP_KIND_OPEN_PRODUCT] = step_open_product,
    [STEP_KIND_CHOOSE_OPTIONS] = step_choose_options,
    [STEP_KIND_ADD_TO_CART] = step_add_to_cart,
    [STEP_KIND_OPEN_CART] = step_open_cart,
    [STEP_KIND_GO_TO_CHECKOUT] = step_go_to_checkout,
    [STEP_KIND_FILL_ADDRESS] = step_fill_address,
    [STEP_KIND_CHOOSE_SHIPPING] = step_choose_shipping,
    [STEP_KIND_REACH_PAYMENT] = step_reach_payment,
    [STEP_KIND_EMPTY_CART] = step_empty_cart,
    [STEP_KIND_FIND_CONTACT] = step_find_contact,
    [STEP_KIND_FIND_DELIVERY] = step_find_delivery,
    [STEP_KIND_FIND_RETURNS] = step_find_returns,
    [STEP_KIND_FIND_TERMS] = step_find_terms,
    [STEP_KIND_FIND_LEGAL] = step_find_legal,
    [STEP_KIND_FIND_PRIVACY] = step_find_privacy,
    [STEP_KIND_ERROR_PAGE] = step_error_page,
    [STEP_KIND_SEARCH_PROBE] = step_search_probe,
    [STEP_KIND_SORT] = step_sort,
    [STEP_KIND_FILTER] = step_filter,
    [STEP_KIND_COMPARE] = step_compare,
    [STEP_KIND_CHANGE_QUANTITY] = step_change_quantity,
    [STEP_KIND_APPLY_COUPON] = step_apply_coupon,
    [STEP_KIND_COME_BACK] = step_come_back,
    [STEP_KIND_CHANGE_LANGUAGE] = step_change_language,
    [STEP_KIND_CHECK_REFUSAL] = step_check_refusal,
    [STEP_KIND_FIND_NEWSLETTER] = step_find_newsletter,
    [STEP_KIND_SUBSCRIBE] = step_subscribe,
    [STEP_KIND_REGISTER] = step_register,
    [STEP_KIND_FIND_COMPLAINT] = step_find_complaint,
    [STEP_KIND_FIND_MEDIATOR] = step_find_mediator,
    [STEP_KIND_READ_RETURNS] = step_read_returns,
    [STEP_KIND_ADDRESS_MISTAKE] = step_address_mistake,
    [STEP_KIND_KEYBOARD] = step_keyboard,
    [STEP_KIND_BACK] = step_back,
    [STEP_KIND_RELOAD] = step_reload,
    [STEP_KIND_READ] = step_read,
    [STEP_KIND_EXPECT] = step_expect,
    [STEP_KIND_NOTE] = step_note,
    [STEP_KIND_BUDGET] = step_budget,
};

StepFunction *step_function(StepKind kind)
{
    return functions[kind];
}

StepRecord *walk_record(Walk *walk)
{
    return &walk->visit->steps[walk->visit->step_count - 1];
}

static PRINTF_LIKE(2, 0) const
    char *format_reason(Walk *walk, const char *format, va_list arguments)
{
    char text[REASON_LIMIT];
    vsnprintf(text, sizeof text, format, arguments);
    return arena_text(walk->arena, text);
}

bool step_result(Walk *walk, StepOutcome outcome, const char *format, ...)
{
    StepRecord *record = walk_record(walk);
    record->outcome = outcome;
    record->reason = NULL;
    if (format) {
        va_list arguments;
        va_start(arguments, format);
        record->reason = format_reason(walk, format, arguments);
        va_end(arguments);
    }
    return true;
}

void walk_end(Walk *walk, VisitOutcome outcome, const char *door, const char *format, ...)
{
    if (walk->has_ended)
        return;
    walk->has_ended = true;
    walk->ended_at = walk_record(walk)->id;
    walk->visit->outcome = outcome;
    walk->visit->door = door;
    if (door && strcmp(door, "payment") == 0)
        visit_fact_truth(walk->visit, "checkout.way_open", true, walk->page);
    va_list arguments;
    va_start(arguments, format);
    walk->visit->reason = format_reason(walk, format, arguments);
    va_end(arguments);
}

void step_evidence(Walk *walk, char evidence_class)
{
    StepRecord *record = walk_record(walk);
    const char *old = record->evidence ? record->evidence : "";
    if (!strchr(old, evidence_class))
        record->evidence = arena_printf(walk->arena, "%s%c", old, evidence_class);
}

void step_typed(Walk *walk, const char *label, const char *value)
{
    StepRecord *record = walk_record(walk);
    const char *entry = arena_printf(walk->arena, "%s: %s", label, value);
    record->typed =
        record->typed ? arena_printf(walk->arena, "%s; %s", record->typed, entry) : entry;
}

bool step_failed(Walk *walk, const Move *move, const char *what)
{
    const char *reason = move->reason ? move->reason : "no reason given";
    switch (move->result) {
    case MOVE_PAGE:
    case MOVE_STATE: return false;
    case MOVE_NOTHING:
        if (walk->scripts)
            return step_result(walk, OUTCOME_NEEDS_BROWSER, "%s does nothing, and %s", what,
                               walk->scripts);
        return step_result(walk, OUTCOME_NO_EFFECT, "%s does nothing%s%s", what,
                           move->reason ? ": " : "", move->reason ? move->reason : "");
    case MOVE_NEEDS_BROWSER:
        return step_result(walk, OUTCOME_NEEDS_BROWSER, "%s: %s", what, reason);
    case MOVE_INVALID:
        return step_result(
            walk, OUTCOME_ERROR_SHOWN, "%s: the field '%s' is refused (%s)", what,
            move->fault.control ? node_attribute(move->fault.control, "name")
                                      ? node_attribute(move->fault.control, "name")
                                      : "?"
                                : "?",
            move->fault.rule ? move->fault.rule : "invalid");
    case MOVE_REFUSED:
        return step_result(walk, OUTCOME_REFUSED, "%s was not pressed: %s", what, reason);
    case MOVE_UNREACHABLE:
        walk_end(walk, VISIT_ERROR, NULL, "no answer at step '%s': %s",
                 walk_record(walk)->id, reason);
        return step_result(walk, OUTCOME_FAILED, "no answer: %s", reason);
    case MOVE_BLOCKED:
        walk_end(walk, VISIT_BLOCKED, NULL,
                 "a robot wall stopped the visit at step '%s': %s", walk_record(walk)->id,
                 reason);
        return step_result(walk, OUTCOME_BLOCKED_BY, "robot wall: %s", reason);
    case MOVE_COVERED:
        return step_result(walk, OUTCOME_BLOCKED_BY, "%s is covered: %s", what, reason);
    }
    return step_result(walk, OUTCOME_FAILED, "%s: unknown move", what);
}

static bool is_in_checkout(StepKind kind)
{
    return kind == STEP_KIND_GO_TO_CHECKOUT || kind == STEP_KIND_FILL_ADDRESS ||
           kind == STEP_KIND_CHOOSE_SHIPPING || kind == STEP_KIND_REACH_PAYMENT;
}

/* Our own guard kept the visitor from pressing: in the checkout and in recordings that is
 * the door; elsewhere nothing is said about the shop. */
static void stop_refused(Walk *walk)
{
    const StepRecord *record = walk_record(walk);
    bool is_intent = step_info(record->kind)->flags & STEP_INTENT;
    bool is_door = is_in_checkout(record->kind) || !is_intent;
    walk_end(walk, is_door ? VISIT_STOPPED_BEFORE_PAYMENT : VISIT_CANNOT,
             is_door ? "payment" : NULL, "stopped at step '%s': %s", record->id,
             record->reason ? record->reason : "refused");
}

/* Behind the cart a way that ends is the checkout's fault. An error that the shop shows may
 * be its answer to made-up data: nothing is claimed then. */
static void way_note(Walk *walk)
{
    const StepRecord *record = walk_record(walk);
    if (!is_in_checkout(record->kind))
        return;
    if (record->outcome == OUTCOME_ERROR_SHOWN) {
        visit_fact_absent(walk->visit, "checkout.way_open",
                          "the shop did not take what the visitor typed");
        return;
    }
    visit_fact_truth(walk->visit, "checkout.way_open", false, walk->page);
    if (record->reason)
        visit_fact_evidence(walk->visit, record->reason);
}

/* A required step that did not succeed ends the visit: how depends on whose fault it is. */
static void stop_if_failed(Walk *walk)
{
    const StepRecord *record = walk_record(walk);
    const char *reason = record->reason ? record->reason : "";
    if (walk->has_ended || !walk->step->is_required)
        return;
    switch (record->outcome) {
    case OUTCOME_OK:
    case OUTCOME_OK_HEALED:
    case OUTCOME_OK_WITHOUT_SCRIPT:
    case OUTCOME_SKIPPED:
    case OUTCOME_UNSURE: return;
    case OUTCOME_NEEDS_BROWSER:
        walk_end(walk, VISIT_CANNOT, NULL, "step '%s' needs a browser: %s", record->id,
                 reason);
        return;
    case OUTCOME_REFUSED: stop_refused(walk); return;
    case OUTCOME_TIMED_OUT:
        walk->visit->is_partial = true;
        walk_end(walk, VISIT_ERROR, NULL, "time limit reached at step '%s'", record->id);
        return;
    case OUTCOME_NO_EFFECT:
    case OUTCOME_ERROR_SHOWN:
    case OUTCOME_BLOCKED_BY:
    case OUTCOME_NOT_FOUND:
    case OUTCOME_FAILED: break;
    case STEP_OUTCOME_COUNT: return;
    }
    /* A broken assertion is said; what follows is still worth seeing. */
    if (walk->step->kind == STEP_KIND_EXPECT || walk->step->kind == STEP_KIND_BUDGET)
        return;
    if (blind_end(walk))
        return;
    way_note(walk);
    walk_end(walk, VISIT_ABANDONED, NULL, "dead end at step '%s': %s", record->id, reason);
}

static bool is_over_time(const Walk *walk)
{
    return walk->visitor->deadline_us > 0 &&
           clock_now_us(walk->visitor->clock) >= walk->visitor->deadline_us;
}

/* Does the step still run: always before the end, afterwards only what cleans up. */
static bool is_due(const Walk *walk, const ScenarioStep *step)
{
    if (!walk->has_ended)
        return true;
    return step->kind == STEP_KIND_EMPTY_CART && walk->is_cart_filled &&
           walk->visit->outcome != VISIT_BLOCKED && !walk->visit->is_partial;
}

static Safety safety_needed(const ScenarioStep *step)
{
    int flags = step_info(step->kind)->flags;
    return flags & STEP_ACT ? SAFETY_ACT : flags & STEP_TOUCH ? SAFETY_TOUCH : SAFETY_LOOK;
}

/* A level that forbids a step ends what the visit may see; it is no fault of the shop. */
static void refuse_by_level(Walk *walk, Safety needed)
{
    step_result(walk, walk->step->is_required ? OUTCOME_REFUSED : OUTCOME_SKIPPED,
                "needs safety level %s", safety_name(needed));
    if (walk->step->is_required)
        walk_end(walk, VISIT_COMPLETED, NULL,
                 "safety level %s allows no more: step '%s' was not done",
                 safety_name(walk->visitor->safety), walk_record(walk)->id);
}

static bool perform(Walk *walk, Error *err)
{
    if (is_over_time(walk)) {
        walk->visit->is_partial = true;
        step_result(walk, OUTCOME_TIMED_OUT, "time limit reached");
        walk_end(walk, VISIT_ERROR, NULL, "time limit reached at step '%s'",
                 walk_record(walk)->id);
        return true;
    }
    Safety needed = safety_needed(walk->step);
    if (needed > walk->visitor->safety) {
        refuse_by_level(walk, needed);
        return true;
    }
    StepFunction *function = functions[walk->step->kind];
    if (!function)
        return step_result(walk, OUTCOME_SKIPPED, "nothing to do");
    if (!function(walk, err))
        return false;
    if (step_info(walk->step->kind)->flags & STEP_INTENT)
        expect_note(walk);
    return true;
}

static void begin_step(Walk *walk, const ScenarioStep *step)
{
    StepRecord *record = visit_add_step(walk->visit, step->id, step->kind);
    record->page = walk->page;
    record->first_page = -1;
    record->started_us = clock_wall_us(walk->visitor->clock);
    walk->visitor->step = (int)walk->visit->step_count - 1;
    walk->step = step;
    walk->scripts = NULL;
}

static bool walk_step(Walk *walk, const ScenarioStep *step, Error *err)
{
    begin_step(walk, step);
    if (!is_due(walk, step)) {
        step_result(walk, OUTCOME_SKIPPED, "the visit ended at step '%s'",
                    walk->ended_at ? walk->ended_at : "");
        return true;
    }
    effort_begin(walk);
    int64_t begun_us = clock_now_us(walk->visitor->clock);
    bool is_fine = perform(walk, err);
    StepRecord *record = walk_record(walk);
    record->duration_us = clock_now_us(walk->visitor->clock) - begun_us;
    if (!is_fine) {
        step_result(walk, OUTCOME_FAILED, "%s", err ? err->what : "failed");
        return false;
    }
    stop_if_failed(walk);
    return true;
}

static void leave(Walk *walk, const char *what)
{
    Visit *visit = walk->visit;
    ARENA_PUSH(visit->arena, visit->left_behind, visit->left_count, visit->left_capacity,
               what);
}

static void note_left_behind(Walk *walk)
{
    if (walk->is_cart_filled)
        leave(walk,
              arena_printf(walk->arena, "%d line in the cart of an anonymous session: %s",
                           1, walk->goods.name ? walk->goods.name : "a product"));
    if (walk->passage.is_data_sent)
        leave(walk, "name, address and e-mail of a person that does not exist, in an order "
                    "that was not sent");
    if (walk->account)
        leave(walk, arena_printf(walk->arena, "an account of %s", walk->account));
    if (walk->subscription)
        leave(walk,
              arena_printf(walk->arena, "%s among the subscribers", walk->subscription));
    if (walk->is_consent_given)
        leave(walk, "the answer to the cookie question");
}

static void close_visit(Walk *walk, int64_t begun_us)
{
    Visit *visit = walk->visit;
    visit->duration_us = clock_now_us(walk->visitor->clock) - begun_us;
    if (!walk->has_ended)
        visit->outcome = VISIT_COMPLETED;
    note_left_behind(walk);
    facts_close(walk);
}

/* A file can only lower what the command line allows. */
static void apply_limits(Walk *walk)
{
    Visitor *visitor = walk->visitor;
    const Scenario *scenario = walk->scenario;
    if (scenario->has_journey && scenario->safety < visitor->safety)
        visitor->safety = scenario->safety;
    walk->visit->safety = visitor->safety;
    if (scenario->max_requests > 0 &&
        (visitor->requests_left < 0 || scenario->max_requests < visitor->requests_left))
        visitor->requests_left = scenario->max_requests;
    if (scenario->time_limit_us > 0) {
        int64_t deadline_us = clock_now_us(visitor->clock) + scenario->time_limit_us;
        if (visitor->deadline_us == 0 || deadline_us < visitor->deadline_us)
            visitor->deadline_us = deadline_us;
    }
}

static Walk *walk_create(Visitor *visitor, const WalkOptions *options)
{
    Arena *arena = visitor->visit->arena;
    Walk *walk = ARENA_NEW(arena, Walk);
    walk->visitor = visitor;
    walk->visit = visitor->visit;
    walk->options = options;
    walk->scenario = options->scenario;
    walk->words = options->words;
    walk->arena = arena;
    walk->page = -1;
    walk->cart_count = -1;
    walk->goods.price.milli = walk->goods.list_price.milli = -1;
    walk->goods.quantity = 1;
    walk->passage.delivery.milli = walk->passage.cart_total.milli = -1;
    walk->passage.cart_delivery.milli = -1;
    walk->passage.delivery_step = walk->passage.counted_page = -1;
    return walk;
}

bool walk_scenario(Visitor *visitor, const WalkOptions *options, Error *err)
{
    Walk *walk = walk_create(visitor, options);
    Visit *visit = walk->visit;
    int64_t begun_us = clock_now_us(visitor->clock);
    visit->started_us = clock_wall_us(visitor->clock);
    visit->outcome = VISIT_ERROR;
    if (!visit->scenario_id)
        visit->scenario_id = options->scenario->id;
    if (!fill_in_check(walk, err)) {
        visit->reason = "the scenario has an undefined value";
        return false;
    }
    apply_limits(walk);
    for (int i = 0; i < options->scenario->step_count; i++) {
        const ScenarioStep *step = &options->scenario->steps[i];
        if (step->kind == STEP_KIND_BEGIN || step->kind == STEP_KIND_END) {
            walk->bracket = step->kind == STEP_KIND_BEGIN ? step : NULL;
            walk->is_bracket_healed = false;
        }
        if (step_info(step->kind)->flags & STEP_SETTING)
            continue;
        if (!walk_step(walk, step, err)) {
            visit->outcome = VISIT_ERROR;
            visit->reason = err ? arena_text(walk->arena, err->what) : "internal error";
            visit->duration_us = clock_now_us(visitor->clock) - begun_us;
            return false;
        }
        if (options->progress)
            options->progress(options->progress_context, i, options->scenario->step_count,
                              walk_record(walk));
    }
    close_visit(walk, begun_us);
    return true;
}
