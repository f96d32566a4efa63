/* hostile.h - strings that a shop could write anywhere: each must land as text.
 *
 * SPDX-License-Identifier: MIT */
#ifndef TESTS_REPORT_HOSTILE_H
#define TESTS_REPORT_HOSTILE_H

#include <stddef.h>

static const char *const hostile_strings[] = {
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "\"><img src=x onerror=alert(1)>",
    "'><img src=x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' onmouseover='alert(1)",
    "` onmouseover=`alert(1)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<!-- --><b>",
    "-->",
    "]]>",
    "<![CDATA[<b>]]>",
    "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>&e;",
    "&lt;script&gt;",
    "&#60;script&#62;",
    "{{host}}",
    "{{{css}}}",
    "{{#mark}}x{{/mark}}",
    "{{> cover}}",
    "{{=<% %>=}}",
    "{count|a|b}",
    "{value}",
    "=1+1",
    "=HYPERLINK(\"http://example.com\",\"x\")",
    "+cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1,1)",
    "\t=1+1",
    "\r\n=1+1",
    "\xEF\xBC\x9D"
    "1+1",
    "a\";\"b\",\"c",
    "a\r\nb;c,d",
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b[2J\x1b[H",
    "\x9b"
    "31m",
    "\x07\x08\x7f",
    "\xE2\x80\xAE"
    "gnp.exe",
    "\xE2\x81\xA6\xE2\x81\xA7\xE2\x81\xA9",
    "\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
    "\xE2\x80\xA8"
    "line\xE2\x80\xA9",
    "\xEF\xBB\xBF"
    "bom",
    "\xED\xA0\x80\xED\xB0\x80",
    "\xC0\xAF\xC0\xBC",
    "\xFF\xFE\x80",
    "\xF4\x90\x80\x80",
    "\xEF\xBF\xBE\xEF\xBF\xBF",
    "\xF3\xA0\x80\xA1\xF3\xA0\x81\xA1",
    "[x](javascript:alert(1))",
    "![x](http://example.com/x.png)",
    "| a | b |\n| - | - |",
    "# heading\n- list\n> quote",
    "```\ncode\n```",
    "`code` ``two``",
    "@everyone #1 :smile: http://example.com www.example.com",
    "*b* _i_ ~s~ $m$ \\",
    "%s%n%x%p",
    "../../../etc/passwd",
    "\\u0000\\ud800",
    "{\"$ref\": \"#\"}",
    "constructor __proto__ toString",
    "",
    " ",
    "a very long word "
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww"
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
};

enum { HOSTILE_COUNT = sizeof hostile_strings / sizeof hostile_strings[0] };

#endif
