/* activation_test.c - what a click does by the markup alone.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "dom/forms.h"
#include "dom_help.h"

/* Click #x; the activated element must be #want_id. */
static const char *check(const char *html, Activation want, const char *want_id)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    const Document *document = page(arena, html);
    const Node *element = NULL;
    const char *evidence = NULL;
    const char *id = NULL;
    Activation got =
        node_activation(document, document_by_id(document, "x"), &element, &evidence);

    if (got != want)
        fail_msg("%s: %d", html, (int)got);
    id = node_attribute(element, "id");
    assert_string_equal(id ? id : "", want_id);
    return evidence ? "yes" : "";
}

void test_activation__links(void)
{
    check("<a id=l href=/y><b id=x></b></a>", ACTIVATE_LINK, "l");
    check("<a id=x href='#top'>", ACTIVATE_LINK, "x");
    check("<a id=x href=''>", ACTIVATE_LINK, "x");
    check("<a id=x href='a/b:c'>", ACTIVATE_LINK, "x");
    check("<a id=x href='#'>", ACTIVATE_NEEDS_BROWSER, "x");
    check("<a id=x href=' JavaScript:void(0)'>", ACTIVATE_NEEDS_BROWSER, "x");
    check("<a id=x href='mailto:a@b.c'>", ACTIVATE_EXTERNAL, "x");
    check("<a id=x href='tel:+331'>", ACTIVATE_EXTERNAL, "x");
    check("<a id=x>", ACTIVATE_NEEDS_BROWSER, "x");
    check("<a id=l href=/y><button type=button id=x></button></a>", ACTIVATE_LINK, "l");
    check("<svg><a href=/y id=l><path id=x /></a></svg>", ACTIVATE_LINK, "l");
}

void test_activation__buttons(void)
{
    check("<form><button id=b><span id=x></span></button></form>", ACTIVATE_SUBMIT, "b");
    check("<form><button id=x type=nonsense></form>", ACTIVATE_SUBMIT, "x");
    check("<form><input id=x type=image></form>", ACTIVATE_SUBMIT, "x");
    check("<form id=f></form><button id=x form=f>", ACTIVATE_SUBMIT, "x");
    check("<form><button id=x disabled></form>", ACTIVATE_NOTHING, "x");
    check("<form><button id=x type=reset></form>", ACTIVATE_RESET, "x");
    check("<form><button id=x type=button></form>", ACTIVATE_NEEDS_BROWSER, "x");
    check("<button id=x>", ACTIVATE_NEEDS_BROWSER, "x");
    check("<button id=x type=button popovertarget=p>", ACTIVATE_DETAILS, "x");
}

void test_activation__controls_and_labels(void)
{
    check("<input id=x type=checkbox>", ACTIVATE_CHECK, "x");
    check("<input id=x>", ACTIVATE_FOCUS, "x");
    check("<select><option id=x>1</select>", ACTIVATE_OPTION, "x");
    check("<label id=x for=c>l</label><input type=radio id=c>", ACTIVATE_CHECK, "c");
    check("<label><b id=x>l</b><input type=checkbox id=c></label>", ACTIVATE_CHECK, "c");
    check("<label><a id=x href=/y>l</a><input type=checkbox></label>", ACTIVATE_LINK, "x");
    check("<label><button type=button id=x>l</button><input type=checkbox></label>",
          ACTIVATE_NEEDS_BROWSER, "x");
    check("<label id=x>l<input disabled id=c></label>", ACTIVATE_NOTHING, "c");
    check("<label id=x>l</label>", ACTIVATE_NEEDS_BROWSER, "x");
    check("<details><summary id=s><b id=x></b></summary></details>", ACTIVATE_DETAILS, "s");
    check("<summary id=x>", ACTIVATE_NEEDS_BROWSER, "x");
}

void test_activation__image_maps(void)
{
    check("<img id=x usemap='#m'><map name=m><area id=a href=/y></map>", ACTIVATE_LINK,
          "a");
    check("<img id=x usemap='#m'><map name=m><area href=/z shape=rect><area id=a href=/y "
          "shape=default></map>",
          ACTIVATE_LINK, "a");
    check("<img id=x usemap='#m'><map name=m><area href=/z><area href=/y></map>",
          ACTIVATE_NEEDS_BROWSER, "x");
    check("<img id=x usemap='#m'>", ACTIVATE_NEEDS_BROWSER, "x");
}

void test_activation__script_evidence(void)
{
    assert_string_equal(check("<a id=x href=/y>", ACTIVATE_LINK, "x"), "");
    assert_string_equal(check("<a id=x href=/y onclick='z()'>", ACTIVATE_LINK, "x"), "yes");
    assert_string_equal(check("<x-y><a id=x href=/y></x-y>", ACTIVATE_LINK, "x"), "");
    assert_string_equal(
        check("<body onload=z()><form><button id=x></form>", ACTIVATE_SUBMIT, "x"), "");
    assert_string_equal(
        check("<form onsubmit=z()><button id=x></form>", ACTIVATE_SUBMIT, "x"), "yes");
    assert_string_equal(check("<form><div data-controller=c><button id=x></div></form>",
                              ACTIVATE_SUBMIT, "x"),
                        "yes");
    assert_string_equal(check("<product-form><form><button id=x></form></product-form>",
                              ACTIVATE_SUBMIT, "x"),
                        "yes");
    assert_string_equal(
        check("<form id=f hx-post=/y></form><button id=x form=f>", ACTIVATE_SUBMIT, "x"),
        "yes");
    assert_string_equal(check("<div id=x @click='z'>", ACTIVATE_NEEDS_BROWSER, "x"), "yes");
}
