/* visitor.c - the shorthands by which intents drive an engine.
 *
 * Layer: visit. SPDX-License-Identifier: MIT */
#include "visit/visitor.h"

#include <stddef.h>

bool visitor_open(Visitor *visitor, const char *url, Move *move, Error *err)
{
    return visitor->engine->open(visitor, url, move, err);
}

bool visitor_press(Visitor *visitor, const Node *element, Move *move, Error *err)
{
    return visitor->engine->press(visitor, element, move, err);
}

bool visitor_fill(Visitor *visitor, const Node *control, const char *text, Move *move,
                  Error *err)
{
    return visitor->engine->fill(visitor, control, text, move, err);
}

bool visitor_choose(Visitor *visitor, const Node *control, const char *value, Move *move,
                    Error *err)
{
    return visitor->engine->choose(visitor, control, value, move, err);
}

bool visitor_enter(Visitor *visitor, const Node *control, Move *move, Error *err)
{
    return visitor->engine->enter(visitor, control, move, err);
}

bool visitor_go(Visitor *visitor, History history, Move *move, Error *err)
{
    return visitor->engine->go(visitor, history, move, err);
}

bool visitor_look(Visitor *visitor, const Document **document, const FormState **state,
                  Error *err)
{
    return visitor->engine->look(visitor, document, state, err);
}

bool visitor_pass(Visitor *visitor, int64_t timeout_us, Error *err)
{
    return visitor->engine->wait(visitor, timeout_us, err);
}

const Page *visitor_page(const Visitor *visitor)
{
    return visitor->page;
}

void visitor_close(Visitor **visitor)
{
    if (*visitor)
        (*visitor)->engine->close(*visitor);
    *visitor = NULL;
}
