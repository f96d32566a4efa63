/* cmd_demo.c - `mystery demo`. Layer: cli. SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "cli/cli.h"
#include "demo/demo.h"

static void ready_print(void *context, int port)
{
    const Cli *cli = context;
    if (!cli->is_quiet)
        printf("http://127.0.0.1:%d\n", port);
    fflush(stdout);
}

static void words_write(JsonWriter *json, const char *key, const char *words)
{
    Str rest = str_of(words);
    Str word;
    json_write_key(json, key);
    json_write_array(json);
    while (str_next_word(&rest, &word))
        json_write_str(json, word);
    json_write_end(json);
}

static void flaws_write(const DemoFlawInfo *flaws, size_t count, Buf *out)
{
    JsonWriter json;
    json_writer_init(&json, out, true);
    json_write_array(&json);
    for (size_t i = 0; i < count; i++) {
        json_write_object(&json);
        json_put_text(&json, "id", flaws[i].id);
        json_write_key(&json, "title");
        json_write_object(&json);
        json_put_text(&json, "en", flaws[i].en);
        json_put_text(&json, "fr", flaws[i].fr);
        json_write_end(&json);
        words_write(&json, "engines", flaws[i].engine);
        words_write(&json, "rules", flaws[i].rules);
        words_write(&json, "pages", flaws[i].pages);
        json_write_end(&json);
    }
    json_write_end(&json);
    buf_add_byte(out, '\n');
}

static void flaws_print(const Cli *cli)
{
    size_t count = 0;
    const DemoFlawInfo *flaws = demo_flaws(&count);
    bool is_french = strcmp(cli->plan.language, "fr") == 0;
    if (cli->plan.formats.count && strcmp(cli->plan.formats.items[0], "json") == 0) {
        AUTO(buf_release) Buf out = {0};
        buf_init(&out, 1 << 20);
        flaws_write(flaws, count, &out);
        fwrite(buf_text(&out), 1, out.length, stdout);
        return;
    }
    for (size_t i = 0; i < count; i++)
        printf("%-26s %s\n%-26s   %s\n", flaws[i].id, is_french ? flaws[i].fr : flaws[i].en,
               "", flaws[i].rules);
}

int cmd_demo(Cli *cli, Error *err)
{
    DemoOptions options;
    if (cli->lists_flaws) {
        flaws_print(cli);
        return 0;
    }
    demo_options_init(&options);
    options.port = cli->port;
    options.delay_us = cli->delay_us;
    options.ready = ready_print;
    options.ready_context = cli;
    if (cli->flaws && !demo_flaws_parse(cli->flaws, &options, err))
        return -1;
    return demo_serve(&options, cli->clock, err) ? 0 : -1;
}
