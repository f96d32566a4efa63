/* steps.h - what the step functions share: the walk's state, counted primitives, ranked
 * candidates, results.
 *
 * Inside visit/ only. Layer: visit. SPDX-License-Identifier: MIT */
#ifndef VISIT_STEPS_H
#define VISIT_STEPS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/attr.h"
#include "base/error.h"
#include "visit/person.h"
#include "visit/visitor.h"
#include "visit/walk.h"
#include "words/price.h"
#include "words/recognise.h"
#include "words/words.h"

enum { SEED_LIMIT = 4 };

/** How prices are said to be shown on a page. */
typedef enum TaxDisplay { TAX_UNSAID, TAX_INCLUDED, TAX_EXCLUDED, TAX_BOTH } TaxDisplay;

/** What the visitor wants to buy, as seen on the way. Texts live as long as the visit. */
typedef struct Goods {
    bool is_bound; /**< a product page was opened */
    const char *name;
    const char *sku;
    const char *url;
    Price price; /**< on the product page; milli -1 unknown */
    TaxDisplay tax;
    bool is_quick;        /**< no page of its own: bought by the button on its card */
    const char *list_url; /**< of is_quick: the list that sells it */
    bool is_listed;       /**< opened from a card of a list */
    const char *list_name;
    Price list_price;
    int quantity;               /**< asked for */
    int64_t option_extra_milli; /**< extra named by the chosen options */
    bool is_price_by_option; /**< an option was changed: the price may follow by script */
} Goods;

enum { COUNTED_MOST = 120 /* fields of a checkout that are told apart */ };

/** The checkout so far. */
typedef struct Passage {
    int pages;  /**< checkout pages seen, the door included */
    int fields; /**< visible fields of those pages, radio groups as one */
    int fields_required;
    int delivery_step;    /**< page that first named the delivery cost; -1: none yet */
    bool is_named_before; /**< delivery cost named before the checkout */
    bool is_delivery_worked_out; /**< ... as an amount or as free */
    Price delivery;              /**< as last seen; milli -1 */
    Price cart_total;            /**< milli -1 */
    Price cart_delivery;         /**< named in the cart beside its total; milli -1 */
    const char *counted_fields[COUNTED_MOST]; /**< address and name of those counted */
    int counted;
    int counted_page;    /**< page whose fields were counted last, -1 */
    StepOutcome failure; /**< of a step before, when it failed */
    const char *failure_reason;
    const char *last_form; /**< signature of the form filled last, to see it come back */
    bool was_refused;      /**< the shop sent a form back */
    const struct Person *person; /**< whose address is given; NULL: none yet */
    bool is_data_sent;           /**< name and address of nobody were submitted */
} Passage;

/** State of a walk. */
typedef struct Walk {
    Visitor *visitor;
    Visit *visit;
    const WalkOptions *options;
    const Scenario *scenario;
    const Words *words;
    Arena *arena; /**< the visit's */
    const ScenarioStep *step;
    const Document *document; /**< now shown; NULL: none or no HTML */
    const FormState *state;
    int page;             /**< now shown, -1: none */
    const Node *focus;    /**< element acted on last, NULL: none */
    bool is_on_keys;      /**< the hand is on the keyboard (effort) */
    const char *home_url; /**< first page as it answered; NULL: not opened */
    const char *logo_url; /**< where the logo leads, when that is the first page too */
    bool is_home_shell;
    int clicks; /**< since the first page was last shown */
    const char *cart_url;
    int cart_count; /**< digits in the cart link before adding; -1: none seen */
    bool is_cart_filled;
    bool is_cart_drawer; /**< the cart has no page: it is a layer that a button opens */
    bool is_consent_given;
    bool is_keyboard;              /**< by the keyboard alone from now on */
    bool is_refused;               /**< the answer was no */
    size_t exchanges_then;         /**< seen when it was given */
    const char *account;           /**< made by the visitor; NULL: none */
    const char *subscription;      /**< address given to a newsletter; NULL: none */
    const char *seeds[SEED_LIMIT]; /**< words of the shop for the first search */
    int seed_count;
    const ScenarioStep *bracket; /**< mystery/begin in force; NULL */
    bool is_bracket_healed;      /**< its intent was done instead of its steps */
    const char *scripts; /**< why scripts may have mattered on the page acted on last */
    Goods goods;
    Passage passage;
    unsigned served_kinds;   /**< kinds of pages compared with their HTML as sent (bits) */
    int served_count;        /**< things that only scripts brought, over these */
    const char *served_list; /**< "home: menu; product: price, buy button"; NULL */
    bool has_ended;
    const char *ended_at; /**< id of the step that ended the visit */
} Walk;

