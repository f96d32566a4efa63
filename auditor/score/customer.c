/* customer.c - the modelled marks. Layer: score. SPDX-License-Identifier: MIT */
#include "score/customer.h"

#include <math.h>
#include <string.h>

#include "base/attr.h"
#include "base/stats.h"

/* Placeholders until a reference sample exists (scoring.md 3.6 "Equating"). */
#define REFERENCE_MEAN  62.0
#define REFERENCE_SIGMA 14.0
/* Patience of a persona is log-normal with this sigma (scoring.md 3.6). */
#define PATIENCE_SIGMA 0.8
/* Carts of people who were not just browsing (scoring.md 3.6). */
/* E at most where nobody could buy: the cap of a blocker of high confidence
 * (scoring.md 3.5). */
#define EXPERIENCE_WITHOUT_PURCHASE 50.0
#define BUYING_SHARE                0.70

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

static void input_add(ModelFigure *figure, const char *name, double value)
{
    if (figure->input_count >= (int)COUNT_OF(figure->input_names))
        return;
    figure->input_names[figure->input_count] = name;
    figure->input_values[figure->input_count++] = value;
}

double customer_recommendation(double index, double spread)
{
    double likely = 0.52 + 0.09 * index;
    double promoters = 1 - stats_normal_cdf((8.5 - likely) / spread);
    double detractors = stats_normal_cdf((6.5 - likely) / spread);
    return 100 * (promoters - detractors);
}

double customer_effort_mark(double burden)
{
    return 1 + 6 / (1 + 0.395 * burden * burden);
}

double customer_patience(double wait_s, double median_s, double sigma)
{
    if (!(wait_s > 1))
        return 1;
    double beyond_wait = 1 - stats_normal_cdf(log(wait_s / median_s) / sigma);
    double beyond_one = 1 - stats_normal_cdf(log(1 / median_s) / sigma);
    return beyond_one > 0 ? beyond_wait / beyond_one : 0;
}

/* Does a buyer live through the fault that caps a dimension? A journey that failed, or a
 * page on the way to pay that lacks what buying needs, such as its price; what only the
 * law asks for, a buyer passes by. */
static bool is_lived(const Audit *audit, Dimension dimension)
{
    const Rule *rule = audit->dimensions[dimension].cap_rule;

    if (!rule || rule->check_kind == CHECK_JOURNEY)
        return rule;
    if (dimension == DIMENSION_TRUST_LEGAL)
        return false;
    for (size_t f = 0; f < audit->finding_count; f++) {
        const Finding *finding = audit->findings[f];
        for (size_t r = 0; finding->rule == rule && r < finding->result_count; r++) {
            const PageResult *result = &finding->results[r];
            if (result->outcome != FINDING_FAIL || result->page < 0 ||
                (size_t)result->visit >= audit->visit_count)
                continue;
            const Visit *visit = audit->visits[result->visit];
            if ((size_t)result->page >= visit->page_count)
                continue;
            PageKind kind = visit->pages[result->page]->kind;
            if (kind == PAGE_PRODUCT || kind == PAGE_CART || kind == PAGE_CHECKOUT)
                return true;
        }
    }
    return false;
}

static double truth_of(const Visit *visit, const char *name, double absent)
{
    const Fact *fact = visit_fact(visit, name);
    return fact && fact->state == FACT_TRUTH ? (fact->truth ? 1 : 0) : absent;
}

/* Did no visit that tried to buy come through, for a reason that is the shop's? */
static bool is_purchase_lost(const Audit *audit)
{
    bool is_lost = false;
    for (size_t v = 0; v < audit->visit_count; v++) {
        const double added = truth_of(audit->visits[v], "cart.add_worked", NAN);
        const double way = truth_of(audit->visits[v], "checkout.way_open", NAN);
        if (way > 0 || (added > 0 && isnan(way)))
            return false;
        is_lost |= way < 1 || added < 1;
    }
    return is_lost;
}

/* Experience index E: un-capped marks of what a buyer lives through, but the cap of a
 * journey that failed stays (scoring.md 3.6). */
