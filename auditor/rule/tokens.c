/* tokens.c - which tokens standards know. Layer: rule. SPDX-License-Identifier: MIT */
#include "rule/tokens.h"

#include <stdint.h>
#include <string.h>

#include "base/attr.h"

/** ISO 639-1, and the primary subtags that pages use besides. */
static const char languages[] =
    " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu "
    "cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi "
    "ho hr ht hu hy hz ia id ie ig ii ik io is it iu iw ja ji jv jw ka kg ki kj kk kl km kn "
    "ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb "
    "nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se "
    "sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty "
    "ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

static const char roles[] =
    " alert alertdialog application article associationlist associationlistitemkey "
    "associationlistitemvalue banner blockquote button caption cell checkbox code "
    "columnheader combobox comment complementary contentinfo definition deletion dialog "
    "directory document emphasis feed figure form generic grid gridcell group heading img "
    "image insertion link list listbox listitem log main mark marquee math menu menubar "
    "menuitem menuitemcheckbox menuitemradio meter navigation none note option paragraph "
    "presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar "
    "search searchbox sectionfooter sectionheader separator slider spinbutton status strong "
    "subscript suggestion superscript switch tab table tablist tabpanel term text textbox "
    "time timer toolbar tooltip tree treegrid treeitem "
    "graphics-document graphics-object graphics-symbol "
    "doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-biblioentry "
    "doc-bibliography doc-biblioref doc-chapter doc-colophon doc-conclusion doc-cover "
    "doc-credit doc-credits doc-dedication doc-endnote doc-endnotes doc-epigraph doc-epilogue "
    "doc-errata doc-example doc-footnote doc-foreword doc-glossary doc-glossref doc-index "
    "doc-introduction doc-noteref doc-notice doc-pagebreak doc-pagefooter doc-pageheader "
    "doc-pagelist doc-part doc-preface doc-prologue doc-pullquote doc-qna doc-subtitle "
    "doc-tip doc-toc ";

static const char autofill_fields[] =
    " name honorific-prefix given-name additional-name family-name honorific-suffix nickname "
    "username new-password current-password one-time-code organization-title organization "
    "street-address address-line1 address-line2 address-line3 address-level4 address-level3 "
    "address-level2 address-level1 country country-name postal-code cc-name cc-given-name "
    "cc-additional-name cc-family-name cc-number cc-exp cc-exp-month cc-exp-year cc-csc "
    "cc-type transaction-currency transaction-amount language bday bday-day bday-month "
    "bday-year sex url photo webauthn ";
static const char autofill_contact_fields[] =
    " tel tel-country-code tel-national tel-area-code tel-local tel-local-prefix "
    "tel-local-suffix tel-extension email impp ";

/** One aria-* attribute: its values, "" any; otherwise the words allowed. */
typedef struct AriaAttribute {
    const char *name;
    const char *values;
} AriaAttribute;

static const AriaAttribute aria[] = {
    {"activedescendant", ""},
    {"atomic", " true false "},
    {"autocomplete", " inline list both none "},
    {"braillelabel", ""},
    {"brailleroledescription", ""},
    {"busy", " true false "},
    {"checked", " true false mixed undefined "},
    {"colcount", ""},
    {"colindex", ""},
    {"colindextext", ""},
    {"colspan", ""},
    {"controls", ""},
    {"current", " page step location date time true false "},
    {"describedby", ""},
    {"description", ""},
    {"details", ""},
    {"disabled", " true false "},
    {"dropeffect", ""},
    {"errormessage", ""},
    {"expanded", " true false undefined "},
    {"flowto", ""},
    {"grabbed", " true false undefined "},
    {"haspopup", " false true menu listbox tree grid dialog "},
    {"hidden", " true false undefined "},
    {"invalid", " grammar false spelling true "},
    {"keyshortcuts", ""},
    {"label", ""},
    {"labelledby", ""},
    {"labeledby", "-"},
    {"level", ""},
    {"live", " assertive off polite "},
    {"modal", " true false "},
    {"multiline", " true false "},
    {"multiselectable", " true false "},
    {"orientation", " horizontal undefined vertical "},
    {"owns", ""},
    {"placeholder", ""},
    {"posinset", ""},
    {"pressed", " true false mixed undefined "},
    {"readonly", " true false "},
    {"relevant", ""},
    {"required", " true false "},
    {"roledescription", ""},
    {"rowcount", ""},
    {"rowindex", ""},
    {"rowindextext", ""},
    {"rowspan", ""},
    {"selected", " true false undefined "},
    {"setsize", ""},
    {"sort", " ascending descending none other "},
    {"valuemax", ""},
    {"valuemin", ""},
    {"valuenow", ""},
    {"valuetext", ""},
};