/** Functions of step kinds: perform walk->step. Return false only with an Error of ours. */
typedef bool StepFunction(Walk *walk, Error *err);

StepFunction step_open, step_consent, step_dismiss, step_open_category, step_open_product,
    step_search, step_search_probe, step_error_page, step_back, step_reload, step_read,
    step_expect, step_budget, step_note, step_choose_options, step_add_to_cart,
    step_open_cart, step_empty_cart, step_go_to_checkout, step_fill_address,
    step_choose_shipping, step_reach_payment, step_find_contact, step_find_delivery,
    step_find_returns, step_find_terms, step_find_legal, step_find_privacy, step_sort,
    step_filter, step_compare, step_change_quantity, step_apply_coupon, step_come_back,
    step_change_language, step_check_refusal, step_find_newsletter, step_subscribe,
    step_register, step_find_complaint, step_find_mediator, step_read_returns,
    step_address_mistake, step_keyboard;
/** All Recorder types. */
StepFunction step_recorded;

/* --- records and results (walk.c) --- */

/** Record of the step being walked. */
StepRecord *walk_record(Walk *walk);
/** Set outcome and reason (format NULL: none). Returns true, for `return step_result(...)`.
 */
bool step_result(Walk *walk, StepOutcome outcome, const char *format, ...)
    PRINTF_LIKE(3, 4);
/** Outcome of a move that gave no page: needs-browser, refused, ... Returns false (and sets
 * nothing) when the move did what was wanted. what: "the buy button". */
bool step_failed(Walk *walk, const Move *move, const char *what);
/** End the visit here, whatever follows (clean-up steps still run). */
void walk_end(Walk *walk, VisitOutcome outcome, const char *door, const char *format, ...)
    PRINTF_LIKE(4, 5);
/** Add to the step's evidence classes. */
void step_evidence(Walk *walk, char evidence_class);
/** Note what was typed, for the report. */
void step_typed(Walk *walk, const char *label, const char *value);

/* --- parameters (fill_in.c) --- */

/** Text of a parameter of the step with its ${...} filled in, or otherwise. */
const char *step_text(const Walk *walk, const char *key, const char *otherwise);
/** Parameter as written. */
const Json *step_json(const Walk *walk, const char *path);
double step_number(const Walk *walk, const char *path, double otherwise);
bool step_bool(const Walk *walk, const char *key, bool otherwise);
/** Is a fallback of that name listed? */
bool step_has_fallback(const Walk *walk, const char *name);
/** Fill in a text. Plain recordings are left as they are. */
const char *fill_in(const Walk *walk, const char *text);
/** Check all templates of the scenario. Errors: ERROR_INPUT at the step's line. */
bool fill_in_check(const Walk *walk, Error *err) MUST_USE;

/* --- counted primitives (act.c): effort, times, page recognised on arrival --- */

bool act_open(Walk *walk, const char *url, PageKind expected, Move *move,
              Error *err) MUST_USE;
bool act_press(Walk *walk, const Node *element, PageKind expected, Move *move,
               Error *err) MUST_USE;
bool act_enter(Walk *walk, const Node *control, PageKind expected, Move *move,
               Error *err) MUST_USE;
bool act_fill(Walk *walk, const Node *control, const char *text, Move *move,
              Error *err) MUST_USE;
bool act_choose(Walk *walk, const Node *control, const char *value, Move *move,
                Error *err) MUST_USE;
bool act_go(Walk *walk, History history, PageKind expected, Move *move,
            Error *err) MUST_USE;
/** Answer the question about cookies, clear away other layers: only with an engine that has
 * eyes for them (engine->consent, engine->dismiss). */
