/* interval.c - resampling. Layer: score. SPDX-License-Identifier: MIT */
#include "score/interval.h"

#include <math.h>
#include <string.h>

#include "base/clock.h"
#include "base/stats.h"
#include "score/resample.h"

/* Results of one finding in the form that resampling needs: which page (by URL) and visit.
 */
typedef struct Sample {
    int visit;
    int place; /* distinct URL of this finding, -1: result is not conclusive */
    double score;
} Sample;

typedef struct Samples {
    Sample *items;
    size_t count;
    int places;
} Samples;

typedef struct Resampling {
    Audit *audit;
    Arena *arena;
    Samples *findings;
    int *times;  /* how often each visit is drawn */
    double *sum; /* per place */
    double *weight;
} Resampling;

static const char *result_url(const Audit *audit, const PageResult *result)
{
    if (result->page < 0)
        return "";
    return audit->visits[result->visit]->pages[result->page]->url;
}

static int place_of(const Audit *audit, const Finding *finding, size_t index,
                    Samples *samples)
{
    const char *url = result_url(audit, &finding->results[index]);
    for (size_t i = 0; i < index; i++)
        if (samples->items[i].place >= 0 &&
            strcmp(result_url(audit, &finding->results[i]), url) == 0)
            return samples->items[i].place;
    return samples->places++;
}

static void samples_make(Resampling *re)
{
    Audit *audit = re->audit;
    int most = 1;
    re->findings = ARENA_ARRAY(re->arena, audit->finding_count, Samples);
    for (size_t f = 0; f < audit->finding_count; f++) {
        const Finding *finding = audit->findings[f];
        Samples *samples = &re->findings[f];
        samples->count = finding->result_count;
        samples->items = ARENA_ARRAY(re->arena, samples->count, Sample);
        for (size_t i = 0; i < samples->count; i++) {
            const PageResult *result = &finding->results[i];
            bool is_conclusive =
                result->outcome == FINDING_PASS || result->outcome == FINDING_FAIL;
            samples->items[i].visit = result->visit;
            samples->items[i].score = result->score;
            samples->items[i].place = -1;
            if (is_conclusive && !isnan(result->score))
                samples->items[i].place = place_of(audit, finding, i, samples);
        }
        if (samples->places > most)
            most = samples->places;
    }
    re->sum = ARENA_ARRAY(re->arena, (size_t)most, double);
    re->weight = ARENA_ARRAY(re->arena, (size_t)most, double);
    re->times = ARENA_ARRAY(re->arena, audit->visit_count, int);
}

/* Mean over distinct pages of the mean over the visits drawn, as Finding.score is made. */
static RuleValue value_of(Resampling *re, const Finding *finding, const Samples *samples)
{
    RuleValue value = {.is_applicable = finding->outcome != FINDING_NOT_APPLICABLE};
    for (int p = 0; p < samples->places; p++)
        re->sum[p] = re->weight[p] = 0;
    for (size_t i = 0; i < samples->count; i++) {
        const Sample *sample = &samples->items[i];
        if (sample->place < 0)
            continue;
        re->sum[sample->place] += re->times[sample->visit] * sample->score;
        re->weight[sample->place] += re->times[sample->visit];
    }
    double sum = 0;
    int count = 0;
    for (int p = 0; p < samples->places; p++) {
        if (!(re->weight[p] > 0))
            continue;
        sum += re->sum[p] / re->weight[p];
        count++;
    }
    value.is_conclusive = count > 0;
    value.r = count > 0 ? sum / count : 0;
    return value;
}

static void draw_compute(Resampling *re, RuleValue *values, Marks *marks)
{
    const Audit *audit = re->audit;
    for (size_t f = 0; f < audit->finding_count; f++)
        values[f] = value_of(re, audit->findings[f], &re->findings[f]);
    mark_compute(audit, values, NULL, true, marks);
}

/* Marks of all draws, one row a draw: the nine dimensions, then the overall mark. */
typedef struct Draws {
    double *rows[DIMENSION_COUNT + 1];
    size_t counts[DIMENSION_COUNT + 1];
} Draws;

static void draws_make(Draws *draws, Arena *arena, size_t count)
{
    for (int d = 0; d <= DIMENSION_COUNT; d++) {
        draws->rows[d] = ARENA_ARRAY(arena, count, double);
        draws->counts[d] = 0;
    }
}

static void draws_add(Draws *draws, const Marks *marks)
{
    for (int d = 0; d <= DIMENSION_COUNT; d++) {
        double mark = d < DIMENSION_COUNT ? marks->dimensions[d].score : marks->overall;
        if (!isnan(mark))
            draws->rows[d][draws->counts[d]++] = mark;
    }
}

static Interval draws_interval(Draws *draws, int d, bool is_range)
{
    double *row = draws->rows[d];
    size_t count = draws->counts[d];
    stats_sort(row, count);
    double low = is_range ? 0 : 0.025;
    return (Interval){stats_quantile(row, count, low), stats_quantile(row, count, 1 - low)};
}

/* Visits outside every journey (a link check) are drawn once, always. */
static void times_reset(Resampling *re, int value)
{
    const Audit *audit = re->audit;
    for (size_t v = 0; v < audit->visit_count; v++)
        re->times[v] = 1;
    for (size_t j = 0; j < audit->journey_count; j++)
        for (size_t i = 0; i < audit->journeys[j].visit_count; i++)
            re->times[audit->journeys[j].visits[i]] = value;
}

