/* template_fuzz.c - any bytes as a template; what it writes of a value is escaped.
 *
 * SPDX-License-Identifier: MIT */
#include "fuzz.h"
#include "report/template.h"

static bool partial_load(void *context, const char *name, Str *text, Error *err)
{
    (void)err;
    (void)name;
    *text = *(const Str *)context; /* every partial is the template itself */
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    AUTO(arena_auto) Arena *arena = arena_create();
    AUTO(buf_release) Buf out = {0};
    Str text = str_from((const char *)data, size);
    Value *value = value_object(arena);
    Value *list = value_put_list(value, "list");
    Error err = {0};
    value_put_text(value, "name", "<b>&\"'");
    value_put_bool(value, "yes", true);
    for (int i = 0; i < 3; i++)
        value_put_text(value_add_object(list), "name", "<i>");
    TemplateOptions options = {
        .escape = escape_html_attribute, .load = partial_load, .context = &text};
    buf_init(&out, 1 << 20);
    bool is_made = template_render("fuzz", text, value, &options, &out, &err);
    FUZZ_ASSERT(is_made || err.what[0] || buf_str(&out).length <= 1 << 20);
    return 0;
}
