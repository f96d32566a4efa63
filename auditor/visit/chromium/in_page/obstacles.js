/* obstacles.js - what lies over the page: layers with their words, controls, fields, boxes
 * and colours. Facts only; what a layer is and which control answers it is decided outside,
 * by the words of shops. Runs after snapshot.js in the same isolated world, and alone in
 * frames. ASCII only. SPDX-License-Identifier: MIT */
(() => {
  const my = globalThis.mystery;
  if (!my || my.layers) return;
  const LAYERS_MOST = 12, CONTROLS_MOST = 60, LETTERS_MOST = 4000, WRAPPER_ELEMENTS = 400;
  const HINTED = ['cookie', 'consent', 'gdpr', 'rgpd', 'onetrust', 'didomi', 'axeptio', 'tarteaucitron',
    'usercentrics', 'cmp-', 'cmpbox', 'newsletter', 'popup', 'modal', 'overlay', 'lightbox']
    .flatMap(word => [`[id*="${word}" i]`, `[class*="${word}" i]`]).join(',');
  const DIALOGS = 'dialog[open],[role=dialog],[role=alertdialog],[aria-modal=true],[popover]';
  const CONTROLS = 'a,button,input[type=button],input[type=submit],input[type=image],' +
    '[role=button],[role=link],summary,[onclick],[tabindex="0"]';
  const CLOSE = /(^|[^a-z])(close|closer|dismiss|btn-x|fermer|schliessen|cerrar|chiudi)([^a-z]|$)/i;
  const COOKIE = /cookie|consent|gdpr|rgpd|onetrust|didomi|axeptio|tarteaucitron|usercentrics|cmp(box|-|_)/i;

  const rootOf = node => node.getRootNode();
  const parentOf = node => node.assignedSlot || node.parentElement ||
    (rootOf(node) instanceof ShadowRoot ? rootOf(node).host : null);
  const holds = (outer, inner) => {
    for (let at = inner; at; at = parentOf(at)) if (at === outer) return true;
    return false;
  };
  const attribute = (element, name) => Element.prototype.getAttribute.call(element, name) || '';
  const namesOf = element => `${attribute(element, 'id')} ${attribute(element, 'class')}`;
  const isShown = element => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width >= 2 && box.height >= 2;
  };
  const clip = box => {
    const left = Math.max(0, box.left), top = Math.max(0, box.top);
    return { x: left, y: top, width: Math.max(0, Math.min(innerWidth, box.right) - left),
      height: Math.max(0, Math.min(innerHeight, box.bottom) - top) };
  };
  const shareOf = box => (box.width * box.height) / Math.max(1, innerWidth * innerHeight);

  /* ---- the tree with its shadows ---- */

  const childrenOf = node => {
    const root = node.shadowRoot;
    if (root) return root.childNodes;
    if (node instanceof HTMLSlotElement) {
      const assigned = node.assignedNodes({ flatten: true });
      if (assigned.length) return assigned;
    }
    return node.childNodes;
  };
  const SILENT = new Set(['script', 'style', 'noscript', 'template', 'svg', 'iframe', 'select']);
  const gather = (node, out, depth) => {
    if (out.length > LETTERS_MOST || depth > 60) return out;
    for (const child of childrenOf(node)) {
      if (child.nodeType === 3) out += child.data;
      else if (child.nodeType === 1 && !SILENT.has(child.localName) && child.checkVisibility())
        out = gather(child, `${out} `, depth + 1);
    }
    return out;
  };
  const textOf = element => gather(element, '', 0).replace(/\s+/g, ' ').trim().slice(0, LETTERS_MOST);
  const each = (node, see, depth) => {
    if (depth > 60) return;
    for (const child of childrenOf(node))
      if (child.nodeType === 1) {
        see(child);
        each(child, see, depth + 1);
      }
  };
  const hitAt = (x, y) => {
    let hit = document.elementFromPoint(x, y);
    while (hit && hit.shadowRoot) {
      const inner = hit.shadowRoot.elementFromPoint(x, y);
      if (!inner || inner === hit) break;
      hit = inner;
    }
    return hit;
  };

  /* ---- colours ---- */

  const read = text => {
    const parts = /^rgba?\(([\d.]+)[, ]+([\d.]+)[, ]+([\d.]+)(?:[,/ ]+([\d.]+))?\)$/.exec(text);
    return parts ? [+parts[1], +parts[2], +parts[3], parts[4] === undefined ? 1 : +parts[4]] : null;
  };
  const groundOf = element => {
    const stack = [];
    for (let at = element; at; at = parentOf(at)) {
      const style = getComputedStyle(at);
      if (style.backgroundImage !== 'none') return null;
      const color = read(style.backgroundColor);
      if (!color) return null;
      if (color[3] > 0) stack.push(color);
      if (color[3] > 0.99) break;
    }
    let below = [255, 255, 255];
    for (const [r, g, b, a] of stack.reverse())
      below = [r * a + below[0] * (1 - a), g * a + below[1] * (1 - a), b * a + below[2] * (1 - a)];
    return below;
  };
  const light = color => {
    const [r, g, b] = color.map(part => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    if (!a || !b) return 0;
    const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
    return (bright + 0.05) / (dark + 0.05);
  };

  /* ---- controls of a layer ---- */

  const wordsOf = element => (attribute(element, 'aria-label') || textOf(element) ||
    (element instanceof HTMLInputElement ? element.value || element.alt : '') ||
    attribute(element, 'title') || labelOfPicture(element)).replace(/\s+/g, ' ').trim().slice(0, 120);
  const labelOfPicture = element => {
    const picture = element.querySelector('img[alt],svg[aria-label],svg title');
    return picture ? attribute(picture, 'alt') || attribute(picture, 'aria-label') ||
      picture.textContent || '' : '';
  };
  const isControl = element => element.matches(CONTROLS) ||
    (CLOSE.test(`${namesOf(element)} ${attribute(element, 'data-dismiss')}`) &&
      getComputedStyle(element).cursor === 'pointer');
  const isClosing = (element, words) => CLOSE.test(namesOf(element)) ||
    element.hasAttribute('data-dismiss') || element.hasAttribute('data-bs-dismiss') ||
    /^[x\u00d7\u2715\u2716\u2a2f\u2573]$/i.test(words);
  const controlOf = element => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    const ground = groundOf(element);
    const color = read(style.color);
    const around = parentOf(element) ? groundOf(parentOf(element)) : null;
    const words = wordsOf(element);
    const href = element instanceof HTMLAnchorElement ? attribute(element, 'href') : '';
    const point = clip(box);
    const x = point.x + point.width / 2, y = point.y + point.height / 2;
    const hit = point.width > 0 && point.height > 0 ? hitAt(x, y) : null;
    return {
      mark: my.markOf(element), words, x, y,
      width: box.width, height: box.height, font: parseFloat(style.fontSize) || 0,
      contrast: color && ground ? ratio(color.slice(0, 3), ground) : 0,
      stands: Math.max(ratio(ground, around),
        parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== 'none'
          ? ratio((read(style.borderTopColor) || [0, 0, 0]).slice(0, 3), around) : 0),
      isLink: element.localName === 'a', leads: /^(#|javascript:|$)/.test(href) ? '' : element.href,
      isClosing: isClosing(element, words), isReached: !!hit && (holds(element, hit) || holds(hit, element)),
    };
  };
  const controlsOf = layer => {
    const found = [];
    each(layer, element => {
      if (found.length < CONTROLS_MOST && isControl(element) && isShown(element) &&
        !found.some(other => holds(other, element) && wordsOf(other) === wordsOf(element)))
        found.push(element);
    }, 0);
    return found.map(controlOf);
  };
  const fieldsOf = layer => {
    const count = { mail: 0, password: 0, text: 0, select: 0, box: 0, card: 0,
      frame: layer.localName === 'iframe' ? 1 : 0 };
    each(layer, element => {
      const name = element.localName;
      if (name === 'select') count.select++;
      else if (name === 'iframe') count.frame += isShown(element) ? 1 : 0;
      else if (name === 'input' && isShown(element)) {
        const said = `${attribute(element, 'name')} ${attribute(element, 'autocomplete')} ` +
          `${attribute(element, 'id')}`;
        if (/cc-|card|cvv|cvc|iban/i.test(said)) count.card++;
        if (element.type === 'email' || /mail/i.test(said)) count.mail++;
        else if (element.type === 'password') count.password++;
        else if (/^(checkbox|radio)$/.test(element.type)) count.box++;
        else if (/^(text|tel|search|number)$/.test(element.type)) count.text++;
      }
    }, 0);
    return count;
  };

  /* What a person would press to untick what is ticked: the box, its label, the switch. */
  const tickedOf = layer => {
    const marks = [];
    each(layer, element => {
      const isBox = element instanceof HTMLInputElement && element.type === 'checkbox' &&
        element.checked && !element.disabled;
      const isSwitch = /^(switch|checkbox)$/.test(attribute(element, 'role')) &&
        attribute(element, 'aria-checked') === 'true' && attribute(element, 'aria-disabled') !== 'true';
      const label = isBox && element.labels ? [...element.labels].find(isShown) : null;
      const target = isShown(element) ? element : label;
      if ((isBox || isSwitch) && target && marks.length < 40) marks.push(my.markOf(target));
    }, 0);
    return marks;
  };

  /* ---- which elements are layers ---- */

  const isDialog = element => element.matches(DIALOGS) && !element.matches('[popover]:not(:popover-open)');
  /* The page itself in a positioned box, or what belongs to every page of a shop. */
  const isPageItself = element => {
    if (element === document.body || element === document.documentElement) return true;
    if (element.querySelector('main,[role=main]')) return true;
    return !isDialog(element) && element.querySelectorAll('*').length > WRAPPER_ELEMENTS &&
      shareOf(clip(element.getBoundingClientRect())) > 0.8;
  };
  const isHeader = element => !isDialog(element) && !COOKIE.test(namesOf(element)) &&
    (element.matches('header,nav,[role=banner],[role=navigation]') ||
      !!element.querySelector('nav,input[type=search],[role=search]')) &&
    shareOf(clip(element.getBoundingClientRect())) < 0.35;
  const isLifted = element => {
    const style = getComputedStyle(element);
    if (style.position === 'fixed' || style.position === 'sticky' || isDialog(element)) return true;
    return style.position === 'absolute' && +style.zIndex > 0 &&
      shareOf(clip(element.getBoundingClientRect())) > 0.1;
  };
  const layerOf = element => {
    let layer = null;
    for (let at = element; at && at !== document.body && at !== document.documentElement;
      at = parentOf(at)) {
      if (isPageItself(at)) break;
      if (isLifted(at)) layer = at;
    }
    return layer;
  };
  const found = layers => {
    const add = element => {
      if (element && !layers.some(other => holds(other, element)) && isShown(element)) {
        for (let i = layers.length - 1; i >= 0; i--)
          if (holds(element, layers[i])) layers.splice(i, 1);
        layers.push(element);
      }
    };
    for (let row = 0; row < 9; row++)
      for (let column = 0; column < 7; column++) {
        const hit = hitAt(innerWidth * (column + 0.5) / 7, innerHeight * (row + 0.5) / 9);
        if (hit) add(layerOf(hit));
      }
    for (const element of document.querySelectorAll(DIALOGS))
      if (isDialog(element)) add(layerOf(element) || element);
    let looked = 0;
    for (const element of document.querySelectorAll(HINTED)) {
      if (++looked > 300 || layers.length >= 3 * LAYERS_MOST) break;
      if (!isShown(element) || isPageItself(element)) continue;
      const layer = layerOf(element);
      if (layer || (COOKIE.test(namesOf(element)) && element.querySelector('button,a,input')))
        add(layer || element);
    }
    return layers;
  };
  const layerFacts = layer => {
    const box = clip(layer.getBoundingClientRect());
    const style = getComputedStyle(layer);
    const middle = hitAt(innerWidth / 2, innerHeight / 2);
    return {
      mark: my.markOf(layer), names: namesOf(layer).slice(0, 200), words: textOf(layer),
      share: shareOf(box), x: box.x, y: box.y, width: box.width, height: box.height,
      isDialog: isDialog(layer) || !!layer.querySelector(DIALOGS), isHeader: isHeader(layer),
      isLifted: isLifted(layer) || layer.matches('dialog'), position: style.position,
      isCookie: COOKIE.test(namesOf(layer)) ||
        [...layer.querySelectorAll('[id],[class]')].slice(0, 60).some(one => COOKIE.test(namesOf(one))),
      isOnMiddle: !!middle && holds(layer, middle), fields: fieldsOf(layer), controls: controlsOf(layer),
      ticked: tickedOf(layer),
    };
  };

  /* Everything that lies over the page now, largest first. In a frame: its body. */
  my.layers = isFrame => {
    if (!document.body) return { width: innerWidth, height: innerHeight, at: 0, layers: [] };
    const list = isFrame ? [document.body] : found([]);
    return {
      width: innerWidth, height: innerHeight, at: performance.now(), url: location.href,
      language: document.documentElement.lang || '',
      layers: list.slice(0, LAYERS_MOST).map(layerFacts).sort((a, b) => b.share - a.share),
    };
  };
  /* Is the layer of a mark still seen? And what is on the page's middle, if a layer? */
  my.isLayerShown = mark => {
    const element = my.element(mark);
    if (!element || !isShown(element)) return false;
    const box = clip(element.getBoundingClientRect());
    return box.width * box.height > 0;
  };
  my.middle = () => {
    const hit = hitAt(innerWidth / 2, innerHeight / 2);
    const layer = hit && layerOf(hit);
    return layer && !isHeader(layer) ? my.markOf(layer) : 0;
  };
  const frame = () => new Promise(done => {
    requestAnimationFrame(() => done());
    setTimeout(done, 60);
  });
  /* Where the control of a mark is now, in this document's viewport; null: not to be hit.
   * Two frames later: what the pointer's arrival changed is drawn. */
  my.controlAt = async mark => {
    const element = my.element(mark);
    if (!element || !isShown(element)) return null;
    if (element.scrollIntoViewIfNeeded) element.scrollIntoViewIfNeeded(true);
    await frame();
    await frame();
    if (!element.isConnected) return null;
    const box = clip(element.getBoundingClientRect());
    const x = box.x + box.width / 2, y = box.y + box.height / 2;
    const hit = hitAt(x, y);
    return hit && (holds(element, hit) || holds(hit, element)) ? { x, y } : null;
  };
})();
