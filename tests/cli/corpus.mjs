// corpus.mjs - hostile texts: what somebody could write into a shop's titles, names, headers and
// addresses to get at who reads the report. Made by rule from payloads and the places they aim at.
// SPDX-License-Identifier: MIT

const run = "window.ran=1";
const ask = "/_asked";

const html = [
  (js) => `<script>${js}</script>`,
  (js) => `<SCRIPT SRC=${ask}></SCRIPT><!-- ${js} -->`,
  (js) => `<script type=module>${js}</script>`,
  (js) => `<img src=x onerror="${js}">`,
  (js) => `<img src=x onerror=${js}//`,
  (js) => `<img src=${ask} srcset="${ask} 2x" alt="${js}">`,
  (js) => `<body onload=${js}>`,
  (js) => `<details open ontoggle=${js}><summary>x</summary></details>`,
  (js) => `<input autofocus onfocus=${js}>`,
  (js) => `<video><source onerror=${js}></video>`,
  (js) => `<audio src=x onerror=${js}>`,
  (js) => `<iframe src="javascript:${js}"></iframe>`,
  (js) => `<iframe srcdoc="<script>parent.${js}</script>"></iframe>`,
  (js) => `<object data="javascript:${js}"></object>`,
  (js) => `<embed src="${ask}" onload=${js}>`,
  (js) => `<form action="javascript:${js}"><button autofocus>x</button></form>`,
  (js) => `<a href="javascript:${js}" autofocus>x</a>`,
  (js) => `<base href="//127.0.0.1:9/"><!-- ${js} -->`,
  (js) => `<meta http-equiv=refresh content="0;url=javascript:${js}">`,
  (js) => `<link rel=stylesheet href=${ask} onload=${js}>`,
  (js) => `<style>@import "${ask}";</style><b onmouseover=${js}>`,
  (js) => `<math><mtext><option><style></option></mtext><img src onerror=${js}></math>`,
  (js) => `<template><script>${js}</script></template>`,
  (js) => `<noscript><p title="</noscript><img src=x onerror=${js}>">`,
  (js) => `<select><style></select><img src=x onerror=${js}></style>`,
  (js) => `<marquee onstart=${js}>x</marquee>`,
];
const svg = [
  (js) => `<svg onload=${js}>`,
  (js) => `<svg><script>${js}</script></svg>`,
  (js) => `<svg><script xlink:href="${ask}" /><a>${js}</a></svg>`,
  (js) => `<svg><animate onbegin=${js} attributeName=x dur=1s>`,
  (js) => `<svg><a xlink:href="javascript:${js}"><text y=20>x</text></a></svg>`,
  (js) => `<svg><foreignObject><img src=x onerror=${js}></foreignObject></svg>`,
  (js) => `<svg><use href="${ask}#x"/><set attributeName=onload to=${js} /></svg>`,
  (js) => `<svg><image href="${ask}" onerror=${js} /></svg>`,
];
const breakouts = ["", '">', "'>", "`>", "-->", "]]>", "</title>", "</script>", "</style>", "</textarea>", '" onx="', "*/"];
const templates = [
  "{{w.title}}", "{{{w.title}}}", "{{&w.title}}", "{{#sections}}x{{/sections}}", "{{^w}}x{{/w}}", "{{/w}}", "{{!", "{{>story}}", "{{=<% %>=}}",
  "{{", "}}", "{{{{", "${7*7}", "#{7*7}", "<%= 7*7 %>", "<?php echo 7*7 ?>", "[[${7*7}]]", "{% include '/etc/passwd' %}", "{{constructor.constructor('window.ran=1')()}}",
  "{name}", "{n|visit|visits}", "{wait:ms}", "{@group}", "{count", "%s%s%s%n", "%1$s", "$(id)", "`id`", "\\u003cscript\\u003e", "{{css}}", "{{csp}}",
];
const entities = [
  "&lt;script&gt;window.ran=1&lt;/script&gt;", "&#60;script&#62;window.ran=1&#60;/script&#62;", "&#x3c;script&#x3e;", "&amp;lt;script&amp;gt;", "&quot;&gt;&lt;img src=x onerror=window.ran=1&gt;",
  "&NewLine;&Tab;javascript&colon;window.ran=1", "&#0;", "&#xD800;", "&#1114112;", "&bogus;", "&", "&&&&", "&#", "&#x;", "&apos; onx=&apos;", "<![CDATA[<script>window.ran=1</script>]]>", "<!ENTITY x SYSTEM '/etc/passwd'>&x;",
];
const formulas = ["=1+1", "=cmd|' /C calc'!A0", "+1+1", "-1+1", "@SUM(1+1)", '=HYPERLINK("http://127.0.0.1:9/?"&A1,"x")', "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", '"=1+1"', "'=1+1", "＝1+1", "＋1", "－1", "＠SUM(1)", ";=1+1", ",=1+1", '","=1+1', '";"=1+1', "=IMPORTXML(CONCAT(\"http://127.0.0.1:9/\",A1),\"//a\")", "DDE(\"cmd\";\"/C calc\")", "%0A=1+1", "-2+3+cmd|' /C calc'!A0"];
const esc = "\u001b";
const terminal = [
  `${esc}[31mred${esc}[0m`, `${esc}[2J${esc}[H`, `${esc}[1A${esc}[2K`, `${esc}[8m hidden ${esc}[28m`, `${esc}[6n`, `${esc}[c`, `${esc}[21t`, `${esc}]0;title\u0007`, `${esc}]8;;http://127.0.0.1:9/${esc}\\link${esc}]8;;${esc}\\`,
  `${esc}]52;c;aWQ=\u0007`, `${esc}]1337;File=inline=1:AAAA\u0007`, `${esc}P$q"p${esc}\\`, `${esc}_x${esc}\\`, `${esc}^x${esc}\\`, `${esc}c`, `${esc}(0lqk${esc}(B`, `${esc}[?1049h`, `${esc}[?25l`, `${esc}#8`, `${esc}[5;1r`, `${esc}Z`,
  "\u009b31mred", "\u009d0;title\u009c", "\u0090$q\u009c", "\u0084\u0085\u008d", "abc\b\b\bxyz", "100 / 100\rforged line", "a\vb\fc", "\u0007\u0007", "\u007f\u007f", "\u000e\u000f", "\u0018\u001a", "::error::forged", "::set-output name=x::1", "##[error]forged", "\nmystery: forged: line",
];
const marks = ["\u200e", "\u200f", "\u061c", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200b", "\u2028", "\u2029", "\ufeff", "\u{e0041}\u{e007f}", "\u180e", "\ufff9x\ufffb"];
const broken = ["\0", "a\0b", "\0<script>window.ran=1</script>", "\ud800", "\udc00", "a\udfffb", "\ud83d\ud83d", "\ufffe", "\uffff", "\u{1fffe}", ...Array.from({ length: 8 }, (_, i) => `c${String.fromCharCode(i + 1)}d`)];
const addresses = ["javascript:window.ran=1", "JaVaScRiPt:window.ran=1", "java\tscript:window.ran=1", "\u0001javascript:window.ran=1", "data:text/html,<script>window.ran=1</script>", "vbscript:msgbox(1)", "//127.0.0.1:9/", "\\\\127.0.0.1\\x", "file:///etc/passwd", "blob:null/x", "http://a@127.0.0.1:9/", "../../../../etc/passwd", "..\\..\\x", "screenshots/../../x.png", "#\" onx=\"", "?x='><b>"];
const markdown = ["[x](javascript:window.ran=1)", "![x](http://127.0.0.1:9/x.png)", "| a | b |", "|-|-|", "```", "~~~", "# forged", "> forged", "- [ ] forged", "<details open>", "@everyone", "fixes #1", "GH-1", "[ref]: http://127.0.0.1:9/", "***", "---", "1. forged", "http://127.0.0.1:9/ <b>", "\\", "$$x$$", "<!-- -->", "***x***_y_~~z~~"];
const layout = ["W".repeat(400), "\u0300".repeat(200) + "x", "\n".repeat(50) + "x", "x ".repeat(600), "𒐫".repeat(60), "﷽".repeat(40), "style=position:fixed;inset:0", "expression(window.ran=1)", "</div></div></div></section></main>", "<plaintext>", "<xmp>", "<!--", "<![if !IE]>", "--!>"];

/** All texts: each once, in a fixed order, more than 300. */
export const corpus = [
  ...new Set([
    ...html.flatMap((make, i) => [make(run), breakouts[i % breakouts.length] + make(run), breakouts[(i + 5) % breakouts.length] + make("alert(1)")]),
    ...svg.flatMap((make, i) => [make(run), breakouts[(i + 1) % breakouts.length] + make(run)]),
    ...breakouts.filter(Boolean).map((breakout) => `${breakout}${html[0](run)}`),
    ...templates, ...entities, ...formulas, ...terminal,
    ...marks.flatMap((mark) => [`${mark}x`, `price ${mark}00.1 EUR${mark}`]),
    ...broken, ...addresses, ...markdown, ...layout,
  ]),
];

/** Bytes of a text as a careless server sends them: lone surrogates as three bytes each. */
export function bytes(text) {
  const parts = [];
  for (const one of text) {
    const code = one.codePointAt(0);
    parts.push(code >= 0xd800 && code < 0xe000 ? Buffer.from([0xed, 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]) : Buffer.from(one));
  }
  return Buffer.concat(parts);
}
