/* nasty_test.c - pages that try to make a visitor order: nothing may ever reach the shop.
 * Tests the guards as the browser engine uses them: act.c, network_guard.c.
 *
 * The shop takes every POST and every address with "ordered" for an order.
 *
 * SPDX-License-Identifier: MIT */
#include <string.h>

#include "unit.h"
#include "visit.h"
#include "visit/chromium/chromium.h"

#define TOTAL "<h1>Checkout</h1><p>Lamp 40.00</p><p>Total to pay 45.00</p>"
#define PAYMENT                                                                            \
    "<label><input type=radio name=payment_method value=card checked> Card</label>"        \
    "<label><input type=radio name=payment_method value=cheque> Cheque</label>"

/** A page, and what it would send. */
typedef struct Nasty {
    const char *path;
    const char *html;
} Nasty;

static const Nasty PAGES[] = {
    {"/p/one-click", "<h1>Lamp</h1><button id=x onclick=\"fetch('/x1',{method:'POST'})\">"
                     "Buy now with 1-Click</button>"},
    {"/checkout/review",
     TOTAL "<button id=x onclick=\"fetch('/x2',{method:'POST'})\">Continue</button>"},
    {"/checkout/step4", TOTAL "<form method=post action=/x3><button id=x>Next</button>"},
    {"/checkout/step5", TOTAL "<a id=x href=/ordered>Continue</a>"},
    {"/cart/buy", "<h1>Your cart</h1><a id=x href='/ordered?action=buy&sku=1'>Buy now</a>"},
    {"/step/change",
     "<h1>Step</h1><button id=x onclick=\"fetch('/x4',{method:'POST'})\">Look</button>"
     "<script>x.onmouseover=()=>{x.textContent='Place your order now'}</script>"},
    {"/step/late",
     "<h1>Step</h1><div id=box><button id=x onclick=\"fetch('/x5',{method:'POST'})\">More"
     "</button></div><script>addEventListener('mousemove',()=>{document.title='Pay';"
     "x.setAttribute('aria-label','Pay now')})</script>"},
    {"/step/box",
     "<h1>Step</h1><div id=x style='padding:60px;width:300px'><button style='width:100%;"
     "height:80px' onclick=\"fetch('/x6',{method:'POST'})\">Place order</button></div>"},
    {"/step/graphql",
     "<h1>Lamps</h1><button id=x onclick=\"fetch('/graphql',{method:'POST',headers:{"
     "'content-type':'application/json'},body:JSON.stringify({query:'mutation { placeOrder "
     "{ id } }'})})\">More</button>"},
    {"/step/persisted",
     "<h1>Lamps</h1><button id=x onclick=\"fetch('/graphql?operationName=placeOrder&"
     "ordered')\">More</button>"},
    {"/step/rest",
     "<h1>Lamps</h1><button id=x onclick=\"fetch('/api/orders',{method:'POST',body:'{}'})\">"
     "More</button>"},
    {"/step/beacon",
     "<h1>Lamps</h1><button id=x onclick=\"navigator.sendBeacon('/checkout/confirm','a')\">"
     "More</button>"},
    {"/step/xhr", "<h1>Lamps</h1><button id=x onclick=\"var r=new XMLHttpRequest();"
                  "r.open('PUT','/order/confirm/ordered');r.send('a')\">More</button>"},
    {"/step/image",
     "<h1>Lamps</h1><button id=x onclick=\"new Image().src='/saveorder?ordered=1'\">More"
     "</button>"},
    {"/step/form",
     "<h1>Lamps</h1><form id=f method=post action=/checkout/confirm><input name=a></form>"
     "<button id=x type=button onclick='f.submit()'>More</button>"},
    {"/step/escaped",
     "<h1>Lamps</h1><form id=f method=post action='/check%6Fut/c%6Fnfirm'></form>"
     "<button id=x type=button onclick='f.submit()'>More</button>"},
    {"/step/frame",
     "<h1>Lamps</h1><iframe name=t></iframe><form id=f method=post target=t "
     "action=/place-order></form><button id=x type=button onclick='f.submit()'>More"
     "</button>"},
    {"/step/wallet", "<h1>Lamp</h1><button id=x aria-label='Apple Pay' "
                     "onclick=\"fetch('/x7',{method:'POST'})\"></button>"},
    {"/step/gpay", "<h1>Lamp</h1><div id=x role=button aria-label='Buy with GPay' "
                   "style='width:200px;height:40px' "
                   "onclick=\"fetch('/x8',{method:'POST'})\"></div>"},
    {"/checkout/payment", "<h1>Payment</h1><form method=post action=/x9>" PAYMENT
                          "<button id=x>OK</button></form>"},
    {"/checkout/terms",
     "<h1>Payment</h1><form method=post action=/x10>" PAYMENT
     "<label><input id=x type=checkbox name=terms onchange=\"fetch('/x10',{method:'POST'})"
     "\"> I accept the terms</label></form>"},
    {"/auto/confirm",
     "<h1>One moment</h1><p id=x>Please wait</p><form id=f method=post "
     "action=/checkout/confirm></form><script>setTimeout(()=>f.submit(),200)</script>"},
    {"/checkout/auto",
     TOTAL "<p id=x>Please wait</p><form id=f method=post action=/x11></form>"
           "<script>setTimeout(()=>f.submit(),200)</script>"},
    {"/auto/fetch",
     "<h1>One moment</h1><p id=x>Please wait</p><script>setTimeout(()=>fetch('/api/order',"
     "{method:'POST',body:'{}'}),200)</script>"},
    {"/auto/worker",
     "<h1>One moment</h1><p id=x>Please wait</p><script>new Worker(URL.createObjectURL("
     "new Blob([`fetch('${location.origin}/api/payments',{method:'POST',body:'{}'})`])))"
     "</script>"},
};

