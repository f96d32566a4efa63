/* recognise_page_test.c - empty shells, robot walls, search boxes, error texts.
 *
 * SPDX-License-Identifier: MIT */
#include "shop.h"

void test_recognise_page__knows_an_empty_shell(void)
{
    static const struct {
        const char *html;
        bool is_shell;
    } PAGES[] = {
        {"<div id=root></div><script src=/app.js></script>", true},
        {"<div id=app></div><noscript>You need to enable JavaScript to run this app, which is a "
         "pity.</noscript><script src=/app.js></script>",
         true},
        {"<app-root></app-root><script src=/main.js></script>", true},
        {"<div id=__next><div></div></div><p>Loading the shop, please wait a little</p><script "
         "src=/a.js></script>",
         true},
        {"<h1>Cart</h1><p>Your cart is empty.</p><script src=/a.js></script>", false},
        {"<div id=app><h1>Shop</h1><p>Lamps and cups for every room of your house.</p></div><script "
         "src=/a.js></script>",
         false},
        {"<div id=root></div>", false},
    };

    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        if (page_is_shell(shop_page(arena, "/", PAGES[i].html)) != PAGES[i].is_shell)
            fail_msg("%s", PAGES[i].html);
    }
}

void test_recognise_page__knows_a_robot_wall(void)
{
    static Header datadome[] = {{"X-DataDome", "protected"}};
    static Header mitigated[] = {{"cf-mitigated", "challenge"}};

    static const struct {
        const char *html;
        int status;
        Header *headers;
        bool is_wall;
    } PAGES[] = {
        {"<script src=https://challenges.cloudflare.com/t.js></script>Just a moment...",
         403, NULL, true},
        {"<p>Access denied</p>", 403, NULL, true},
        {"<p>x</p>", 403, datadome, true},
        {"<p>x</p>", 200, mitigated, true},
        {"<p>Are you a robot?</p><div class=h-captcha></div><script src=https://hcaptcha.com/1.js></script>",
         200, NULL, true},
        {"<h1>Contact</h1><form><script src=https://www.google.com/recaptcha/api.js></script></form>",
         200, NULL, false},
        {"<h1>Robots</h1><p>Buy a robot</p>", 200, NULL, false},
        {"<h1>Not allowed</h1>", 403, NULL, false},
    };

    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        PageContext context = {.status = PAGES[i].status,
                               .headers = PAGES[i].headers,
                               .header_count = PAGES[i].headers ? 1 : 0};
        const char *name = NULL;
        if (page_is_challenge(shop_page(arena, "/", PAGES[i].html), &context, &name) !=
            PAGES[i].is_wall)
            fail_msg("%s", PAGES[i].html);
    }
}

void test_recognise_page__finds_the_search_box(void)
{
    static const struct {
        const char *html;
        const char *box, *button;
    } PAGES[] = {
        {"<form role=search><input id=b name=x><button id=k>Go</button></form>", "b", "k"},
        {"<input id=b type=search>", "b", ""},
        {"<input id=b name=search placeholder=Search>", "b", ""},
        {"<form action=/recherche><input id=b name=mot aria-label='Que cherchez-vous ?'><button id=k>OK"
         "</button></form>",
         "b", "k"},
        {"<form><input type=email name=email><button>OK</button></form>", "", ""},
        {"<div hidden><form role=search><input id=a type=search name=q></form></div><form role=search>"
         "<input id=b type=search name=q></form>",
         "b", ""},
        {"<form><input id=n name=newsletter type=email></form><form action=/s><input id=b name=s></form>",
         "b", ""},
        {"<input name=city>", "", ""},
    };

    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const Node *button = NULL;
        const Node *box = search_find(words, shop_page(arena, "/", PAGES[i].html), &button);
        if (strcmp(shop_id(box), PAGES[i].box) != 0 ||
            strcmp(shop_id(button), PAGES[i].button) != 0)
            fail_msg("%s: '%s' '%s'", PAGES[i].html, shop_id(box), shop_id(button));
    }
}

void test_recognise_page__reads_error_texts(void)
{
    static const struct {
        const char *html;
        const char *text; /* NULL: none */
    } PAGES[] = {
        {"<div role=alert>Please choose a size</div>", "Please choose a size"},
        {"<p class=error>Le code postal est invalide.</p>", "Le code postal est invalide."},
        {"<span class='text-danger'>First name must be between 1 and 32 characters!</span>",
         "First name must be between 1 and 32 characters!"},
        {"<div class='alert alert-warning'>No delivery method is available.</div>",
         "No delivery method is available."},
        {"<div class='alert alert-success' role=alert>Cup was added to your cart.</div>",
         NULL},
        {"<div role=alert>Cup has been added to your cart</div>", NULL},
        {"<span class='label label-danger'>picked this morning</span>", NULL},
        {"<span class=text-danger>Note:</span>", NULL},
        {"<p class=error hidden>Wrong.</p>", NULL},
        {"<p>All is well</p>", NULL},
        {"<font color=red>Please fill in the postal code</font>",
         "Please fill in the postal code"},
        {"<font color=red>Three days only: all pots</font>", NULL},
    };

    AUTO(arena_auto) Arena *words_arena = arena_create();
    const Words *words = shop_words(words_arena);
    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        AUTO(arena_auto) Arena *arena = arena_create();
        const char *text =
            page_error_text(words, shop_page(arena, "/", PAGES[i].html), arena);
        if (strcmp(text ? text : "none", PAGES[i].text ? PAGES[i].text : "none") != 0)
            fail_msg("%s: %s", PAGES[i].html, text ? text : "none");
    }
}