bool act_answer(Walk *walk, const char *choice, Clearing *clearing, Error *err) MUST_USE;
bool act_clear(Walk *walk, Clearing *clearing, Error *err) MUST_USE;
/** A gesture of a recording; the engine must have them. */
bool act_gesture(Walk *walk, const Gesture *gesture, Move *move, Error *err) MUST_USE;
/** The first page again, by its link when there is one. */
bool act_home(Walk *walk, Move *move, Error *err) MUST_USE;
/** The page now shown; NULL: none. */
const Page *walk_page(const Walk *walk);
const char *walk_language(const Walk *walk);
/** Decide the page's kind again with what is known now. */
void walk_recognise(Walk *walk, PageKind expected);
/** The journey has proved what the page is; said only where the page itself left it open.
 */
void walk_settle(Walk *walk, PageKind kind, const char *sign);

/* --- effort (effort.c): keystroke-level model of scoring.md 3.3 --- */

void effort_begin(Walk *walk);
/** Pointing at and pressing (or tabbing to and striking Enter on) an element. */
void effort_press(Walk *walk, const Node *element);
void effort_type(Walk *walk, const Node *control, const char *text, bool is_required);
void effort_choose(Walk *walk, const Node *control, bool is_required);
void effort_arrive(Walk *walk, int64_t waited_us);

/* --- scripts (scripts.c) --- */

/** Could scripts of this page draw what is not in the HTML? Known scripts (inline, or
 * fetched with the page) are read for signs of drawing; unknown ones could. why (English)
 * or NULL. Always NULL with an engine that runs scripts. */
const char *scripts_matter(const Walk *walk);
/** Could scripts of this page store cookies? */
bool scripts_may_store(const Walk *walk);
/** Could scripts step in when the control is pressed or its form sent? Known scripts
 * (fetched with the page) are read for signs of it; unknown ones could. why or NULL. */
const char *scripts_step_in(const Walk *walk, const Node *control);
/** Is the control out of reach without scripts? why or NULL. */
const char *scripts_needed_for(const Walk *walk, const Node *control);
/** NOT_FOUND, or NEEDS_BROWSER where scripts may draw it. */
bool step_not_found(Walk *walk, const char *what);

/* --- candidates (candidates.c) --- */

/** An element that may be what is looked for. */
typedef struct Candidate {
    const Node *node;
    const char *text; /**< accessible name */
    const char *url;  /**< of a link, resolved; NULL */
    double score;
    const char *why;
} Candidate;

typedef struct CandidateList {
    Candidate *items;
    size_t count, capacity;
} CandidateList;

/** Where a link is welcome. */
typedef enum LinkPlace {
    PLACE_NAVIGATION, /**< nav and header */
    PLACE_FOOTER,     /**< footer before header */
    PLACE_MAIN,
} LinkPlace;

/** Links and buttons whose name matches the words' intent, ranked (recognition.md 2.4). */
void candidates_named(Walk *walk, const char *intent, LinkPlace place, CandidateList *list);
/** Links to categories, ranked; doubles by address removed. */
void candidates_categories(Walk *walk, CandidateList *list);
/** Links that may lead to goods, wherever they stand, those that speak of goods first.
 * is_strict: only these, and none of the menu. */
void candidates_goods(Walk *walk, bool is_strict, CandidateList *list);
/** Add one and explain it. */
void candidate_add(Walk *walk, CandidateList *list, const Node *node, double score,
                   const char *why);
/** Best first, ties in document order; doubles of one address removed. */
void candidates_rank(CandidateList *list);
/** Put the best (and second) into the step's match. Returns true when they tie within
 * 10 %. */
bool candidates_match(Walk *walk, const CandidateList *list, size_t chosen);
/** Put one element into the step's match. */
void match_element(Walk *walk, const Node *node, const char *why, double score);
/** Is the address on the visited site (same registrable domain)? */
bool is_own_site(const Walk *walk, const char *url);
bool is_same_page(const Walk *walk, const char *a, const char *b);
/** Is it a link to the first page: by address, rel=home, or as the logo? */
bool is_home_link(const Walk *walk, const Node *link);
/** Is the node a native link to another page of the site? url receives where. */
bool is_site_link(const Walk *walk, const Node *node, const char **url);

/* --- shop facts (facts.c) --- */