static double experience(const Audit *audit)
{
    static const Dimension lived[] = {DIMENSION_SPEED, DIMENSION_ERGONOMICS,
                                      DIMENSION_ATTRACTIVENESS, DIMENSION_INTERACTIVITY,
                                      DIMENSION_TRUST_LEGAL};
    double sum = 0;
    double shares = 0;
    /* Who saw too little of how one buys has no experience to speak of. */
    if (isnan(audit->dimensions[DIMENSION_ERGONOMICS].score))
        return NAN;
    for (size_t i = 0; i < COUNT_OF(lived); i++) {
        const DimensionScore *score = &audit->dimensions[lived[i]];
        double mark = is_lived(audit, lived[i]) ? score->score : score->uncapped;
        if (isnan(mark))
            continue;
        sum += audit->grid->shares[lived[i]] * mark;
        shares += audit->grid->shares[lived[i]];
    }
    if (!(shares > 0))
        return NAN;
    double index = sum / shares;
    return is_purchase_lost(audit) && index > EXPERIENCE_WITHOUT_PURCHASE
               ? EXPERIENCE_WITHOUT_PURCHASE
               : index;
}

static const char *smiley_of(double mark)
{
    return mark >= 8     ? "very-happy"
           : mark >= 6.5 ? "happy"
           : mark >= 5   ? "neutral"
           : mark >= 3.5 ? "unhappy"
                         : "very-unhappy";
}

void customer_face(Customer *customer)
{
    double mark = customer->satisfaction.value;
    customer->stars = round((1 + 4 * mark / 10) * 2) / 2;
    customer->smiley = smiley_of(mark);
}

static void satisfaction_fill(Customer *customer, double index)
{
    ModelFigure *figure = &customer->satisfaction;
    figure->formula = "formula.satisfaction";
    input_add(figure, "experience", customer->experience);
    input_add(figure, "index", index);
    figure->value = index / 10;
    /* ±1.5 points until calibrated (scoring.md 3.6). */
    figure->interval.low = clamp(figure->value - 1.5, 0, 10);
    figure->interval.high = clamp(figure->value + 1.5, 0, 10);
    customer_face(customer);
}

static void recommendation_fill(Customer *customer, double index)
{
    ModelFigure *figure = &customer->recommendation;
    figure->formula = "formula.recommendation";
    input_add(figure, "index", index);
    figure->value = customer_recommendation(index, 2.4);
    double low_index = clamp(index - 10, 0, 100);
    double high_index = clamp(index + 10, 0, 100);
    figure->interval.low = fmin(customer_recommendation(low_index, 2.4),
                                customer_recommendation(low_index, 3.0));
    figure->interval.high = fmax(customer_recommendation(high_index, 2.4),
                                 customer_recommendation(high_index, 3.0));
}

/* Effort of one visit that came to the door of payment. */
typedef struct Burden {
    double fields, steps, human_s, wait_s;
    int walked; /* steps of the journey that the visitor took, each of which may wait */
    bool is_known;
} Burden;

static Burden burden_of(const Visit *visit)
{
    Burden burden = {0};
    const Fact *fields = visit_fact(visit, "checkout.fields");
    const Fact *steps = visit_fact(visit, "checkout.steps");
    if (visit->outcome != VISIT_STOPPED_BEFORE_PAYMENT || !visit->door ||
        strcmp(visit->door, "payment") != 0 || !fields || fields->state != FACT_NUMBER ||
        !steps || steps->state != FACT_NUMBER)
        return burden;
    burden.is_known = true;
    burden.fields = fields->number;
    burden.steps = steps->number;
    for (size_t i = 0; i < visit->step_count; i++) {
        const Effort *effort = &visit->steps[i].effort;
        burden.walked += visit->steps[i].outcome != OUTCOME_SKIPPED;
        if (effort->human_us > 0)
            burden.human_s += (double)effort->human_us / 1e6;
        if (effort->machine_us > 1000000)
            burden.wait_s += (double)effort->machine_us / 1e6 - 1;
    }
    return burden;
}

static int frictions_of(const Visit *visit)
{
    return (truth_of(visit, "checkout.guest", 1) < 1) +
           (truth_of(visit, "checkout.error_kept_data", 1) < 1) +
           (truth_of(visit, "payment.total_shown", 1) < 1);
}