static bool serve_nasty(int socket, const ServerRequest *request)
{
    for (size_t i = 0; i < COUNT_OF(PAGES); i++)
        if (strcmp(request->path, PAGES[i].path) == 0 &&
            strcmp(request->method, "GET") == 0)
            return server_page(socket, "200 OK", "text/html; charset=utf-8", "",
                               PAGES[i].html);
    return server_page(socket, "200 OK", "text/html", "", "<h1>Thank you</h1>");
}

static int orders(const TestVisit *test)
{
    return server_count(&test->server, "POST /") + server_count(&test->server, "PUT /") +
           server_count(&test->server, "ordered");
}

void test_nasty__no_page_makes_a_visitor_order(void)
{
    TestVisit test;
    int known = 0;
    test_visit_open(&test, serve_nasty);
    for (size_t i = 0; i < COUNT_OF(PAGES); i++) {
        test_visit_go(&test, PAGES[i].path);
        test_visit_press(&test, "x");
        if (orders(&test) != known) {
            print_error("%s ordered\n", PAGES[i].path);
            known = orders(&test);
        }
    }
    assert_int_equal(known, 0);
    test_visit_close(&test);
}

void test_nasty__terms_beside_a_payment_are_not_ticked(void)
{
    TestVisit test;
    Error err = {0};
    test_visit_open(&test, serve_nasty);
    test_visit_go(&test, "/checkout/terms");
    const Node *box = document_by_id(test.document, "x");
    assert_true(visitor_choose(test.visitor, box, "on", &test.move, &err));
    assert_int_equal(test.move.result, MOVE_REFUSED);
    assert_int_equal(orders(&test), 0);
    test_visit_close(&test);
}

static bool serve_cards(int socket, const ServerRequest *request)
{
    bool is_inner = strcmp(request->path, "/card") == 0;
    return server_page(
        socket, "200 OK", "text/html; charset=utf-8", "",
        is_inner ? "<input id=card autofocus name=cardnumber autocomplete=cc-number "
                   "oninput=\"fetch('/typed/'+this.value)\">"
                 : "<h1>Payment</h1><input id=own name=cardnumber autocomplete=cc-number "
                   "oninput=\"fetch('/typed/'+this.value)\"><div id=host></div><script>"
                   "host.innerHTML=`<iframe id=f title='Secure card payment' "
                   "src='http://localhost:${location.port}/card' style='width:300px;"
                   "height:80px'></iframe>`</script>");
}

void test_nasty__card_fields_are_never_typed_into(void)
{
    TestVisit test;
    Error err = {0};
    test_visit_open(&test, serve_cards);
    test_visit_go(&test, "/pay");
    const Node *own = document_by_id(test.document, "own");
    assert_true(visitor_fill(test.visitor, own, "4242", &test.move, &err));
    assert_int_equal(test.move.result, MOVE_REFUSED);
    /* A press into the provider's frame puts the caret there: it is not made. */
    test_visit_press(&test, "f");
    assert_int_equal(test.move.result, MOVE_REFUSED);
    key_strike(chromium_of(test.visitor), "4");
    cdp_pump(chromium_of(test.visitor)->cdp, clock_now_us(&test.clock) + 300000, NULL);
    assert_int_equal(server_count(&test.server, "/typed/"), 0);
    test_visit_close(&test);
}