bool text_says(const Walk *walk, const char *intent);
/** How often the page's visible text holds the words, folded. */
int text_count(const Walk *walk, const char *words);
/** The number shown in the link to the cart, -1: none (cart.c). */
int cart_digits(Walk *walk);
TaxDisplay tax_display(const Walk *walk);
/** Compare two prices: 1 equal, 0 not, -1 cannot tell (unknown, or shown with different
 * tax). Tolerance: 0.01 of the currency's unit, one rounding step. */
int prices_agree(const Price *a, TaxDisplay tax_a, const Price *b, TaxDisplay tax_b);
/** Do two names mean the same product: equal when folded, or all words of the shorter in
 * the longer? */
bool names_agree(const Walk *walk, const char *a, const char *b);
/** Mark all facts of the scenario's steps that were not seen as absent. */
void facts_close(Walk *walk);
/** Cookies stored by the exchanges so far that outlive the session or belong to others. */
void facts_cookies(Walk *walk);
/** Cookies set since the visitor refused: cookies.set_after_refusal. */
void facts_refusal(Walk *walk);
const char *money_text(Arena *arena, const Price *price);

/** Add to an intent's reason which of its expectations are contradicted. */
void expect_note(Walk *walk);

/* --- layers (steps_layers.c) --- */

/** Steps consent and dismiss with an engine that sees layers. */
bool layers_consent(Walk *walk, bool accepts, Error *err) MUST_USE;
bool layers_dismiss(Walk *walk, Error *err) MUST_USE;

/* --- what scripts open (swatches.c); nothing happens in an engine without them --- */

/** Press the button that opens something: intent "search_box" or "menu_toggle". */
bool opener_press(Walk *walk, const char *intent, bool *is_pressed, Error *err) MUST_USE;
/** Choose in each option that is offered as buttons and has no choice yet; counts them. */
bool swatches_choose(Walk *walk, int *count, Error *err) MUST_USE;

/** Choose in each drawn list of a form (role=combobox) that waits for a choice: the
 * person's country, else what comes first (combos.c). */
bool combos_choose(Walk *walk, const Person *person, Error *err) MUST_USE;

/* --- shared between steps --- */

/** Look into the cart (cart link, then usual addresses). is_found: a page that is a cart.
 */
bool cart_visit(Walk *walk, bool *is_found, Error *err) MUST_USE;
/** Does the path speak of a cart? */
bool is_cart_address(const char *url);
/** Put the goods into the cart once more and look into it, when it has forgotten them. The
 * step's record stays as it was. */
bool goods_add_again(Walk *walk, bool *is_filled, Error *err) MUST_USE;
/** Read the cart now shown: a page's, or that of a drawer. */
void cart_see(const Walk *walk, Cart *cart);
/** Line of the goods in a cart; NULL: not there. */
const CartLine *cart_line_of(const Walk *walk, const Cart *cart);
/** Does the page name the goods in a small element of its own, outside header and footer?
 * For carts whose lines cannot be read one by one. */
bool cart_mentions(const Walk *walk);
/** Record the facts of the cart now shown. */
void cart_facts(Walk *walk, const Cart *cart);
/** Choose required options; count receives how many there were, needs_script why they
 * cannot be chosen without scripts (NULL: they can). again: another combination. */
bool options_choose(Walk *walk, bool again, int *count, const char **needs_script,
                    Error *err) MUST_USE;
/** Product cards of the page now shown. */
size_t list_cards(Walk *walk);
/** Bind walk->goods from the product page now shown. Returns false when it is none. */
bool goods_bind(Walk *walk);
/** Search for text from the page now shown (or the first page). is_done false: the step's
 * outcome is set. */
bool search_run(Walk *walk, const char *query, bool *is_done, Error *err) MUST_USE;
/** Does the page now shown say that nothing was found? */
bool search_found_nothing(const Walk *walk);
/** Words of the shop to search for, taken from the page now shown: walk->seeds. */
void search_seeds(Walk *walk);
/** Product cards that answer a search: 0 when the page says that nothing was found, 1 when
 * it is the product's own page. */
size_t search_results(Walk *walk);
/** Open a category; used as a fallback too. is_open: a list is shown. */
bool category_open(Walk *walk, bool *is_open, Error *err) MUST_USE;

/* --- the checkout (checkout.c) --- */