static void bootstrap(Resampling *re, RuleValue *values, Draws *draws)
{
    const Audit *audit = re->audit;
    Clock dice;
    /* The seed is the site, so that the same facts give the same bytes. */
    clock_init_fixed(&dice, 0, str_hash(str_of(audit->site)));
    Marks marks;
    for (int b = 0; b < INTERVAL_DRAWS; b++) {
        times_reset(re, 0);
        for (size_t j = 0; j < audit->journey_count; j++) {
            const Journey *journey = &audit->journeys[j];
            for (size_t i = 0; i < journey->visit_count; i++)
                re->times[journey->visits[clock_random(&dice, journey->visit_count)]]++;
        }
        draw_compute(re, values, &marks);
        draws_add(draws, &marks);
    }
}

/* The k-th visit of every journey together are one replicate. */
static void replicates(Resampling *re, size_t most, RuleValue *values, Draws *draws)
{
    const Audit *audit = re->audit;
    Marks marks;
    for (size_t k = 0; k < most; k++) {
        times_reset(re, 0);
        for (size_t j = 0; j < audit->journey_count; j++) {
            const Journey *journey = &audit->journeys[j];
            if (journey->visit_count)
                re->times[journey->visits[k < journey->visit_count ? k : 0]] = 1;
        }
        draw_compute(re, values, &marks);
        draws_add(draws, &marks);
    }
}

static void draws_keep(Audit *audit, Draws *draws, bool is_range)
{
    for (int d = 0; d <= DIMENSION_COUNT; d++) {
        bool is_overall = d == DIMENSION_COUNT;
        if (!is_overall && isnan(audit->dimensions[d].score))
            continue;
        Interval found = draws_interval(draws, d, is_range);
        if (is_range)
            *(is_overall ? &audit->range : &audit->dimensions[d].range) = found;
        else
            *(is_overall ? &audit->interval : &audit->dimensions[d].interval) = found;
    }
}

/* Fewest and most visits that a journey has. */
static void visits_count(const Audit *audit, size_t *fewest, size_t *most)
{
    *fewest = SIZE_MAX;
    *most = 0;
    for (size_t j = 0; j < audit->journey_count; j++) {
        size_t count = audit->journeys[j].visit_count;
        *fewest = count < *fewest ? count : *fewest;
        *most = count > *most ? count : *most;
    }
}

void interval_visits(Audit *audit)
{
    size_t fewest = 0;
    size_t most = 0;
    visits_count(audit, &fewest, &most);
    if (!most)
        return;
    AUTO(arena_auto) Arena *arena = arena_create();
    Resampling re = {.audit = audit, .arena = arena};
    samples_make(&re);
    RuleValue *values = ARENA_ARRAY(arena, audit->finding_count, RuleValue);
    Draws draws;
    bool is_range = fewest < INTERVAL_VISITS_ENOUGH;
    draws_make(&draws, arena, is_range ? most : INTERVAL_DRAWS);
    if (is_range)
        replicates(&re, most, values, &draws);
    else
        bootstrap(&re, values, &draws);
    draws_keep(audit, &draws, is_range);
}

void interval_judgement(Audit *audit, const RuleValue *values)
{
    if (isnan(audit->score))
        return;
    AUTO(arena_auto) Arena *arena = arena_create();
    RuleValue *flipped = ARENA_ARRAY(arena, audit->finding_count, RuleValue);
    double *marks = ARENA_ARRAY(arena, INTERVAL_DRAWS, double);
    Clock dice;
    clock_init_fixed(&dice, 0, str_hash(str_of(audit->site)) + 1);
    for (int b = 0; b < INTERVAL_DRAWS; b++) {
        memcpy(flipped, values, audit->finding_count * sizeof *values);
        for (size_t f = 0; f < audit->finding_count; f++) {
            const Finding *finding = audit->findings[f];
            double rate = audit->grid->false_alarm[finding->rule->confidence];
            bool is_flipped = (double)clock_random(&dice, 1000000) < rate * 1e6;
            if (finding->outcome == FINDING_FAIL && is_flipped)
                flipped[f].r = 1;
        }
        Marks result;
        mark_compute(audit, flipped, NULL, true, &result);
        marks[b] = result.overall;
    }
    stats_sort(marks, INTERVAL_DRAWS);
    double high = stats_quantile(marks, INTERVAL_DRAWS, 0.975);
    audit->judgement = (Interval){audit->score, high > audit->score ? high : audit->score};
}

struct Resample {
    Resampling re;
    RuleValue *values;
};

Resample *resample_open(Arena *arena, const Audit *audit)
{
    Resample *resample = ARENA_NEW(arena, Resample);
    Audit *copy = ARENA_NEW(arena, Audit);
    *copy = *audit;
    resample->re = (Resampling){.audit = copy, .arena = arena};
    samples_make(&resample->re);
    resample->values = ARENA_ARRAY(arena, audit->finding_count, RuleValue);
    return resample;
}

void resample_marks(Resample *resample, const int *times, size_t count,
                    const double *shares, Marks *marks)
{
    const Audit *audit = resample->re.audit;
    for (size_t v = 0; v < audit->visit_count; v++) {
        int number = audit->visits[v]->number;
        resample->re.times[v] =
            number >= 1 && (size_t)number <= count ? times[number - 1] : 0;
    }
    for (size_t f = 0; f < audit->finding_count; f++)
        resample->values[f] =
            value_of(&resample->re, audit->findings[f], &resample->re.findings[f]);
    mark_compute(audit, resample->values, shares, true, marks);
}
