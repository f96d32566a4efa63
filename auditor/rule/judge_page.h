/* judge_page.h - one page judged alone, as a crawl meets it, and let go.
 *
 * The same checks as judge.h runs, without visits and without the site: what needs those is
 * not asked. Layer: rule. Called by audit/. SPDX-License-Identifier: MIT */
#ifndef RULE_JUDGE_PAGE_H
#define RULE_JUDGE_PAGE_H

#include "rule/check.h"

/** Who wants to see the parsed page before it is judged; sets its kind. */
typedef void PageLook(void *context, const Document *document, Page *page);
/** Told the answer of a rule (index into the grid) that looked at the page. */
typedef void PageTold(void *context, size_t rule, const Answer *answer);

/** How pages are judged. */
typedef struct PageJudge {
    const Grid *grid;
    const Words *words;
    const JudgeOptions *options;
    const char *const *countries; /**< the shop addresses; NULL: guessed from each page */
    PageLook *look;
    PageTold *told;
    void *context;
} PageJudge;

/** Parse and judge the page of a visit; answers live in arena.
 * Errors: ERROR_LIMIT, ERROR_INPUT: the page cannot be read; nothing was told then. */
bool judge_page(Arena *arena, const PageJudge *judge, const Visit *visit, Page *page,
                Error *err) MUST_USE;
/** Is one page that passes enough for all pages (rule of a grid)? */
bool judge_is_any_page(const Rule *rule);
/** Is the rule asked of single pages at all? */
bool judge_is_of_pages(const Rule *rule);

#endif
