/* layout.js - how the elements of the last snapshot are laid out: boxes, fonts, colours,
 * what is fixed, covered, cut off, moving (model/layout.h). Runs after snapshot.js in the
 * same isolated world. ASCII only. SPDX-License-Identifier: MIT */
(() => {
  const my = globalThis.mystery;
  if (!my || my.layout) return;
  const VISIBLE = 1, FIXED = 2, STICKY = 4, CONTROL = 8, INLINE = 16, FOCUSABLE = 32, COVERED = 64,
    HAS_TEXT = 128, ON_PICTURE = 256, UNDERLINED = 512, CLIPPED = 1024, BOLD = 2048, POINTER = 4096,
    ANIMATED = 8192;
  const NODES_MOST = 20000;
  /* Fields: their words have a size before any is typed. */
  const TYPED = 'textarea,select,input:not([type=hidden],[type=checkbox],[type=radio],[type=range],' +
    '[type=color],[type=image])';
  const CONTROLS = 'a[href],area[href],button,input:not([type=hidden]),select,textarea,summary,' +
    '[role=button],[role=link],[role=checkbox],[role=radio],[role=switch],[role=tab],' +
    '[role=menuitem],[role=option],[role=combobox],[onclick]';

  const parentOf = node => node.assignedSlot || node.parentElement ||
    (node.getRootNode() instanceof ShadowRoot ? node.getRootNode().host : null);
  const round = number => Math.round(number * 10) / 10;

  /* ---- colours: [r, g, b, a] with a from 0 to 1; null: a form that is not read ---- */

  const read = text => {
    const parts = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[,/ ]+([\d.]+)(%?))?\)$/.exec(text);
    if (parts) {
      const alpha = parts[4] === undefined ? 1 : +parts[4] / (parts[5] ? 100 : 1);
      return [+parts[1], +parts[2], +parts[3], alpha];
    }
    const srgb = /^color\(srgb ([\d.]+) ([\d.]+) ([\d.]+)(?: \/ ([\d.]+))?\)$/.exec(text);
    return srgb ? [srgb[1] * 255, srgb[2] * 255, srgb[3] * 255, srgb[4] === undefined ? 1 : +srgb[4]]
      : null;
  };
  const over = (top, below) => {
    const alpha = top[3] + below[3] * (1 - top[3]);
    if (alpha === 0) return [0, 0, 0, 0];
    const mix = i => (top[i] * top[3] + below[i] * below[3] * (1 - top[3])) / alpha;
    return [mix(0), mix(1), mix(2), alpha];
  };
  const pack = color => color
    ? (((Math.round(color[0]) << 24) | (Math.round(color[1]) << 16) | (Math.round(color[2]) << 8) |
      Math.round(color[3] * 255)) >>> 0) : 0;

  /* ---- what comes down the tree ---- */

  /* A sticky bar stays in place, too, when what holds it is longer than the screen. */
  const staysInPlace = (element, style) => style.position === 'fixed' ||
    (style.position === 'sticky' && style.top !== 'auto' && !!element.parentElement &&
      element.parentElement.getBoundingClientRect().height >
        element.getBoundingClientRect().height + innerHeight);

  const about = (known, element) => {
    if (!element) return { style: null, ground: [255, 255, 255, 1], isPicture: false, isFixed: false, opacity: 1 };
    const old = known.get(element);
    if (old) return old;
    const outer = about(known, parentOf(element));
    const style = getComputedStyle(element);
    const own = read(style.backgroundColor);
    const isOpaque = own && own[3] > 0.99;
    const hasPicture = style.backgroundImage !== 'none';
    const fact = {
      style,
      ground: own === null ? null : isOpaque ? own : outer.ground && over(own, outer.ground),
      isPicture: hasPicture || (outer.isPicture && !isOpaque),
      isFixed: outer.isFixed || staysInPlace(element, style),
      opacity: outer.opacity * (+style.opacity || 0),
    };
    known.set(element, fact);
    return fact;
  };

  const ownText = element => {
    let text = '';
    for (let child = element.firstChild; child; child = child.nextSibling)
      if (child.nodeType === 3) text += child.data;
    return text.trim().replace(/\s+/g, ' ');
  };
  const lettersOf = text => (text.match(/[\p{L}\p{N}]/gu) || []).length;
  const isInText = (element, style) => {
    if (style.display !== 'inline') return false;
    const parent = element.parentElement;
    return !!parent && lettersOf(ownText(parent)) > 0;
  };
  const isCut = (element, style) => (style.overflowX !== 'visible' || style.overflowY !== 'visible') &&
    style.overflowY !== 'auto' && style.overflowY !== 'scroll' && style.overflowX !== 'auto' &&
    style.overflowX !== 'scroll' &&
    (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 3);
  const coverOf = (element, box) => {
    const x = box.left + box.width / 2;
    const y = box.top + box.height / 2;
    if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return null;
    let hit = document.elementFromPoint(x, y);
    while (hit && hit.shadowRoot && hit.shadowRoot.elementFromPoint(x, y) !== hit &&
      hit.shadowRoot.elementFromPoint(x, y)) hit = hit.shadowRoot.elementFromPoint(x, y);
    if (!hit || element.contains(hit) || hit.contains(element)) return null;
    const label = hit.closest('label');
    if (label && (label.control === element || label.contains(element))) return null;
    for (let at = hit; at; at = parentOf(at)) if (at === element) return null;
    return hit;
  };

  const flagsOf = (element, style, fact, has) => (fact.isFixed ? FIXED : 0) |
    (style.position === 'sticky' ? STICKY : 0) |
    (has.control ? CONTROL : 0) | (has.control && isInText(element, style) ? INLINE : 0) |
    (has.visible && element.tabIndex >= 0 && !element.matches(':disabled') && !element.closest('[inert]')
      ? FOCUSABLE : 0) |
    (has.letters ? HAS_TEXT : 0) | (has.letters && fact.isPicture ? ON_PICTURE : 0) |
    (style.textDecorationLine.includes('underline') ||
      (parseFloat(style.borderBottomWidth) > 0 && style.borderBottomStyle !== 'none') ? UNDERLINED : 0) |
    (has.letters && isCut(element, style) ? CLIPPED : 0) | (+style.fontWeight >= 700 ? BOLD : 0) |
    (style.cursor === 'pointer' ? POINTER : 0) | (has.moves ? ANIMATED : 0);

  /* [mark, x, y, width, height, flags, font size, colour, background, z, family, cover's mark,
   * letters] of each element. left, top: where the viewport begins in the page. */
  my.layout = (left = scrollX, top = scrollY) => {
    const known = new Map();
    const families = [];
    const nodes = [];
    const moving = new Set();
    try {
      for (const animation of document.getAnimations())
        if (animation.playState === 'running' && animation.effect) moving.add(animation.effect.target);
    } catch (e) { /* nothing moves that we know of */ }
    for (const element of my.listed || []) {
      if (nodes.length >= NODES_MOST) break;
      if (!(element instanceof Element) || !element.isConnected || element.closest('head')) continue;
      const isControl = element.matches(CONTROLS);
      const rect = element.getBoundingClientRect();
      const hasBox = rect.width > 0 && rect.height > 0 && element.checkVisibility();
      if (!hasBox && !isControl) continue;
      const fact = about(known, element);
      const { style } = fact;
      const letters = lettersOf(ownText(element));
      const isVisible = hasBox && style.visibility === 'visible' && fact.opacity > 0.01;
      let flags = flagsOf(element, style, fact, { control: isControl, visible: isVisible, letters,
        moves: moving.has(element) }) | (isVisible ? VISIBLE : 0);
      const cover = isControl && isVisible ? coverOf(element, rect) : null;
      if (cover) flags |= COVERED;
      const family = style.fontFamily.split(',')[0].trim().replace(/^["']|["']$/g, '');
      let index = families.indexOf(family);
      if (index < 0 && families.length < 100) index = families.push(family) - 1;
      const ground = letters && !fact.isPicture ? fact.ground : null;
      let color = letters ? read(style.color) : null;
      if (color && ground) color = over([color[0], color[1], color[2], color[3] * fact.opacity], ground);
      nodes.push([my.markOf(element), round(rect.left + left), round(rect.top + top),
        round(rect.width), round(rect.height), flags, letters || element.matches(TYPED) ? parseFloat(style.fontSize) : 0,
        pack(color), pack(ground), parseInt(style.zIndex, 10) || 0, letters ? index : -1,
        cover ? my.markOf(cover) : 0, letters]);
    }
    const root = document.scrollingElement || document.documentElement;
    return { width: innerWidth, height: innerHeight, left: scrollX, top: scrollY, documentWidth: root.scrollWidth,
      documentHeight: root.scrollHeight, families, nodes };
  };
})();
