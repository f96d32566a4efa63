// content.mjs - faults of what is inside the answers: HTML, styles, pictures, scripts,
// cookies, redirects, robots.txt and sitemaps.
// SPDX-License-Identifier: MIT
import { deflateSync, gzipSync } from "node:zlib";

/** The page with something put before the end of its body (or in place of a marker). */
const put = (text, place = "</body>") => (answer, { kind }) =>
  kind === "page" && /html/.test(answer.headers["content-type"] ?? "")
    // The shop's own policy would stop what the fault puts in.
    ? { ...answer, headers: { ...answer.headers, "content-security-policy": [] }, body: Buffer.from(answer.body.toString().replace(place, () => (place === "</body>" ? text + place : place + text))) } : answer;
const first = (text) => put(text, "<head>");
/** Another answer for one kind of thing. */
const instead = (wanted, status, type, body) => (request, response, { kind }) => {
  if (kind !== wanted) return false;
  response.writeHead(status, { "content-type": type });
  response.end(typeof body === "function" ? body() : body);
};
const script = (code) => first(`<script>${code}</script>`);

/** For ever, as fast as the other side reads. */
const endless = (wanted, type, start, piece) => (request, response, { kind }) => {
  if (kind !== wanted) return false;
  response.writeHead(200, { "content-type": type });
  response.write(start);
  const more = () => { while (!response.destroyed && response.write(piece)); };
  response.on("drain", more);
  more();
};
const mute = (wanted) => (request, response, { kind }) => kind === wanted;

export const markup = [
  { id: "html-nul", what: "NUL bytes all over", change: put("\0\0<p>a\0b</p>\0") },
  { id: "html-deep", what: "100,000 elements within each other", change: put("<div>".repeat(100000)) },
  { id: "html-fonts", what: "formatting elements that multiply", change: put(Array.from({ length: 3000 }, (_, i) => `<p><font size=${i}><b>`).join("")) },
  { id: "html-attributes", what: "100,000 attributes on one element", change: put(`<p ${Array.from({ length: 100000 }, (_, i) => `a${i}=1`).join(" ")}>`) },
  { id: "html-30mb", what: "a page of 30 MB", change: put("<p>Nothing but filling.</p>".repeat(1200000)) },
  { id: "html-open-script", what: "a script that never closes", change: put("<script>var a = '") },
  { id: "html-endless", what: "a page without end", answer: endless("page", "text/html", "<!doctype html><title>A shop</title>", "<p>more and more</p>".repeat(500)) },
  { id: "html-never-closes", what: "the page comes and never ends", change: (a, { kind }) => (kind === "page" ? { ...a, open: true } : a) },
  { id: "html-binary", what: "random bytes as pages", answer: instead("page", 200, "text/html", Buffer.from(Array.from({ length: 60000 }, (_, i) => (i * i * 31 + i * 7) % 256))) },
  { id: "html-empty", what: "empty pages", answer: instead("page", 200, "text/html", "") },
  { id: "html-refresh-loop", what: "refreshes to itself at once", change: first('<meta http-equiv="refresh" content="0">') },
  { id: "html-refresh-circle", what: "two pages refresh to each other", change: (a, context) => first(`<meta http-equiv="refresh" content="0;url=/?n=${context.count}">`)(a, context) },
  { id: "html-links", what: "100,000 links", change: put(Array.from({ length: 100000 }, (_, i) => `<a href="/p/${i}">${i}</a>`).join("")) },
  { id: "html-fields", what: "20,000 fields in a form", change: put(`<form method=post>${Array.from({ length: 20000 }, (_, i) => `<label>${i}<input name=f${i}></label>`).join("")}</form>`) },
  { id: "html-same-ids", what: "50,000 times the same id", change: put("<p id=main>x</p>".repeat(50000)) },
  { id: "html-base", what: "addresses based on file:", change: first('<base href="file:///etc/">') },
  { id: "html-base-script", what: "addresses based on javascript:", change: first('<base href="javascript:alert(1)//">') },
  { id: "html-frames", what: "frames within frames without end", change: (a, context) => put(`<iframe src="/?f=${context.count}"></iframe>`.repeat(2))(a, context) },
  { id: "html-entities", what: "a million entities", change: put("&NotEqualTilde;&#x10ffff;&#0;&nosuch;".repeat(250000)) },
  { id: "html-controls", what: "control and direction characters", change: put("<h2>\u202egnirts\u202c \u0007\u001b[31m\u0085\ufeff\uffff</h2>") },
  { id: "html-terminal", what: "escape sequences for terminals in the title", change: put("<title>\u001b]0;owned\u0007\u001b[2J\u009b31m</title>", "<head>") },
  { id: "html-report-attack", what: "markup and formulas for the report", change: put('<h1>"><script>alert(1)</script>{{secret}}</h1><a href="javascript:alert(2)">=cmd|calc</a>') },
  { id: "html-xml", what: "XHTML that is not well-formed", answer: instead("page", 200, "application/xhtml+xml", '<html xmlns="http://www.w3.org/1999/xhtml"><p>a<b></p></html>') },
];

