/* visitor_test.c - the shorthands reach the engine that the visitor has.
 *
 * SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "unit.h"
#include "visit/visitor.h"

/** An engine that counts what it is asked. */
typedef struct Counted {
    Visitor base;
    int asked;
    bool is_closed;
} Counted;

static Counted *counted(Visitor *visitor)
{
    return (Counted *)(void *)visitor;
}

static bool count_press(Visitor *visitor, const Node *element, Move *move, Error *err)
{
    (void)element, (void)err;
    counted(visitor)->asked++;
    move->result = MOVE_STATE;
    return true;
}

static void count_close(Visitor *visitor)
{
    counted(visitor)->is_closed = true;
}

static const VisitorEngine ENGINE = {
    .name = "counted", .press = count_press, .close = count_close};

void test_visitor__shorthands_ask_the_engine(void)
{
    Counted made = {.base.engine = &ENGINE};
    Visitor *visitor = &made.base;
    Move move = {.result = MOVE_NOTHING};
    Error err = {0};
    assert_true(visitor_press(visitor, NULL, &move, &err));
    assert_int_equal(move.result, MOVE_STATE);
    assert_int_equal(made.asked, 1);
    assert_null(visitor_page(visitor));
    visitor_close(&visitor);
    assert_true(made.is_closed);
    assert_null(visitor);
    visitor_close(&visitor);
}