/* B of scoring.md 3.6. The reference journey is the same one with 11.3 fields and 5.1 steps
 * (Baymard 2024): a field costs M + H + P + B + 12 K = 6.4 s, a step M + P + B = 2.65 s. */
static double burden_value(const Burden *burden, int frictions)
{
    double reference_s =
        burden->human_s + (11.3 - burden->fields) * 6.4 + (5.1 - burden->steps) * 2.65;
    double time_share = reference_s > 1 ? burden->human_s / reference_s : 1;
    /* W_ref: one second a step, of the whole journey as the waits are. */
    double wait_share = burden->walked > 0 ? burden->wait_s / burden->walked : 0;
    return 0.30 * burden->fields / 11.3 + 0.20 * burden->steps / 5.1 + 0.30 * time_share +
           0.20 * wait_share + 0.25 * frictions;
}

static void effort_fill(Audit *audit)
{
    ModelFigure *figure = &audit->customer.effort;
    figure->formula = "formula.effort";
    Burden sum = {0};
    int visits = 0;
    double mark_sum = 0;
    for (size_t v = 0; v < audit->visit_count; v++) {
        Burden burden = burden_of(audit->visits[v]);
        if (!burden.is_known)
            continue;
        int frictions = frictions_of(audit->visits[v]);
        double mark = customer_effort_mark(burden_value(&burden, frictions));
        bool is_first = visits++ == 0;
        mark_sum += mark;
        figure->interval.low = is_first ? mark : fmin(figure->interval.low, mark);
        figure->interval.high = is_first ? mark : fmax(figure->interval.high, mark);
        sum.fields += burden.fields;
        sum.steps += burden.steps;
        sum.human_s += burden.human_s;
        sum.wait_s += burden.wait_s;
    }
    if (!visits)
        return;
    figure->value = mark_sum / visits;
    input_add(figure, "fields", sum.fields / visits);
    input_add(figure, "steps", sum.steps / visits);
    input_add(figure, "human_s", sum.human_s / visits);
    input_add(figure, "waits_s", sum.wait_s / visits);
}

/* A reason for leaving: Baymard's share of 2024 in per cent, assumed prevalence of the
 * defect, and the rule that sees it (scoring.md 3.6). */
typedef struct Loss {
    const char *name;
    double share, prevalence;
    const char *rules[3];
} Loss;

static const Loss losses[] = {
    {"extra_costs",
     48,
     0.50,
     {"checkout-shipping-early", "checkout-total-no-surprise", NULL}},
    {"account", 26, 0.25, {"checkout-guest", NULL, NULL}},
    {"trust", 25, 0.30, {"reassure-block", "legal-notice-link", NULL}},
    {"slow_delivery", 23, 0.40, {NULL, NULL, NULL}},
    {"long", 22, 0.50, {"checkout-fields", "checkout-steps", NULL}},
    {"total_unseen", 21, 0.40, {"checkout-summary", "cart-shipping-estimate", NULL}},
    {"returns", 18, 0.30, {"product-returns-near", "legal-withdrawal-info", NULL}},
    {"errors",
     17,
     0.10,
     {"checkout-errors-none", "speed-visit-failures", "content-no-server-error-text"}},
    {"payment_means", 13, 0.30, {"checkout-payment-choice", NULL, NULL}},
};

const char *customer_loss_rule(size_t index)
{
    for (size_t i = 0; i < COUNT_OF(losses); i++)
        for (int k = 0; k < 3 && losses[i].rules[k]; k++)
            if (index-- == 0)
                return losses[i].rules[k];
    return NULL;
}

/* Degree of the defect, 0 to 1, by the worst of its rules; NAN when none could tell. */
static double defect_of(const Audit *audit, const Loss *loss)
{
    double worst = NAN;
    for (int i = 0; i < 3 && loss->rules[i]; i++) {
        for (size_t f = 0; f < audit->finding_count; f++) {
            const Finding *finding = audit->findings[f];
            if (strcmp(finding->rule->id, loss->rules[i]) != 0 || isnan(finding->score))
                continue;
            double degree = 1 - finding->score;
            worst = isnan(worst) || degree > worst ? degree : worst;
        }
    }
    return worst;
}