const svgLaughs = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "ha">${"bcdefghij".split("").map((c, i) => `<!ENTITY ${c} "${`&${"abcdefghij"[i]};`.repeat(10)}">`).join("")}]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&j;</text></svg>`;

function pngHead(width, height, body = Buffer.alloc(0)) {
  const part = (name, data) => {
    const bytes = Buffer.concat([Buffer.from(name), data]);
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    return Buffer.concat([head, bytes, Buffer.alloc(4)]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), part("IHDR", size), part("IDAT", body)]);
}

export const styles = [
  { id: "css-import-loop", what: "a style that imports itself", answer: instead("css", 200, "text/css", "@import url('?'); @import url('style.css');") },
  { id: "css-import-chain", what: "imports without end", answer: (q, r, { kind, count }) => { if (kind !== "css") return false; r.writeHead(200, { "content-type": "text/css" }); r.end(`@import url("/next-${count}.css");`); } },
  { id: "css-mute", what: "the style never comes", answer: mute("css") },
  { id: "css-gone", what: "the style is gone (404)", answer: instead("css", 404, "text/html", "<h1>gone</h1>") },
  { id: "css-endless", what: "a style without end", answer: endless("css", "text/css", "", ".a:not(.b)>c{color:red}\n".repeat(500)) },
  { id: "css-html", what: "a page in place of the style", answer: instead("css", 200, "text/html", "<!doctype html><title>x</title>") },
  { id: "css-heavy", what: "selectors that cost much", answer: instead("css", 200, "text/css", Array.from({ length: 3000 }, (_, i) => `:has(:not(.a${i}) ~ :nth-child(${i}n+1)):is(div *,p *,a *){color:#${(i % 900) + 100}}`).join("\n")) },
  { id: "css-urls", what: "20,000 pictures named by a style", answer: instead("css", 200, "text/css", Array.from({ length: 20000 }, (_, i) => `.b${i}{background:url(/b${i}.png)}`).join("")) },
];

export const images = [
  { id: "img-type-lie", what: "pages in place of pictures", answer: instead("image", 200, "image/png", "<!doctype html><h1>not found</h1>") },
  { id: "img-huge", what: "a picture of 60,000 × 60,000", answer: instead("image", 200, "image/png", () => pngHead(60000, 60000, deflateSync(Buffer.alloc(1 << 20)))) },
  { id: "img-cut", what: "pictures that break off", answer: instead("image", 200, "image/png", () => pngHead(300, 300).subarray(0, 30)) },
  { id: "img-endless", what: "a picture without end", answer: endless("image", "image/jpeg", Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(65536, 0x11)) },
  { id: "img-mute", what: "pictures never come", answer: mute("image") },
  { id: "img-gone", what: "every picture is gone", answer: instead("image", 404, "text/html", "gone") },
  { id: "img-laughs", what: "a billion laughs in SVG", answer: instead("image", 200, "image/svg+xml", svgLaughs) },
  { id: "img-empty", what: "pictures without a byte", answer: instead("image", 200, "image/webp", "") },
];