/** Is word one of the words of a list written " one two "? */
static bool list_has(const char *list, Str word)
{
    Str all = str_of(list);
    size_t at = 0;
    if (str_is_empty(word))
        return false;
    while ((at = str_find_nocase(all, word, at)) != SIZE_MAX) {
        if (all.data[at - 1] == ' ' && all.data[at + word.length] == ' ')
            return true;
        at++;
    }
    return false;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_alphanumeric(Str part)
{
    for (size_t i = 0; i < part.length; i++)
        if (!is_letter(part.data[i]) && (part.data[i] < '0' || part.data[i] > '9'))
            return false;
    return part.length > 0;
}

bool language_tag_is_valid(Str tag)
{
    Str rest = tag, part;
    if (!str_next(&rest, '-', &part))
        return false;
    for (size_t i = 0; i < part.length; i++)
        if (!is_letter(part.data[i]))
            return false;
    if (part.length != 3 && !(part.length == 2 && list_has(languages, part)))
        return false;
    while (str_next(&rest, '-', &part))
        if (part.length > 8 || !is_alphanumeric(part))
            return false;
    return true;
}

bool role_is_known(Str role)
{
    return list_has(roles, role);
}

bool autocomplete_is_valid(Str value)
{
    Str rest = str_trim(value), word;
    bool has_word = str_next_word(&rest, &word);
    if (!has_word)
        return true;
    if (str_equal_nocase(word, STR("on")) || str_equal_nocase(word, STR("off")))
        return str_is_empty(str_trim(rest));
    if (str_starts_with_nocase(word, STR("section-")))
        has_word = str_next_word(&rest, &word);
    if (has_word && list_has(" shipping billing ", word))
        has_word = str_next_word(&rest, &word);
    if (has_word && list_has(" home work mobile fax pager ", word)) {
        has_word = str_next_word(&rest, &word);
        if (has_word && !list_has(autofill_contact_fields, word))
            return false;
    }
    if (!has_word ||
        (!list_has(autofill_fields, word) && !list_has(autofill_contact_fields, word)))
        return false;
    if (str_next_word(&rest, &word) && !str_equal_nocase(word, STR("webauthn")))
        return false;
    return !str_next_word(&rest, &word);
}

bool aria_attribute_is_valid(const char *name, Str value)
{
    value = str_trim(value);
    for (size_t i = 0; i < COUNT_OF(aria); i++)
        if (!strcmp(name + 5, aria[i].name))
            return aria[i].values[0] == 0 ||
                   (aria[i].values[0] == ' ' &&
                    (str_is_empty(value) || list_has(aria[i].values, value)));
    return false;
}

bool path_is_home(Str path)
{
    Str part, tail;
    if (path.length < 2 || path.data[0] != '/')
        return path.length == 1;
    tail = str_slice(path, 1, path.length);
    if (str_ends_with(tail, STR("/")))
        tail.length--;
    if (list_has(" index.php index.html index.htm index.asp index.aspx index.jsp home "
                 "default.aspx accueil shop store boutique ",
                 tail))
        return true;
    part = tail;
    for (size_t i = 0; i < part.length; i++)
        if (part.data[i] == '_')
            return false;
    return part.length <= 7 && language_tag_is_valid(part) &&
           (part.length == 2 || str_find_byte(part, '-', 0) == 2);
}