/* Median of the waits of a step over the visits would need its own table; the model takes
 * the walked visits one by one and averages what remains. */
static double patience_factor(const Audit *audit, const Journey *journey, double median_s)
{
    double sum = 0;
    size_t count = 0;
    for (size_t i = 0; i < journey->visit_count; i++) {
        const Visit *visit = audit->visits[journey->visits[i]];
        double factor = 1;
        for (size_t s = 0; s < visit->step_count; s++) {
            double wait_s = (double)visit->steps[s].effort.machine_us / 1e6;
            double stays = customer_patience(wait_s, median_s, PATIENCE_SIGMA);
            /* People who have invested stay longer: exponent 0.5 after the first page. */
            factor *= s == 0 ? stays : sqrt(stays);
        }
        sum += factor;
        count++;
    }
    return count ? sum / (double)count : NAN;
}

static const Journey *buying_journey(const Audit *audit)
{
    for (size_t j = 0; j < audit->journey_count; j++)
        if (strcmp(audit->journeys[j].scenario_id, "buy") == 0 &&
            audit->journeys[j].visit_count && audit->journeys[j].patience_us > 0)
            return &audit->journeys[j];
    return NULL;
}

static void cascade_add(Customer *customer, const char *name, double kept, bool is_seen)
{
    int count = customer->cascade_count;
    double before = count ? customer->cascade[count - 1].remains : 1;
    if (count < CASCADE_MAX)
        customer->cascade[customer->cascade_count++] =
            (CascadeStep){name, kept, before * kept, is_seen};
}

/* The same shop for the hurried, the ordinary and the patient. */
static void patiences_fill(Audit *audit, const Journey *journey, double frictions_kept)
{
    static const double medians_s[PATIENCE_COUNT] = {2.5, 9, 32};
    for (int i = 0; i < PATIENCE_COUNT; i++)
        audit->customer.completion_by[i] =
            BUYING_SHARE * frictions_kept * patience_factor(audit, journey, medians_s[i]);
}

static void completion_fill(Audit *audit)
{
    ModelFigure *figure = &audit->customer.completion;
    Customer *customer = &audit->customer;
    figure->formula = "formula.completion";
    const Journey *journey = buying_journey(audit);
    if (!journey || !audit->customer.effort.input_count)
        return; /* nobody came to the door: nothing to multiply */
    cascade_add(customer, "browsing", BUYING_SHARE, true);
    double log_likely = 0;
    double log_low = 0;
    double log_high = 0;
    for (size_t i = 0; i < COUNT_OF(losses); i++) {
        double harm = 0.847 * losses[i].share / 222;
        double defect = defect_of(audit, &losses[i]);
        bool is_seen = !isnan(defect);
        /* Not seen: the average shop's degree, and between none and full in the interval.
         */
        double degree = is_seen ? defect : losses[i].prevalence;
        log_likely -= degree * harm / losses[i].prevalence;
        cascade_add(customer, losses[i].name, exp(-degree * harm / losses[i].prevalence),
                    is_seen);
        log_low -= (is_seen ? defect : 1) * harm / losses[i].prevalence;
        log_high -= (is_seen ? defect : 0) * harm / losses[i].prevalence;
        if (is_seen)
            input_add(figure, losses[i].name, defect);
    }
    double stays = patience_factor(audit, journey, (double)journey->patience_us / 1e6);
    input_add(figure, "patience", stays);
    cascade_add(customer, "patience", stays, true);
    patiences_fill(audit, journey, exp(log_likely));
    figure->value = BUYING_SHARE * exp(log_likely) * stays;
    figure->interval = (Interval){BUYING_SHARE * exp(log_low) * stays,
                                  BUYING_SHARE * exp(log_high) * stays};
}

void customer_fill(Audit *audit)
{
    Customer *customer = &audit->customer;
    customer->experience = experience(audit);
    effort_fill(audit);
    completion_fill(audit);
    if (isnan(customer->experience))
        return;
    double z = (customer->experience - REFERENCE_MEAN) / REFERENCE_SIGMA;
    double index = clamp(68 + 12.5 * z, 0, 100);
    satisfaction_fill(customer, index);
    recommendation_fill(customer, index);
}