export const scripts = [
  { id: "js-loop", what: "a script that never ends", change: script("for(;;);") },
  { id: "js-late-loop", what: "hangs two seconds after loading", change: script("setTimeout(()=>{for(;;);},2000)") },
  { id: "js-alerts", what: "dialogs without end", change: script("for(let i=0;i<1e6;i++)alert('win a phone '+i)") },
  { id: "js-windows", what: "opens windows at every click", change: script("addEventListener('click',()=>{for(let i=0;i<20;i++)open('/?w='+i)},true)") },
  { id: "js-download", what: "starts downloads", change: script("setInterval(()=>{const a=document.createElement('a');a.href='data:application/octet-stream,x';a.download='x.exe';document.documentElement.append(a);a.click();a.remove()},50)") },
  { id: "js-print", what: "prints", change: script("addEventListener('load',()=>print())") },
  { id: "js-memory", what: "eats all memory", change: script("const a=[];setInterval(()=>{for(let i=0;i<20;i++){const b=new Uint8Array(16<<20);b.fill(i);a.push(b)}},1)") },
  { id: "js-heap", what: "fills the heap until the renderer dies", change: script("const a=[];for(;;)a.push(new Array(1e6).fill({}))") },
  { id: "js-reload", what: "reloads itself", change: script("setTimeout(()=>location.reload(),300)") },
  { id: "js-circle", what: "sends on by script in circles", change: script("location.href='/?n='+Math.random()") },
  { id: "js-never-quiet", what: "asks for something all the time", change: script("setInterval(()=>fetch('/robots.txt?'+Math.random()),50)") },
  { id: "js-mutates", what: "changes the page all the time", change: script("setInterval(()=>{const b=document.body;if(b){const p=document.createElement('p');p.textContent=Date.now();b.append(p);if(b.children.length>500)b.lastChild.remove()}},1)") },
  { id: "js-history", what: "fills the history", change: script("setInterval(()=>history.pushState({},'','/?h='+Math.random()),20)") },
  { id: "js-leave", what: "does not let one leave", change: script("onbeforeunload=(e)=>{e.preventDefault();return 'stay'};addEventListener('click',()=>{onbeforeunload=(e)=>{e.preventDefault();return 'x'}},true)") },
  { id: "js-write", what: "writes the page anew after loading", change: script("addEventListener('load',()=>setTimeout(()=>{document.open();document.write('<h1>Gone</h1>');document.close()},200))") },
  { id: "js-worker", what: "a service worker that answers nothing", change: script("navigator.serviceWorker&&navigator.serviceWorker.register('/sw.js')"), answer: (q, r, { path }) => { if (!path.startsWith("/sw.js")) return false; r.writeHead(200, { "content-type": "text/javascript" }); r.end("onfetch=(e)=>e.respondWith(new Promise(()=>{}));oninstall=()=>skipWaiting();onactivate=(e)=>e.waitUntil(clients.claim())"); } },
  { id: "js-console", what: "100,000 lines on the console", change: script("for(let i=0;i<1e5;i++)console.log('x'.repeat(100)+i)") },
  { id: "js-errors", what: "errors all the time", change: script("setInterval(()=>{throw new Error('boom '+Math.random())},5)") },
  { id: "js-poison", what: "breaks the language for everybody", change: script("Array.prototype.map=Array.prototype.filter=Array.prototype.forEach=()=>{throw 1};JSON.stringify=()=>'{}';JSON.parse=()=>null;document.querySelector=document.querySelectorAll=()=>null;Object.defineProperty(Object.prototype,'length',{get(){return 1e9},set(){},configurable:true});Element.prototype.getBoundingClientRect=()=>({get x(){throw 2}});Promise.prototype.then=undefined") },
  { id: "js-debugger", what: "stops for a debugger", change: script("setInterval(()=>{debugger},100)") },
  { id: "js-asks", what: "asks for camera, place and notices", change: script("navigator.geolocation.getCurrentPosition(()=>{});Notification.requestPermission();navigator.mediaDevices&&navigator.mediaDevices.getUserMedia({video:true}).catch(()=>{})") },
  { id: "js-protocol", what: "opens other programs", change: script("setTimeout(()=>{location.href='mailto:a@example.com'},100);setTimeout(()=>{location.href='tel:1'},200)") },
  { id: "js-focus", what: "takes the focus all the time", change: script("setInterval(()=>{const i=document.querySelector('input');i&&i.focus()},10)") },
  { id: "js-frames", what: "adds frames all the time", change: script("setInterval(()=>{if(document.body&&document.querySelectorAll('iframe').length<200){const f=document.createElement('iframe');f.src='/robots.txt?'+Math.random();document.body.append(f)}},10)") },
  { id: "js-sockets", what: "opens 1,000 sockets", change: script("for(let i=0;i<1000;i++)try{new WebSocket('ws://'+location.host+'/s')}catch(e){}") },
  { id: "js-mute", what: "a script never comes", change: put("<script src=/never.js></script>"), answer: (q, r, { path }) => path.startsWith("/never.js") },
];

