/* snapshot.js - what the page is now: its tree as HTML with a mark on every element, the
 * state of its controls, and whether it is at rest. Runs in an isolated world, where the
 * page's scripts can neither see nor change it; the page's tree itself is hostile (a form
 * may hold an input named "attributes"), so properties of nodes are read by their own
 * getters. ASCII only. SPDX-License-Identifier: MIT */
(() => {
  if (globalThis.mystery) return;
  const getter = (owner, name) => Object.getOwnPropertyDescriptor(owner.prototype, name).get;
  const getFirst = getter(Node, 'firstChild');
  const getNext = getter(Node, 'nextSibling');
  const getParent = getter(Node, 'parentNode');
  const getType = getter(Node, 'nodeType');
  const getAttributes = getter(Element, 'attributes');
  const getShadow = getter(Element, 'shadowRoot');
  const first = node => getFirst.call(node);
  const next = node => getNext.call(node);
  const typeOf = node => getType.call(node);
  const shadowOf = node => getShadow.call(node);

  const DEPTH_MOST = 500;
  const LETTERS_MOST = 8 << 20;
  const TEMPLATE_MOST = 200000;
  const HTML = 'http://www.w3.org/1999/xhtml';
  const VOID = new Set(['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta',
    'param', 'source', 'track', 'wbr']);
  const RAW = new Set(['style', 'script', 'xmp', 'iframe', 'noembed', 'noframes', 'plaintext']);

  const my = globalThis.mystery = { version: 0, effects: 0, clicks: 0, changedAt: performance.now(), busyAt: 0 };

  /* ---- marks: an element keeps its number as long as the document lives ---- */

  /* Held strongly: an element's face in this world may be thrown away while the element
   * lives, and with it what hangs on it weakly. */
  const numbers = new Map();
  const elements = new Map();
  let count = -1;

  /* No two documents share a number: what those before this one have used is known outside
   * only. Whoever asks this document anything tells it first; until then (what is told
   * unasked: measure.js) nothing has a number, which is 0. */
  my.number = from => {
    if (count < 0) count = from;
  };
  my.markOf = element => {
    if (count < 0) return 0;
    let mark = numbers.get(element);
    if (mark === undefined) {
      mark = ++count;
      numbers.set(element, mark);
      elements.set(mark, element);
    }
    return mark;
  };
  /* The element of a mark while it is on the page, else null. */
  my.element = mark => {
    const element = elements.get(mark);
    return element && element.isConnected ? element : null;
  };

  /* ---- rest: what has changed, and when last ---- */

  const isNear = node => {
    const element = typeOf(node) === 1 ? node : getParent.call(node);
    if (!element || typeOf(element) !== 1) return true;
    const box = element.getBoundingClientRect();
    return box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth &&
      box.width * box.height > 0;
  };
  /* Attributes that change although nothing happens (a button shows that it was pressed). */
  const QUIET_NAMES = /^(class|style|tabindex|data-focus.*|data-hover.*)$/;
  const notice = records => {
    let looked = 0;
    for (const record of records) {
      my.version++;
      if (record.type !== 'attributes' || !QUIET_NAMES.test(record.attributeName)) my.effects++;
      /* Styles and classes move all the time (carousels); content says that the page works. */
      if (record.type === 'attributes' || looked >= 8) continue;
      looked++;
      if (isNear(record.target)) my.changedAt = performance.now();
    }
  };
  const observer = new MutationObserver(notice);
  const watched = new Set();
  const watch = root => {
    if (watched.has(root)) return;
    watched.add(root);
    observer.observe(root, { childList: true, subtree: true, characterData: true, attributes: true });
  };
  watch(document);
  for (const kind of ['input', 'change', 'toggle', 'focusin', 'scroll'])
    addEventListener(kind, () => {
      my.version++;
      if (kind !== 'focusin') my.effects++;
    }, { capture: true, passive: true });
  /* Presses that arrived at all: under load the browser loses one now and then. */
  addEventListener('click', event => {
    my.clicks++;
    my.clicked = event.composedPath()[0];
  }, { capture: true, passive: true });
  try {
    new PerformanceObserver(list => {
      for (const entry of list.getEntries())
        my.busyAt = Math.max(my.busyAt, entry.startTime + entry.duration);
    }).observe({ type: 'longtask', buffered: true });
  } catch (e) { /* an older browser: rest is told without it */ }

  my.noticeNow = () => notice(observer.takeRecords());

  /* Frames that the last snapshot met in shadow trees count, too. */
  const frames = document.getElementsByTagName('iframe');
  let framesMet = 0;
  my.rest = () => ({
    ready: document.readyState, version: my.version, url: location.href,
    frames: Math.max(frames.length, framesMet),
    still: performance.now() - my.changedAt, idle: performance.now() - my.busyAt,
  });

  /* ---- the tree as HTML ---- */

  const escapeText = text => text.replace(/[&<>\u00a0]/g, c =>
    c === '&' ? '&amp;' : c === '<' ? '&lt;' : c === '>' ? '&gt;' : '&nbsp;');
  const escapeValue = text => text.replace(/[&"\u00a0]/g, c =>
    c === '&' ? '&amp;' : c === '"' ? '&quot;' : '&nbsp;');

  /* Children as they are rendered: a shadow tree instead of the host's own, and what is
   * assigned to a slot in the slot's place. */
  const childrenOf = function* (node) {
    const shadow = typeOf(node) === 1 ? shadowOf(node) : null;
    if (shadow) watch(shadow);
    if (!shadow && node instanceof HTMLSlotElement && node.getRootNode() instanceof ShadowRoot) {
      const assigned = node.assignedNodes({ flatten: true });
      if (assigned.length) {
        yield* assigned;
        return;
      }
    }
    for (let child = first(shadow || node); child; child = next(child)) yield child;
  };

  /* No control, and yet the pointer turns into a hand here (and not only because it does so
   * around it): people press it. What holds controls is a frame around them. */
  const CONTROLS = 'a[href],button,input,select,textarea,summary,label,option,[role="button"],[role="link"]';
  const getMatch = Element.prototype.matches;
  const getClosest = Element.prototype.closest;
  const getInside = Element.prototype.querySelector;
  const isPressable = (element, outer) => !outer.includes('h') &&
    !getMatch.call(element, CONTROLS) && !getClosest.call(element, CONTROLS) &&
    !getInside.call(element, CONTROLS);

  /* What shows the hand only under the pointer: rules like ".cup:hover { cursor: pointer }"
   * of the sheets that may be read. */
  const RULES_MOST = 20000;
  const selectorsBySheet = new WeakMap();
  const gatherRules = (rules, depth, found) => {
    for (const rule of rules) {
      if (++found.seen > RULES_MOST) return;
      if (rule.selectorText && rule.style && rule.style.cursor === 'pointer' &&
        rule.selectorText.includes(':hover'))
        found.selectors.push(rule.selectorText.replace(/:hover/g, ''));
      else if (rule.cssRules && depth < 3) gatherRules(rule.cssRules, depth + 1, found);
    }
  };
  const selectorsOf = sheet => {
    let rules = null;
    try {
      rules = sheet.cssRules;
    } catch (e) {
      return []; /* of another origin */
    }
    let known = selectorsBySheet.get(sheet);
    if (!known || known.length !== rules.length) {
      known = { length: rules.length, selectors: [], seen: 0 };
      gatherRules(rules, 0, known);
      selectorsBySheet.set(sheet, known);
    }
    return known.selectors;
  };
  let hands = new Set();
  const gatherHands = () => {
    hands = new Set();
    for (const sheet of document.styleSheets)
      for (const selector of selectorsOf(sheet))
        try {
          for (const element of document.querySelectorAll(selector)) hands.add(element);
        } catch (e) { /* the rest of the selector means nothing without :hover */ }
  };

  /* As html_parse_marked reads them: n no box, v not visible, u not seen although it has a
   * box (transparent, cut off, beyond the edge), p the pointer shows that it is pressed. 'o'
   * and 'h' (a hand is shown) go down the tree: whatever is inside is not seen either, or
   * shows the hand because of what is around it. */
  const flagsOf = (element, name, outer) => {
    if (name === 'option' || name === 'optgroup') return outer;
    if (!(element instanceof HTMLElement) && !(element instanceof SVGSVGElement)) return outer;
    const style = getComputedStyle(element);
    if (style.display === 'contents') return outer;
    if (!element.checkVisibility()) return 'n';
    const box = element.getBoundingClientRect();
    const isFlat = box.width < 2 || box.height < 2;
    const isOut = box.right + scrollX <= 0 || box.bottom + scrollY <= 0;
    const hides = +style.opacity < 0.01 || (isFlat && style.overflowX !== 'visible') ||
      (outer.includes('o') && style.position !== 'fixed');
    return (style.visibility === 'visible' ? '' : 'v') +
      (hides || isFlat || isOut ? 'u' : '') + (hides ? 'o' : '') +
      (style.cursor === 'pointer' || hands.has(element) ? isPressable(element, outer) ? 'hp' : 'h' : '');
  };

  /* A frame's contents stand in the page around it: its addresses are made whole, its ids
   * (and what points to them) get a prefix where the page has them already, and what only
   * makes the frame a document is left out. */
  const LEFT_OUT = new Set(['script', 'style', 'link', 'template', 'noscript', 'title', 'base', 'meta']);
  const ADDRESSES = /^(href|src|action|formaction)$/;
  const IDS = /^(id|for|list|form|popovertarget|aria-(labelledby|describedby|controls|owns|activedescendant|errormessage|details))$/;
  const innerValue = (inner, name, value) => {
    if (ADDRESSES.test(name) && value[0] !== '#')
      try {
        return new URL(value, document.baseURI).href;
      } catch (e) {
        return value;
      }
    if (!IDS.test(name)) return value;
    return value.split(/\s+/).map(id => id && (!inner.taken || inner.taken.has(id)) ? inner.prefix + id : id)
      .join(' ');
  };
  const openTag = (job, element, name, mark) => {
    const { out, inner } = job;
    out.push('<', name);
    if (mark) out.push(' ', mark);
    const list = getAttributes.call(element);
    for (let i = 0; i < list.length; i++) {
      const value = inner ? innerValue(inner, list[i].name, list[i].value) : list[i].value;
      out.push(' ', list[i].name, '="', escapeValue(value), '"');
    }
    out.push('>');
  };

  /* Parts are joined in portions: one array of a whole page would cost more than it. */
  const flush = job => {
    const portion = job.out.join('');
    job.out.length = 0;
    job.portions.push(portion);
    job.letters += portion.length;
    if (job.letters > LETTERS_MOST) job.isCut = true;
  };
  const serialise = (job, node, outer, depth) => {
    const { out } = job;
    const type = typeOf(node);
    if (job.isCut) return;
    if (out.length > 20000) flush(job);
    if (type === 3 || type === 4) {
      const parent = getParent.call(node);
      const isRaw = parent instanceof HTMLElement && RAW.has(parent.localName);
      out.push(isRaw ? node.data : escapeText(node.data));
    } else if (type === 8) {
      out.push('<!--', node.data.replace(/--+>?/g, ''), '-->');
    } else if (type === 1) {
      serialiseElement(job, node, outer, depth);
    }
  };
  const serialiseElement = (job, element, outer, depth) => {
    const isHtml = element.namespaceURI === HTML;
    const name = isHtml ? element.localName : element.nodeName;
    const { out } = job;
    if (job.inner && LEFT_OUT.has(name)) return;
    if (name === 'iframe') job.frames++;
    const flags = flagsOf(element, name, outer);
    openTag(job, element, name, `${job.mark}="${my.markOf(element)}${flags}"`);
    job.elements.push(element);
    if (isHtml && element instanceof HTMLElement) stateOf(job, element, name);
    if (isHtml && VOID.has(name)) return;
    if (isHtml && name === 'template') {
      out.push(element.innerHTML.slice(0, TEMPLATE_MOST));
    } else if (!(isHtml && name === 'noscript')) {
      if (isHtml && (name === 'pre' || name === 'textarea' || name === 'listing')) out.push('\n');
      if (depth < DEPTH_MOST) for (const child of childrenOf(element)) serialise(job, child, flags, depth + 1);
    }
    out.push('</', name, '>');
  };

  /* ---- what is typed and ticked ---- */

  const stateOf = (job, element, name) => {
    const mark = my.markOf(element);
    if (name === 'input' && (element.type === 'checkbox' || element.type === 'radio')) {
      if (element.checked !== element.defaultChecked || element.checked)
        job.states.push([mark, element.checked]);
    } else if (name === 'input' || name === 'textarea') {
      if (element.value !== element.defaultValue && element.type !== 'file')
        job.states.push([mark, element.value]);
    } else if (name === 'option' && (element.selected || element.defaultSelected)) {
      job.states.push([mark, element.selected]);
    }
  };

  const doctypeText = () => {
    const type = document.doctype;
    if (!type) return '';
    const ids = type.publicId ? ` PUBLIC "${type.publicId}"${type.systemId ? ` "${type.systemId}"` : ''}`
      : type.systemId ? ` SYSTEM "${type.systemId}"` : '';
    return `<!DOCTYPE ${type.name}${ids}>`;
  };

  const isTree = () => document.documentElement instanceof HTMLHtmlElement &&
    !/json|^image\/|^text\/plain|^application\/pdf/.test(document.contentType);

  /* The highest number given. */
  my.most = () => Math.max(0, count);

  const jobOf = mark => ({ mark, out: [], portions: [], letters: 0, states: [], elements: [],
    isCut: false, frames: 0, inner: null });
  /* The page as HTML. mark: name of the attribute. */
  my.snapshot = mark => {
    notice(observer.takeRecords());
    const job = jobOf(mark);
    if (isTree()) {
      gatherHands();
      job.out.push(doctypeText());
      serialise(job, document.documentElement, '', 0);
      flush(job);
    }
    my.listed = job.elements;
    framesMet = job.frames;
    return {
      isHtml: isTree(), html: job.portions.join(''), states: job.states, isCut: job.isCut, frames: job.frames,
      most: count, version: my.version, url: location.href, type: document.contentType,
    };
  };

  /* ---- as a frame of another page ---- */

  const TYPED = 'select,textarea,input:not([type=hidden],[type=submit],[type=button],[type=image],' +
    '[type=reset],[type=checkbox],[type=radio])';
  /* What a frame has to offer: how many fields are seen in it, and how often it has changed. */
  my.offer = () => {
    notice(observer.takeRecords());
    const fields = isTree() && document.body
      ? [...document.querySelectorAll(TYPED)].filter(field => field.checkVisibility() &&
        field.getBoundingClientRect().height > 1).length : 0;
    return { fields, version: my.version, url: location.href, isTree: isTree() && !!document.body };
  };
  my.ids = () => [...document.querySelectorAll('[id]')].slice(0, 5000).map(element => element.getAttribute('id'))
    .join(' ');
  /* What is in a frame's body, as HTML. taken: ids that the page has, "*" any. */
  my.contents = (mark, prefix, taken) => {
    notice(observer.takeRecords());
    const job = jobOf(mark);
    job.inner = { prefix, taken: taken === '*' ? null : new Set(taken.split(' ')) };
    if (isTree() && document.body) {
      gatherHands();
      for (const child of childrenOf(document.body)) serialise(job, child, '', 1);
      flush(job);
    }
    my.listed = job.elements;
    return { html: job.portions.join(''), states: job.states, isCut: job.isCut, most: count };
  };
})();
