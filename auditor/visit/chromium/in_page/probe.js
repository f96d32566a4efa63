/* probe.js - looks at a page for what only a browser can tell, touching nothing: width,
 * targets, pictures, animations; and the questions that the probes of diagnose.c put between
 * their keys and pointer moves. Runs in the isolated world after measure.js.
 * ASCII only. SPDX-License-Identifier: MIT */
(() => {
  const my = globalThis.mystery;
  if (!my || my.probe || !my.measure) return;
  const { describe, markOf, pathOf } = my.measure;
  const MOST = 30;
  const all = (selector, root = document) =>
    Array.from(root.querySelectorAll(selector)).slice(0, 5000);
  const place = (element, value, more) =>
    ({ value, mark: markOf(element), path: pathOf(element), text: describe(element), ...more });
  const round = value => Math.round(value * 100) / 100;

  const isShown = element =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.getBoundingClientRect().width > 1 && element.getBoundingClientRect().height > 1;
  const isOnPage = box => box.right + scrollX > 0 && box.bottom + scrollY > 0;
  const FOCUSABLE = 'a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,iframe,' +
    'audio[controls],video[controls],[contenteditable=""],[contenteditable=true],[tabindex]';
  const CONTROL = 'a[href],button,input:not([type=hidden]),select,textarea,summary,[role=button],[role=link],' +
    '[role=checkbox],[role=radio],[role=switch],[role=tab],[role=menuitem],[role=option],[onclick]';
  const isDisabled = element => element.matches(':disabled') || element.closest('[inert]') !== null;

  /* ---- width ---- */

  const sideways = () => {
    const root = document.documentElement;
    const px = root.scrollWidth - root.clientWidth;
    const isCut = element => element && /hidden|clip/.test(getComputedStyle(element).overflowX);
    if (px <= 1 || isCut(root) || isCut(document.body)) return { value: 0 };
    const scrolls = element => {
      for (let at = element.parentElement; at && at !== document.body; at = at.parentElement)
        if (getComputedStyle(at).overflowX !== 'visible') return true;
      return false;
    };
    let furthest = null;
    let right = root.clientWidth + 1;
    for (const element of all('body *')) {
      const edge = element.getBoundingClientRect().right + scrollX;
      if (edge > right && !scrolls(element)) {
        right = edge;
        furthest = element;
      }
    }
    return furthest ? place(furthest, px) : { value: px, mark: 0, text: '' };
  };

  /* ---- target sizes: WCAG 2.5.8 with its exceptions spacing, inline and user agent ---- */

  const LEAST = 24;
  const boxOf = element => {
    const label = /^(checkbox|radio)$/.test(element.type || '') && (element.labels || [])[0];
    const own = element.getBoundingClientRect();
    if (!label || !isShown(label)) return own;
    const other = label.getBoundingClientRect();
    const left = Math.min(own.left, other.left);
    const top = Math.min(own.top, other.top);
    return new DOMRect(left, top, Math.max(own.right, other.right) - left,
      Math.max(own.bottom, other.bottom) - top);
  };
  const isInText = element => {
    if (!getComputedStyle(element).display.startsWith('inline')) return false;
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      const words = (at.textContent || '').trim().length - (element.textContent || '').trim().length;
      if (!getComputedStyle(at).display.startsWith('inline'))
        return words > 0 && /^(P|LI|TD|DD|DT|BLOCKQUOTE|FIGCAPTION|LABEL|SMALL|DIV|SPAN)$/.test(at.tagName) &&
          Array.from(at.childNodes).some(node => node.nodeType === 3 && node.data.trim().length > 1);
    }
    return false;
  };
  const isPlain = element => /^(checkbox|radio)$/.test(element.type || '') &&
    getComputedStyle(element).appearance !== 'none';
  const targets = () => {
    const list = all(CONTROL).filter(e => isShown(e) && !isDisabled(e))
      .map(element => ({ element, box: boxOf(element) })).filter(({ box }) => isOnPage(box));
    const small = list.filter(({ box }) => Math.min(box.width, box.height) < LEAST - 0.5);
    const near = (item, other) => {
      if (other.element === item.element || other.element.contains(item.element) ||
          item.element.contains(other.element)) return false;
      const x = item.box.left + item.box.width / 2;
      const y = item.box.top + item.box.height / 2;
      const isSmall = Math.min(other.box.width, other.box.height) < LEAST - 0.5;
      if (isSmall)
        return Math.hypot(x - other.box.left - other.box.width / 2,
          y - other.box.top - other.box.height / 2) < LEAST - 0.5;
      const dx = Math.max(other.box.left - x, 0, x - other.box.right);
      const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
      return Math.hypot(dx, dy) < LEAST / 2 - 0.5;
    };
    return small.slice(0, 500).filter(item => !isInText(item.element) && !isPlain(item.element) &&
      list.some(other => near(item, other))).slice(0, MOST)
      .map(({ element, box }) => place(element, round(LEAST - Math.min(box.width, box.height))));
  };

  /* ---- pictures ---- */

  const pictures = () => all('img').filter(image => image.complete && image.naturalWidth > 1 && isShown(image))
    .slice(0, 300).map(image => {
      const style = getComputedStyle(image);
      const side = (a, b) => parseFloat(style[a]) + parseFloat(style[b]) || 0;
      const width = image.clientWidth - side('paddingLeft', 'paddingRight');
      const height = image.clientHeight - side('paddingTop', 'paddingBottom');
      const isChosen = image.srcset !== '' || (image.parentElement || image).localName === 'picture';
      return {
        mark: markOf(image), text: describe(image), url: image.currentSrc.slice(0, 2000), width, height,
        naturalWidth: image.naturalWidth, naturalHeight: image.naturalHeight, isChosen,
        isFitted: style.objectFit !== 'fill', dpr: devicePixelRatio,
      };
    }).filter(image => image.width > 1 && image.height > 1);

  /* ---- fields that do not stand out: WCAG 1.4.11, contrast and luminance of WCAG 2.2 ---- */

  const FAINT = 3;
  const colour = text => {
    const parts = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(text);
    return parts ? { rgb: [+parts[1], +parts[2], +parts[3]], alpha: parts[4] === undefined ? 1 : +parts[4] } : null;
  };
  const luminance = rgb => {
    const [r, g, b] = rgb.map(c => c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => {
    const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (light + 0.05) / (dark + 0.05);
  };
  /* The opaque colour behind an element, null where a picture or glass lies between. */
  const groundOf = element => {
    for (let at = element; at; at = at.parentElement) {
      const style = getComputedStyle(at);
      const own = colour(style.backgroundColor);
      if (style.backgroundImage !== 'none' || !own || (own.alpha > 0 && own.alpha < 1)) return null;
      if (own.alpha === 1) return own.rgb;
    }
    return [255, 255, 255];
  };
  const faint = () => all('input,select,textarea').filter(field => isShown(field) && !isDisabled(field) &&
    !/^(hidden|checkbox|radio|range|color|file|image|submit|button|reset)$/.test(field.type)).slice(0, 200)
    .map(field => {
      const style = getComputedStyle(field);
      const outside = field.parentElement && groundOf(field.parentElement);
      const inside = groundOf(field);
      if (!outside || !inside || style.boxShadow !== 'none' || style.backgroundImage !== 'none') return null;
      let best = contrast(inside, outside);
      for (const side of ['Top', 'Bottom', 'Left']) {
        const border = colour(style['border' + side + 'Color']);
        if (parseFloat(style['border' + side + 'Width']) > 0 && border && border.alpha === 1)
          best = Math.max(best, Math.min(contrast(border.rgb, outside), contrast(border.rgb, inside)));
      }
      return best < FAINT ? place(field, round(FAINT - best)) : null;
    }).filter(field => field).slice(0, MOST);

  /* ---- what Tab can never reach ---- */

  const unreachable = () => all('[onclick],[role=button],[role=link]').filter(element =>
    element.tabIndex < 0 && isShown(element) && isOnPage(element.getBoundingClientRect()) &&
    !isDisabled(element) && !/^(LABEL|BODY|HTML|FORM|A|BUTTON)$/.test(element.tagName) &&
    !element.closest('[aria-hidden=true]') && !element.closest('a[href],button,summary,[tabindex="0"]') &&
    !element.querySelector(FOCUSABLE) && getComputedStyle(element).pointerEvents !== 'none')
    .slice(0, MOST).map(element => place(element, 1));

  /* ---- what moves by itself ---- */

  const FOREVER = 9999;
  const LONG_S = 5;
  const moving = () => {
    const found = new Map();
    for (const animation of document.getAnimations()) {
      const effect = animation.effect;
      const element = effect && effect.target;
      if (!element || animation.playState !== 'running' || !isShown(element)) continue;
      const end = effect.getComputedTiming().endTime;
      const seconds = end === Infinity ? FOREVER : end / 1000;
      if (seconds > LONG_S) found.set(element, Math.max(seconds, found.get(element) || 0));
    }
    for (const element of all('marquee')) if (isShown(element)) found.set(element, FOREVER);
    for (const video of all('video'))
      if (isShown(video) && !video.paused && !video.controls && (video.loop || video.duration > LONG_S))
        found.set(video, video.loop ? FOREVER : video.duration);
    return [...found].slice(0, MOST).map(([element, value]) => place(element, round(value)));
  };
  let before = null;
  const controls = () => all(CONTROL).filter(element => isShown(element)).slice(0, 200).map(element => {
    const box = element.getBoundingClientRect();
    return { element, x: box.left + scrollX, y: box.top + scrollY };
  });
  /* A control that moves by itself; when all move alike, the page moves under them. */
  const markPlaces = () => { before = new Map(controls().map(at => [at.element, { ...at, px: 0 }])); };
  /* Asked several times: what swings may be back where it was. */
  const moved = () => {
    for (const now of controls()) {
      const then = (before || new Map()).get(now.element);
      if (then) then.px = Math.max(then.px, Math.hypot(then.x - now.x, then.y - now.y));
    }
    return [...(before || new Map()).values()].filter(at => at.px >= 3).slice(0, MOST).map(at => place(at.element, round(at.px)));
  };

  /* ---- the focus ---- */

  const LOOKS = ['outlineStyle', 'outlineWidth', 'outlineColor', 'boxShadow', 'backgroundColor', 'backgroundImage',
    'color', 'borderTopColor', 'borderTopWidth', 'borderBottomColor', 'borderBottomWidth', 'textDecorationLine',
    'textDecorationColor', 'textDecorationThickness', 'filter', 'opacity', 'transform', 'fontWeight', 'left', 'top',
    'clipPath', 'content'];
  const looksOf = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return LOOKS.map(name => name.startsWith('outline') && style.outlineStyle === 'none' ? '' : style[name]).join(';');
  };
  const looks = element => [looksOf(element), looksOf(element, '::before'), looksOf(element, '::after'),
    element.parentElement ? looksOf(element.parentElement) : '',
    element.parentElement && element.parentElement.parentElement ? looksOf(element.parentElement.parentElement) : '',
    element.firstElementChild ? looksOf(element.firstElementChild) : '',
    element.nextElementSibling ? looksOf(element.nextElementSibling) : ''].join('|');
  const unfocused = new WeakMap();
  const deepActive = () => {
    let at = document.activeElement;
    while (at && at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
    return at && at !== document.body && at !== document.documentElement ? at : null;
  };
  const isTextField = element => element.localName === 'textarea' || element.isContentEditable ||
    (element.localName === 'input' &&
      !/^(checkbox|radio|button|submit|reset|image|range|color|file)$/.test(element.type));
  const DIALOG = 'dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true]';
  const isCovered = element => {
    const box = element.getBoundingClientRect();
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    if (box.width < 2 || box.height < 2 || x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return false;
    /* All of it must be hidden (WCAG 2.4.11): the middle and the corners. */
    const points = [[x, y], [box.left + 2, box.top + 2], [box.right - 2, box.top + 2],
      [box.left + 2, box.bottom - 2], [box.right - 2, box.bottom - 2]];
    return points.every(([px, py]) => {
      const top = document.elementFromPoint(px, py);
      /* A dialog or a screen over everything is judged as what it is, not as a bar that covers. */
      const layer = my.measure.layerAt(px, py);
      if (top && (top.closest(DIALOG) || (layer && my.measure.shareOf(layer) > 0.8))) return false;
      return top && !element.contains(top) && !top.contains(element) &&
        !(element.labels && Array.from(element.labels).some(label => label.contains(top)));
    });
  };
  const focusables = () => all(FOCUSABLE).filter(element =>
    element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }) && !isDisabled(element));
  const walkBegin = () => {
    const active = deepActive();
    if (active) active.blur();
    getSelection().removeAllRanges();
    scrollTo(0, 0);
    const list = focusables();
    for (const element of list.slice(0, 300)) unfocused.set(element, looks(element));
    return list.length;
  };
  const walkStep = () => {
    const element = deepActive();
    if (!element) return null;
    const known = unfocused.get(element);
    const isSame = known !== undefined && known === looks(element) && !isTextField(element) &&
      !/^(iframe|audio|video)$/.test(element.localName);
    return place(element, isSame ? 1 : 0, {
      isCovered: isCovered(element), isInDialog: element.closest('dialog[open],[aria-modal=true]') !== null,
      isFrame: element.localName === 'iframe',
    });
  };
  /* Focus as the keyboard would, for a picture of it; null when it cannot. */
  const focusOn = mark => {
    const element = my.element(mark);
    if (!element) return null;
    element.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    element.focus({ focusVisible: true, preventScroll: true });
    if (deepActive() !== element) return null;
    const box = element.getBoundingClientRect();
    return { x: box.left + scrollX - 8, y: box.top + scrollY - 8, width: box.width + 16, height: box.height + 16 };
  };
  const blur = () => { const at = deepActive(); if (at) at.blur(); };
  /* Visible stops of Tab that were not among these marks. */
  const missed = marks => {
    const seen = new Set(marks.split(' ').map(Number));
    return focusables().filter(element => isShown(element) && !seen.has(markOf(element))).length;
  };

  /* ---- menus that open on hovering ---- */

  const menus = [];
  const hiddenLinks = item => all('a[href]', item).filter(link => !isShown(link) || !isOnPage(link.getBoundingClientRect()));
  const menuList = () => {
    menus.length = 0;
    for (const item of all('nav li, header li, [role=menubar] > *, [role=navigation] li, header nav > div')) {
      if (menus.length >= 8) break;
      if (!isShown(item) || menus.some(menu => menu.item.contains(item))) continue;
      const links = hiddenLinks(item);
      const entry = Array.from(item.children).find(child => isShown(child)) || item;
      if (links.length > 0) menus.push({ item, entry, links });
    }
    return menus.map(menu => {
      const box = menu.entry.getBoundingClientRect();
      return place(menu.entry, menu.links.length, { x: box.left + box.width / 2, y: box.top + box.height / 2 });
    });
  };
  const menuShown = i => menus[i].links.filter(link => isShown(link) && isOnPage(link.getBoundingClientRect())).length;
  const menuFocus = i => {
    const target = menus[i].entry.matches(FOCUSABLE) ? menus[i].entry : menus[i].item.querySelector(FOCUSABLE);
    if (target) target.focus({ focusVisible: true });
    return target !== null;
  };
  /* Click what opens something, never what leads away; a link that a script has made the switch
   * of a menu is clicked without being followed. */
  const SWITCH = '[data-toggle=dropdown],[data-bs-toggle=dropdown]';
  const stay = event => event.preventDefault();
  const menuClick = i => {
    const link = menus[i].item.querySelector(SWITCH);
    if (link && isShown(link) && !link.closest('form')) {
      addEventListener('click', stay);
      link.click();
      removeEventListener('click', stay);
      return true;
    }
    const target = menus[i].item.querySelector('button,summary,[role=button],[aria-haspopup],[aria-expanded]');
    if (!target || !isShown(target) || target.matches('a[href]:not([href^="#"])') || target.closest('form')) return false;
    target.click();
    return true;
  };

  /* ---- layers ---- */

  let layersBefore = new Set();
  const layersNow = () => {
    const found = new Set();
    for (const x of [0.2, 0.5, 0.8])
      for (const y of [0.2, 0.5, 0.8]) {
        const layer = my.measure.layerAt(innerWidth * x, innerHeight * y);
        if (layer && my.measure.shareOf(layer) >= 0.25) found.add(layer);
      }
    return found;
  };
  const layersMark = () => { layersBefore = layersNow(); };
  const layersNew = () => [...layersNow()].filter(layer => !layersBefore.has(layer)).map(layer =>
    place(layer, round(my.measure.shareOf(layer)), { words: my.measure.wordsOf(layer).slice(0, 200) }))
    .filter(layer => !my.measure.CONSENT.test(layer.words));
  /* The pointer leaves by the top: real moves stop at the edge of the page. */
  const leaveByTop = () => {
    const event = type => new MouseEvent(type, {
      bubbles: type === 'mouseout', cancelable: true, clientX: innerWidth / 2, clientY: -1, relatedTarget: null,
    });
    document.documentElement.dispatchEvent(event('mouseout'));
    document.documentElement.dispatchEvent(event('mouseleave'));
    document.dispatchEvent(event('mouseleave'));
  };

  /* ---- WCAG 1.4.12 ---- */

  const cut = () => {
    const found = new Map();
    for (const element of all('body *')) {
      if (!Array.from(element.childNodes).some(node => node.nodeType === 3 && node.data.trim())) continue;
      if (!isShown(element)) continue;
      for (let at = element, i = 0; at && at !== document.body && i < 3; at = at.parentElement, i++) {
        const style = getComputedStyle(at);
        const down = /hidden|clip/.test(style.overflowY) ? at.scrollHeight - at.clientHeight : 0;
        const right = /hidden|clip/.test(style.overflowX) ? at.scrollWidth - at.clientWidth : 0;
        const px = Math.max(down, right);
        if (px > 4 && at.clientHeight > 4) found.set(at, px);
      }
    }
    return found;
  };
  const textSpacing = () => {
    const already = cut();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}' +
      'p{margin-bottom:2em!important}');
    const sheets = document.adoptedStyleSheets;
    document.adoptedStyleSheets = [...sheets, sheet];
    const now = cut();
    document.adoptedStyleSheets = sheets;
    return [...now].filter(([element, px]) => !already.has(element) || px > already.get(element) + 8)
      .slice(0, MOST).map(([element, px]) => place(element, px));
  };

  my.probe = {
    still: () => ({ sideways: sideways(), targets: targets(), pictures: pictures(), unreachable: unreachable(),
      faint: faint() }),
    sideways, moving, markPlaces, moved, walkBegin, walkStep, focusOn, blur, missed, menuList, menuShown, menuFocus,
    menuClick, layersMark, layersNew, leaveByTop, textSpacing,
    scrollRoom: () => document.documentElement.scrollHeight - innerHeight,
    scrolled: () => scrollY,
    toTop: () => scrollTo({ top: 0, behavior: 'instant' }),
  };
})();