const cookies = (list) => (answer, { kind }) => {
  if (kind !== "page") return answer;
  const own = answer.headers["set-cookie"] ?? [];
  return { ...answer, headers: { ...answer.headers, "set-cookie": [...own, ...list] } };
};

export const jars = [
  { id: "cookie-many", what: "500 cookies a page", change: cookies(Array.from({ length: 500 }, (_, i) => `c${i}=v; Path=/`)) },
  { id: "cookie-huge", what: "cookies of 60 kB in all", change: cookies(Array.from({ length: 15 }, (_, i) => `big${i}=${"v".repeat(4000)}`)) },
  { id: "cookie-foreign", what: "cookies of other domains", change: cookies(["a=1; Domain=example.com", "b=2; Domain=com", "c=3; Domain=.", "d=4; Domain=127.0.0.2"]) },
  { id: "cookie-odd", what: "cookies with odd characters", raw: true, change: cookies(["=x", "a", ";;;", "q=\"a;b\"; Expires=never", "e=1; Max-Age=99999999999999999999", "z=1; Expires=Thu, 99 Foo 99999 99:99:99 GMT", "caf\u00e9=\u00e9t\u00e9"]) },
  { id: "cookie-wall", what: "sends in circles until a cookie comes that never does", answer: (q, r, { kind }) => {
      if (kind !== "page" || /never=1/.test(q.headers.cookie ?? "")) return false;
      r.writeHead(302, { location: q.url, "set-cookie": "never=1; Domain=example.com" }); r.end(); } },
];

const sendTo = (location, status = 302) => (q, r, context) => {
  if (context.kind !== "page") return false;
  r.writeHead(status, { location: typeof location === "function" ? location(q, context) : location });
  r.end();
};

