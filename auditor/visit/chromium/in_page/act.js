/* act.js - where an element can be pressed, what lies over it, what keeps a form, and the
 * few changes that no input event can make (lists, dates). Runs after snapshot.js in the
 * same isolated world. ASCII only. SPDX-License-Identifier: MIT */
(() => {
  const my = globalThis.mystery;
  if (!my || my.point) return;
  const STABLE_TRIES = 25;

  /* A frame is awaited, but never longer than a tenth of a second: hidden pages draw none. */
  const frame = () => new Promise(done => {
    requestAnimationFrame(() => done());
    setTimeout(done, 100);
  });
  const parentOf = node => node.parentElement ||
    (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
  const holds = (outer, inner) => {
    for (let at = inner; at; at = parentOf(at)) if (at === outer) return true;
    return false;
  };
  const wordsOf = element => (element.getAttribute('aria-label') || element.innerText ||
    element.getAttribute('alt') || element.getAttribute('title') || '').trim()
    .replace(/\s+/g, ' ').slice(0, 40);
  const pathOf = element => {
    for (let at = element; at; at = parentOf(at)) {
      const id = at.getAttribute('id');
      if (id) return `#${id}`;
      const names = (at.getAttribute('class') || '').trim().split(/\s+/)[0];
      if (names) return `${at.localName}.${names}`;
    }
    return element.localName;
  };
  my.pathOf = pathOf;
  my.wordsOf = wordsOf;
  my.wordsAt = mark => {
    const element = my.element(mark);
    return element ? wordsOf(element) : null;
  };

  /* ---- boxes ---- */

  const usable = box => box.width >= 1 && box.height >= 1;
  const boxOf = element => {
    for (const box of element.getClientRects()) if (usable(box)) return box;
    for (const inner of element.querySelectorAll('*'))
      for (const box of inner.getClientRects()) if (usable(box)) return box;
    return null;
  };
  const isShown = element => {
    if (!element.checkVisibility({ opacityProperty: false, visibilityProperty: true })) return false;
    const box = boxOf(element);
    return !!box && box.right + scrollX > 0 && box.bottom + scrollY > 0;
  };
  my.isShown = mark => {
    const element = my.element(mark);
    return !!element && isShown(element);
  };
  const isInView = box => {
    const x = box.left + box.width / 2;
    const y = box.top + Math.min(box.height / 2, innerHeight / 2);
    return x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  };
  const sameBox = (a, b) => a && b && Math.abs(a.x - b.x) < 0.6 && Math.abs(a.y - b.y) < 0.6 &&
    Math.abs(a.width - b.width) < 0.6 && Math.abs(a.height - b.height) < 0.6;

  /* ---- the hit test ---- */

  const hitAt = (x, y) => {
    let hit = document.elementFromPoint(x, y);
    while (hit && hit.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    return hit;
  };
  const ACTIVE = 'a[href],area[href],button,input,select,textarea,label,summary,option,' +
    '[role=button],[role=link],[role=tab],[role=menuitem],[onclick]';
  const activeOf = element => element.closest(ACTIVE) || element;
  const receives = (element, hit) => {
    if (!hit) return false;
    const target = activeOf(element);
    if (holds(element, hit) || holds(target, hit)) return true;
    /* What lets presses through is pressed by pressing what it lies in. */
    if (getComputedStyle(element).pointerEvents === 'none' && holds(hit, element)) return true;
    const label = hit.closest('label');
    return !!label && label.control === element;
  };
  const clip = box => {
    const left = Math.max(0, box.left);
    const top = Math.max(0, box.top);
    return { left, top, width: Math.min(innerWidth, box.right) - left,
      height: Math.min(innerHeight, box.bottom) - top };
  };
  /* The middle, then a grid of nine. */
  const pointIn = (element, whole) => {
    const box = clip(whole);
    let cover = null;
    for (const [fx, fy] of [[.5, .5], [.2, .5], [.8, .5], [.5, .2], [.5, .8], [.2, .2], [.8, .2],
      [.2, .8], [.8, .8]]) {
      const x = box.left + box.width * fx;
      const y = box.top + box.height * fy;
      const hit = hitAt(x, y);
      if (receives(element, hit)) return { x, y };
      cover = cover || hit;
    }
    return { cover };
  };

  /* What lies over it: the outermost element that is taken out of the flow. */
  const layerOf = element => {
    let layer = element;
    for (let at = element; at && at !== document.body; at = parentOf(at)) {
      const { position } = getComputedStyle(at);
      if (position === 'fixed' || position === 'absolute' || position === 'sticky') layer = at;
    }
    return layer;
  };
  const coverOf = element => {
    if (!element) return null;
    const layer = layerOf(element);
    const box = clip(layer.getBoundingClientRect());
    return { words: wordsOf(layer), path: pathOf(layer), mark: my.markOf(layer),
      share: Math.max(0, box.width * box.height) / (innerWidth * innerHeight) };
  };

  /* ---- pressing ---- */

  /* Wait until it stands still for two frames; null: it has no box. */
  const settle = async element => {
    let before = null;
    for (let i = 0; i < STABLE_TRIES; i++) {
      const box = boxOf(element);
      if (!box) return null;
      if (sameBox(before, box)) return { box, isStill: true, frames: i };
      before = box;
      await frame();
    }
    return { box: before, isStill: false, frames: STABLE_TRIES };
  };
  const isDisabled = element => {
    const target = activeOf(element);
    return target.matches(':disabled') || !!target.closest('[inert]');
  };

  /* Where to press the element of a mark: {x, y}, or why not: gone, hidden, disabled, moves,
   * cover {words, path, mark, share}. It is scrolled into view as a person would. */
  my.point = async mark => {
    const element = my.element(mark);
    if (!element) return { why: 'gone' };
    if (!isShown(element)) return { why: 'hidden' };
    if (isDisabled(element)) return { why: 'disabled' };
    let cover = null;
    let hasScrolled = false;
    for (const block of ['nearest', 'center', 'end', 'start']) {
      if (block !== 'nearest' || !isInView(boxOf(element) || element.getBoundingClientRect())) {
        const before = scrollY;
        element.scrollIntoView({ block: block === 'nearest' ? 'center' : block, inline: 'nearest',
          behavior: 'instant' });
        hasScrolled = hasScrolled || scrollY !== before;
        await frame();
      }
      const rest = await settle(element);
      if (!rest) return { why: 'hidden' };
      if (!rest.isStill) return { why: 'moves' };
      const point = pointIn(element, rest.box);
      if (point.x !== undefined)
        return { x: point.x, y: point.y, hasScrolled, frames: rest.frames,
          width: rest.box.width, height: rest.box.height };
      cover = cover || coverOf(point.cover);
    }
    return { why: 'covered', cover, hasScrolled };
  };

  /* What lies at a point, whether the element of a mark would feel a press there, and how
   * often the page has changed: after the pointer's arrival was told to the page, which
   * takes a frame. */
  my.hitMark = async (x, y, mark, hasPointer) => {
    if (hasPointer) {
      await frame();
      await frame();
    }
    const hit = hitAt(x, y);
    const element = my.element(mark);
    return { mark: hit ? my.markOf(hit) : 0, isReached: !!element && receives(element, hit),
      version: my.version };
  };

  /* ---- places in a frame that this page holds ---- */

  const cornerOf = element => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return { x: box.left + element.clientLeft + parseFloat(style.paddingLeft),
      y: box.top + element.clientTop + parseFloat(style.paddingTop) };
  };
  /* Where a place of a frame's viewport is in this page's, brought into view; or why nobody
   * can press there, as my.point tells it. */
  my.framePoint = async (mark, x, y) => {
    const element = my.element(mark);
    if (!element) return { why: 'gone' };
    if (!isShown(element)) return { why: 'hidden' };
    const place = () => {
      const corner = cornerOf(element);
      return { x: corner.x + x, y: corner.y + y };
    };
    const isOut = at => at.x < 0 || at.y < 0 || at.x >= innerWidth || at.y >= innerHeight;
    let at = place();
    const hasScrolled = isOut(at);
    if (hasScrolled) {
      element.scrollIntoView({ block: 'start', inline: 'nearest', behavior: 'instant' });
      at = place();
      scrollBy({ left: 0, top: at.y - innerHeight / 2, behavior: 'instant' });
      await frame();
      await frame();
      at = place();
    }
    const hit = hitAt(at.x, at.y);
    if (!receives(element, hit)) return { why: 'covered', cover: coverOf(hit), hasScrolled };
    return { x: at.x, y: at.y, hasScrolled };
  };
  /* The other way: where a place of this viewport is in the frame's, and whether the frame
   * would feel a press there. */
  my.frameHit = async (mark, x, y, hasPointer) => {
    const element = my.element(mark);
    const hit = await my.hitMark(x, y, mark, hasPointer);
    const corner = element ? cornerOf(element) : { x: 0, y: 0 };
    return { ...hit, x: x - corner.x, y: y - corner.y };
  };

  /* ---- what could show a hidden element ---- */

  const TOGGLE = 'button,[role=button],summary,a,label,[aria-expanded]';
  const LIKE_MENU = /menu|nav|burger|toggle|drawer|offcanvas|sidebar|collapse/i;
  const controls = (toggle, id) => [toggle.getAttribute('aria-controls'),
    (toggle.getAttribute('data-bs-target') || toggle.getAttribute('data-target') || '').replace('#', ''),
    (toggle.getAttribute('href') || '').replace(/^#/, ''), toggle.getAttribute('for'),
    toggle.getAttribute('popovertarget')]
    .some(value => value && value.split(/\s+/).includes(id));

  /* Marks of what to hover or press, best first: [["hover", 4], ["press", 9]]. */
  my.reveal = mark => {
    const element = my.element(mark);
    const steps = [];
    if (!element) return steps;
    const add = (kind, target) => {
      const step = [kind, my.markOf(target)];
      if (!steps.some(old => old[1] === step[1] && old[0] === kind)) steps.push(step);
    };
    const toggles = [...document.querySelectorAll(TOGGLE)].filter(isShown);
    for (let at = parentOf(element); at && at !== document.body; at = parentOf(at)) {
      if (at.localName === 'details') {
        const summary = at.querySelector('summary');
        if (summary && isShown(summary)) add('press', summary);
      }
      const id = at.getAttribute('id');
      if (id) for (const toggle of toggles) if (controls(toggle, id)) add('press', toggle);
      if (isShown(at) && /^(li|div|nav|td)$/.test(at.localName) && steps.length < 6) {
        add('hover', at);
        const own = [...at.querySelectorAll(TOGGLE)].filter(isShown)[0];
        if (own && at.localName === 'li') add('press', own);
        if (at.localName !== 'div') break;
      }
    }
    for (const toggle of toggles) {
      const said = `${toggle.getAttribute('class') || ''} ${toggle.getAttribute('id') || ''} ` +
        `${toggle.getAttribute('aria-label') || ''} ${toggle.getAttribute('data-toggle') || ''}`;
      const isClosed = toggle.getAttribute('aria-expanded') === 'false';
      const isLink = toggle.localName === 'a' && !/^(#|javascript:|$)/.test(toggle.getAttribute('href') || '');
      if (!isLink && LIKE_MENU.test(said) && (isClosed || !toggle.hasAttribute('aria-expanded')) &&
        toggle.getBoundingClientRect().top + scrollY < 300) add('press', toggle);
    }
    return steps.slice(0, 8);
  };

  /* ---- forms ---- */

  const RULES = { valueMissing: 'required', patternMismatch: 'pattern', rangeUnderflow: 'min',
    rangeOverflow: 'max', stepMismatch: 'step', tooShort: 'minlength', tooLong: 'maxlength' };
  /* The control because of which the browser keeps the form of a pressed button, or null. */
  my.fault = mark => {
    const element = my.element(mark);
    const button = element && element.closest('button,input');
    const form = button && button.form;
    if (!form || HTMLFormElement.prototype.hasAttribute.call(form, 'novalidate') ||
      button.formNoValidate) return null;
    if (button.localName === 'button' ? button.type !== 'submit' : false) return null;
    for (const control of document.querySelectorAll('input,select,textarea')) {
      if (control.form !== form || !control.willValidate || control.validity.valid) continue;
      const { validity } = control;
      const rule = validity.typeMismatch || validity.badInput ? control.type
        : Object.keys(RULES).find(name => validity[name]);
      return { mark: my.markOf(control), rule: rule ? RULES[rule] || rule : 'custom',
        message: control.validationMessage, words: control.name || control.id || '' };
    }
    return null;
  };

  const tell = (element, ...kinds) => {
    for (const kind of kinds) element.dispatchEvent(new Event(kind, { bubbles: true, composed: true }));
    my.version++;
  };
  const setterOf = element => Object.getOwnPropertyDescriptor(
    element instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype
      : HTMLInputElement.prototype, 'value').set;

  /* Before typing: {kind, value}. kind: text (what is there is selected), set (no keyboard
   * enters it: my.put), rich, or none. */
  my.ready = mark => {
    const element = my.element(mark);
    if (!element) return { kind: 'gone' };
    if (element.matches(':disabled') || element.readOnly) return { kind: 'none', value: '' };
    if (element.isContentEditable) {
      element.focus();
      getSelection().selectAllChildren(element);
      return { kind: 'rich', value: element.innerText };
    }
    if (!(element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement))
      return { kind: 'none', value: '' };
    if (/^(date|time|month|week|datetime-local|color|range)$/.test(element.type))
      return { kind: 'set', value: element.value };
    if (/^(file|checkbox|radio|submit|button|image|reset|hidden)$/.test(element.type))
      return { kind: 'none', value: '' };
    if (element.getRootNode().activeElement !== element) element.focus();
    element.select();
    return { kind: 'text', value: element.value };
  };
  my.valueOf = mark => {
    const element = my.element(mark);
    return element ? element.isContentEditable ? element.innerText : element.value : null;
  };
  my.put = (mark, value) => {
    const element = my.element(mark);
    if (!element) return null;
    setterOf(element).call(element, value);
    tell(element, 'input', 'change');
    return element.value;
  };

  const folded = text => text.trim().replace(/\s+/g, ' ').toLowerCase();
  /* Choose an option by value, then by text: "chosen", "same", "none", "disabled", "gone". */
  my.choose = (mark, value) => {
    const element = my.element(mark);
    if (!element) return 'gone';
    if (!(element instanceof HTMLSelectElement)) return 'none';
    if (element.matches(':disabled')) return 'disabled';
    const options = [...element.options];
    const option = options.find(one => one.value === value) ||
      options.find(one => folded(one.text) === folded(value));
    if (!option) return 'none';
    if (option.disabled) return 'disabled';
    if (option.selected) return 'same';
    element.focus();
    option.selected = true;
    tell(element, 'input', 'change');
    return 'chosen';
  };
  /* A box or radio: is it ticked, and what a person would press to change it. */
  my.box = mark => {
    const element = my.element(mark);
    if (!element) return null;
    const labels = element.labels ? [...element.labels].filter(isShown) : [];
    const isSeen = isShown(element) && boxOf(element).width >= 4 && boxOf(element).height >= 4 &&
      +getComputedStyle(element).opacity >= 0.01;
    return { isTicked: !!element.checked, isSeen, label: labels.length ? my.markOf(labels[0]) : 0 };
  };
  /* As a program would, when no person could. */
  my.click = mark => {
    const element = my.element(mark);
    if (element) HTMLElement.prototype.click.call(element);
    return !!element;
  };
  /* Has the element felt a press since there were so many? One that went beside it (it moved
   * away under the pointer) was felt by what lies around it. */
  my.felt = (mark, before) => {
    const element = my.element(mark);
    return my.clicks !== before && (!element || receives(element, my.clicked));
  };
  my.hasFocus = mark => {
    const element = my.element(mark);
    return !!element && element.getRootNode().activeElement === element;
  };
  /* Is the focus on another radio button of its group? */
  my.hasGroupFocus = mark => {
    const element = my.element(mark);
    const at = element && element.getRootNode().activeElement;
    return at instanceof HTMLInputElement && element instanceof HTMLInputElement && at !== element &&
      at.type === 'radio' && element.type === 'radio' && !!at.name && at.name === element.name &&
      at.form === element.form;
  };
  /* Lists, menus and the like that scripts build: Tab reaches one element of them (or the
   * control that opens them), arrows lead on. Is the focus there, is it at the element, and
   * where is it? (WAI-ARIA Authoring Practices: roving tabindex, aria-activedescendant.) */
  const WIDGETS = ['listbox', 'menu', 'menubar', 'tablist', 'radiogroup', 'tree', 'grid']
    .map(role => `[role=${role}]`).join(',');
  const points = (element, name, id) => !!id &&
    (element.getAttribute(name) || '').split(/\s+/).includes(id);
  my.widget = mark => {
    const element = my.element(mark);
    const box = element && element.closest(WIDGETS);
    let at = document.activeElement;
    while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
    if (!box || !at || at === document.body) return { isNear: false, isAt: false, place: '' };
    const active = at.getAttribute('aria-activedescendant') || '';
    const isNear = holds(box, at) || points(at, 'aria-controls', box.id) || points(at, 'aria-owns', box.id) ||
      (at.hasAttribute('aria-haspopup') && at.getAttribute('aria-expanded') === 'true');
    return { isNear, isAt: isNear && (holds(element, at) || (!!active && active === element.id)),
      place: `${my.markOf(at)} ${active}` };
  };
  my.focus = mark => {
    const element = my.element(mark);
    if (element) element.focus();
    return my.hasFocus(mark);
  };
  /* What the element leads to when it is pressed: the scheme of its link, or "". */
  my.scheme = mark => {
    const element = my.element(mark);
    const link = element && element.closest('a[href],area[href]');
    const href = link ? String(link.protocol || '') : '';
    return href.replace(':', '');
  };
  /* ---- recordings ---- */

  /* A recorded offset from the element's corner, held within its first box; null where
   * something else would receive the press. */
  my.pointAt = (mark, x, y) => {
    const element = my.element(mark);
    const box = element && boxOf(element);
    if (!box) return null;
    const x0 = Math.min(Math.max(box.left + x, box.left + 1), box.right - 1);
    const y0 = Math.min(Math.max(box.top + y, box.top + 1), box.bottom - 1);
    /* Tenths are what the pointer is moved by; at an edge another element may begin between
     * two of them, so the place gives way towards the middle, a little at a time. */
    const tenths = value => Math.round(value * 10) / 10;
    const towards = (value, middle, by) => tenths(Math.abs(middle - value) <= by ? middle
      : value + Math.sign(middle - value) * by);
    for (const by of [0, 1, 2, 4, 8]) {
      const at = { x: towards(x0, (box.left + box.right) / 2, by),
        y: towards(y0, (box.top + box.bottom) / 2, by) };
      if (receives(element, hitAt(at.x, at.y))) return at;
    }
    return null;
  };
  my.focused = () => {
    let element = document.activeElement;
    while (element && element.shadowRoot && element.shadowRoot.activeElement)
      element = element.shadowRoot.activeElement;
    return element && element !== document.body ? my.markOf(element) : 0;
  };
  my.scrollTo = (mark, x, y) => {
    const element = mark ? my.element(mark) : null;
    if (element) element.scrollTo(x, y);
    else window.scrollTo(x, y);
    return true;
  };
  const isSame = (a, b) => {
    if (a === b) return true;
    if (!a || !b || typeof a !== 'object' || typeof b !== 'object') return false;
    return Object.keys(b).every(key => isSame(a[key], b[key]));
  };
  my.holds = (mark, text) => {
    const element = my.element(mark);
    const wanted = JSON.parse(text);
    return !!element && Object.keys(wanted).every(key => isSame(element[key], wanted[key]));
  };

  /* Did an action change what a person sees? A number for the words on show, and how many
   * changes there have been. */
  my.sight = () => {
    my.noticeNow();
    const text = document.body ? document.body.innerText : '';
    let hash = text.length;
    for (let i = 0; i < text.length; i++) hash = (hash * 31 + text.charCodeAt(i)) | 0;
    return { hash, effects: my.effects, clicks: my.clicks, most: my.most() };
  };
})();