/** Read the checkout page now shown and keep what it tells (fields, delivery, total). Each
 * page is counted once. */
void passage_look(Walk *walk, Checkout *checkout);
/** The same after giving scripts time to draw a step: 10 s for the first; known: signature
 * of the step that was sent, 4 s for another or for a message. At once where nothing is
 * missing, and without scripts. walk->document may be NULL after it. */
bool passage_await(Walk *walk, const char *known, Checkout *checkout, Error *err) MUST_USE;
/** Read the page as filled in, after giving scripts 4 s to draw the button to the next
 * step: some wait for a whole address, or for what delivery to it costs. */
bool passage_await_way_on(Walk *walk, Checkout *checkout, Error *err) MUST_USE;
/** Choose a way of delivery that stands beside the address, unless one is chosen. */
bool delivery_beside(Walk *walk, Checkout *checkout, Error *err) MUST_USE;
/** The button to the next step, NULL: none. */
const Node *passage_way_on(const Walk *walk, const Checkout *checkout);
/** Remember the step's failure: reachPayment reports it. */
void passage_keep_failure(Walk *walk);
/** Is the page a door: payment shown, an order button, or nothing but payment left? */
bool passage_is_door(const Walk *walk, const Checkout *checkout);
/** End the visit at the payment's door and record what it shows. */
void passage_door(Walk *walk, const Checkout *checkout);
/** The page asks for an account and offers no way around it: end the visit there. */
void passage_account(Walk *walk);
/** Does the page ask for personal data (and is there something to fill in)? */
bool passage_asks_data(const Walk *walk, const Checkout *checkout);
/** A page that answers nothing of a checkout: whose fault is it? Sets the outcome. */
bool passage_lost(Walk *walk, const char *what);
/** Press the way on. is_on true: another page is shown. is_final: the guard keeps it as the
 * order's own button. */
bool passage_press(Walk *walk, const Node *next, bool *is_on, bool *is_final,
                   Error *err) MUST_USE;
/** Names and action of the page's form, to see it come back. */
const char *passage_signature(const Walk *walk, const Checkout *checkout);

/** What was typed into a form, by name, to see whether it is still there. */
typedef struct Typed {
    const char *names[32];
    const char *values[32];
    int count;
} Typed;

/** Fill in the checkout's form with the person's data. everything: optional fields too. */
bool form_fill(Walk *walk, bool everything, Typed *typed, Error *err) MUST_USE;
/** Fields still empty although required, that only a script could fill; NULL: none. */
const char *form_needs_script(const Walk *walk, const Checkout *checkout);

/* --- recorded steps (selectors.c) --- */

/** How the alternatives of a recorded step resolved. */
typedef struct Target {
    const Node *node;          /**< NULL: none */
    int alternative;           /**< index of the one used */
    bool is_drifting;          /**< two alternatives name different elements */
    bool is_fuzzy;             /**< only matched after normalising */
    const char *needs_browser; /**< why it cannot be resolved here; NULL */
    size_t count;              /**< matches of the alternative used */
} Target;

void selectors_resolve(Walk *walk, const ScenarioStep *step, Target *target);
/* steps_live.c: what an engine with gestures does with recorded steps. */

/** Wait for the step's element to be seen, as long as the step says; target is filled with
 * what there is then. */
bool live_resolve(Walk *walk, Target *target, Error *err) MUST_USE;
/** Click where the recording did, count times. */
bool live_click(Walk *walk, const Node *node, int count, Move *move, Error *err) MUST_USE;
/** One half of a key's stroke. */
bool live_key(Walk *walk, const char *key, bool is_down, Move *move, Error *err) MUST_USE;
/** Steps that have no meaning without a screen, and waiting. node: NULL none. */
bool live_perform(Walk *walk, const Node *node, Error *err) MUST_USE;

/** All matches of the first alternative that has any, hidden ones too. */
void selectors_all(Walk *walk, const ScenarioStep *step, NodeList *list);
/** Function of a step kind; NULL: it does nothing. */
StepFunction *step_function(StepKind kind);
/** Next (or first) element that Tab reaches; NULL: none. */
const Node *tab_next(const Walk *walk);
/** URL of the recording on the site visited. */
const char *origin_rewrite(const Walk *walk, const char *url);

#endif