export const redirects = [
  { id: "to-itself", what: "a page that sends to itself", answer: sendTo((q) => q.url) },
  { id: "to-circle", what: "two pages that send to each other", answer: sendTo((q) => (q.url === "/a" ? "/b" : "/a")) },
  { id: "to-endless", what: "redirects without end", answer: sendTo((q, { count }) => `/r/${count}`) },
  { id: "to-file", what: "sends to file:///etc/passwd", answer: sendTo("file:///etc/passwd") },
  { id: "to-script", what: "sends to javascript:", answer: sendTo("javascript:alert(1)") },
  { id: "to-data", what: "sends to data:", answer: sendTo("data:text/html,<h1>x</h1>") },
  { id: "to-ftp", what: "sends to ftp:", answer: sendTo("ftp://127.0.0.1/") },
  { id: "to-nowhere", what: "302 without Location", answer: (q, r, { kind }) => { if (kind !== "page") return false; r.writeHead(302); r.end("go"); } },
  { id: "to-bad-url", what: "sends to an address that is none", answer: sendTo("http://[::bad/%zz") },
  { id: "to-long", what: "sends to an address of 100 kB", answer: sendTo(`/${"a".repeat(100000)}`) },
  { id: "to-slashes", what: "sends to ////", answer: sendTo("////") },
  { id: "to-closed-port", what: "sends where nobody listens", answer: sendTo("http://127.0.0.1:9/") },
  { id: "to-private", what: "a public shop sends to a private address", host: "shop.test", dns: () => ({ address: "203.0.113.10" }), trap: true, answer: (q, r, { front }) => { r.writeHead(302, { location: `http://10.9.8.7:${front.trapPort}/secret` }); r.end(); } },
  { id: "to-metadata", what: "a public shop sends to the cloud's metadata", dns: () => ({ address: "203.0.113.10" }), trap: true, answer: (q, r, { front }) => { r.writeHead(302, { location: `http://169.254.169.254:${front.trapPort}/latest/meta-data/` }); r.end(); } },
  { id: "to-loopback", what: "a public shop's page frames and fetches loopback", dns: () => ({ address: "203.0.113.10" }), trap: true, change: (a, context) => put(`<iframe src="http://127.0.0.1:${context.front.trapPort}/f"></iframe><img src="http://10.9.8.7:${context.front.trapPort}/i.png"><script>fetch("http://[::1]:${context.front.trapPort}/x",{mode:"no-cors"});new WebSocket("ws://10.9.8.7:${context.front.trapPort}/w")</script><link rel=stylesheet href="http://localhost:${context.front.trapPort}/c.css">`)(a, context) },
];

const robots = (status, body, type = "text/plain") => ({ answer: instead("robots", status, type, body) });
const sitemap = (body, type = "application/xml") => ({ answer: instead("sitemap", 200, type, body) });

export const files = [
  { id: "robots-huge", what: "robots.txt of 30 MB", ...robots(200, () => "Disallow: /x\n".repeat(2400000)) },
  { id: "robots-html", what: "a page as robots.txt", ...robots(200, "<!doctype html><h1>Hello</h1>", "text/html") },
  { id: "robots-500", what: "robots.txt fails", ...robots(500, "no") },
  { id: "robots-mute", what: "robots.txt never comes", answer: mute("robots") },
  { id: "robots-binary", what: "random bytes as robots.txt", ...robots(200, Buffer.from(Array.from({ length: 9999 }, (_, i) => (i * 7919) % 256))) },
  { id: "robots-delay", what: "Crawl-delay of a year", ...robots(200, "User-agent: *\nCrawl-delay: 31536000\n") },
  { id: "robots-stars", what: "patterns of 500 stars", ...robots(200, `User-agent: *\nDisallow: /${"*a".repeat(500)}$\n`.repeat(50)) },
  { id: "robots-nothing", what: "robots.txt forbids all", ...robots(200, "User-agent: *\nDisallow: /\n") },
  { id: "robots-circle", what: "robots.txt sends in circles", answer: (q, r, { kind }) => { if (kind !== "robots") return false; r.writeHead(301, { location: "/robots.txt" }); r.end(); } },
  { id: "sitemap-endless", what: "a sitemap without end", answer: endless("sitemap", "application/xml", "<urlset>", "<url><loc>http://127.0.0.1/a</loc></url>".repeat(300)) },
  { id: "sitemap-self", what: "a sitemap that indexes itself", ...sitemap('<sitemapindex><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>') },
  { id: "sitemap-bomb", what: "a sitemap of 200 MB in gzip", answer: (q, r, { kind }) => { if (kind !== "sitemap") return false; r.writeHead(200, { "content-type": "application/xml", "content-encoding": "gzip" }); r.end(gzipSync(Buffer.alloc(200 << 20, 0x20))); } },
  { id: "sitemap-laughs", what: "a billion laughs as sitemap", ...sitemap(svgLaughs) },
  { id: "sitemap-html", what: "a page as sitemap", ...sitemap("<!doctype html><h1>Hello</h1>", "text/html") },
  { id: "sitemap-entity", what: "a sitemap that reads /etc/passwd", ...sitemap('<?xml version="1.0"?><!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>&x;</loc></url></urlset>') },
];
