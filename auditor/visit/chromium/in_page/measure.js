/* measure.js - the visitor's watch on a document: web-vitals' values, long tasks, layers that
 * come unasked. Runs from the start of every document, after snapshot.js in the same isolated
 * world; tells through a binding that only this world has, because the last values come when
 * the page is being left. ASCII only. SPDX-License-Identifier: MIT */
(() => {
  const my = globalThis.mystery;
  const send = globalThis.mysteryTell;
  if (!my || my.measure || window.top !== window || !send) return;

  let key = '';
  let said = 0;
  const tell = (what, body) => {
    if (++said <= 3000) send(JSON.stringify({ key, what, ...body }));
  };
  const begin = () => {
    key = Array.from(crypto.getRandomValues(new Uint32Array(3)), n => n.toString(36)).join('');
    tell('start', { url: location.href, origin: performance.timeOrigin });
  };

  /* ---- elements: a description for people, and the number that the look gives ---- */

  const describe = element => {
    if (!element || element.nodeType !== 1) return '';
    const id = element.getAttribute('id');
    const kind = (element.getAttribute('class') || '').trim().split(/\s+/)[0];
    const words = (element.getAttribute('aria-label') || element.getAttribute('alt') ||
      element.textContent || '')
      .trim().replace(/\s+/g, ' ').slice(0, 60);
    return element.localName.slice(0, 40) + (id ? '#' + id.slice(0, 40) : '') +
      (kind ? '.' + kind.slice(0, 40) : '') + (words ? ' "' + words + '"' : '');
  };
  /* Where it stands, for finding it in another loading of the same page. */
  const pathOf = element => {
    const parts = [];
    for (let at = element; at && at.nodeType === 1 && parts.length < 40; at = at.parentElement) {
      const id = at.getAttribute('id');
      if (id && /^[a-zA-Z][\w-]*$/.test(id) && document.querySelectorAll('#' + id).length === 1) {
        parts.unshift('#' + id);
        break;
      }
      let place = 1;
      for (let prior = at.previousElementSibling; prior; prior = prior.previousElementSibling)
        if (prior.localName === at.localName) place++;
      if (!/^[a-z][a-z0-9]*$/.test(at.localName)) return '';
      parts.unshift(at.localName + ':nth-of-type(' + place + ')');
    }
    return parts.join(' > ').slice(0, 1000);
  };
  const elementOf = node => !node || node.nodeType === 1 ? node : node.parentElement;
  const markOf = element => element && element.isConnected ? my.markOf(element) : 0;

  /* ---- web-vitals: the newest value of each metric, by navigation ---- */

  const views = new Map();
  const viewOf = metric => {
    const id = metric.navigationId || 0;
    let view = views.get(id);
    if (!view) {
      view = {
        id, url: metric.navigationURL || location.href, metrics: {},
        isSoft: metric.navigationType === 'soft-navigation',
      };
      if (views.size < 200) views.set(id, view);
    }
    return view;
  };
  const held = new Map();
  let targets = 0;
  const targetOf = node => {
    const element = elementOf(node);
    if (!element || held.size > 2000) return undefined;
    const name = String(++targets);
    held.set(name, { element: new WeakRef(element), text: describe(element) });
    return name;
  };
  const target = name => {
    const kept = held.get(name);
    return kept ? { mark: markOf(kept.element.deref()), text: kept.text } : { mark: 0, text: '' };
  };

  const shifted = metric => {
    const sums = new Map();
    for (const entry of metric.entries) {
      let largest = null;
      let most = -1;
      for (const source of entry.sources || []) {
        const box = source.currentRect;
        const area = box.width * box.height;
        if (elementOf(source.node) && area > most) {
          largest = elementOf(source.node);
          most = area;
        }
      }
      if (!largest) continue;
      const sum = sums.get(largest) || { value: 0, at: entry.startTime };
      sum.value += entry.value;
      sums.set(largest, sum);
    }
    return [...sums].sort((a, b) => b[1].value - a[1].value).slice(0, 5).map(([element, sum]) => ({
      value: sum.value, at: sum.at, element: new WeakRef(element), text: describe(element),
    }));
  };

  const put = metric => {
    /* What is measured anew after going back is about no page of ours. */
    if (metric.navigationType === 'back-forward-cache') return;
    const view = viewOf(metric);
    const kept = { value: metric.value };
    const cause = metric.attribution || {};
    if (metric.name === 'LCP')
      Object.assign(kept, {
        target: cause.target, url: cause.url || '', firstByte: cause.timeToFirstByte,
        loadDelay: cause.resourceLoadDelay, loadTime: cause.resourceLoadDuration,
        renderDelay: cause.elementRenderDelay,
      });
    if (metric.name === 'CLS') kept.sources = shifted(metric);
    if (metric.name === 'INP')
      Object.assign(kept, { target: cause.interactionTarget, type: cause.interactionType || '' });
    view.metrics[metric.name] = kept;
    tell('value', { value: { name: metric.name, ...spoken(view, kept) } });
  };
  /* What is told of a value: marks instead of elements. */
  const spoken = (view, kept) => {
    const { target: name, sources, ...plain } = kept;
    const out = { view: view.id, isSoft: view.isSoft, url: view.url, ...plain };
    out.address = plain.url || '';
    out.url = view.url;
    if (name) Object.assign(out, target(name));
    if (sources)
      out.sources = sources.map(source => ({
        value: source.value, at: source.at, text: source.text, mark: markOf(source.element.deref()),
      }));
    return out;
  };

  const options = { reportAllChanges: true, reportSoftNavs: true, generateTarget: targetOf };
  let isVital = false;
  /* Called behind web-vitals' own text. */
  const vitals = () => {
    if (isVital || !globalThis.webVitals) return;
    isVital = true;
    webVitals.onTTFB(put, options);
    webVitals.onFCP(put, options);
    webVitals.onLCP(put, options);
    webVitals.onCLS(put, options);
    webVitals.onINP(put, { ...options, durationThreshold: 16 });
  };
  begin();
  addEventListener('pageshow', event => { if (event.persisted) tell('again', {}); });

  /* ---- long tasks, and the scripts of long frames ---- */

  const tasks = [];
  const frames = [];
  const pauses = [];
  const isOurs = time => pauses.some(pause => time >= pause.from - 20 && time <= pause.to + 20);
  const observe = (type, list) => {
    try {
      new PerformanceObserver(entries => {
        for (const entry of entries.getEntries()) if (list.length < 1000) list.push(entry);
      }).observe({ type, buffered: true });
    } catch (error) { /* a browser without this kind of entry measures without it */ }
  };
  observe('longtask', tasks);
  observe('long-animation-frame', frames);

  let restAt = Infinity;
  const scriptOf = task => {
    let most = null;
    for (const frame of frames) {
      if (frame.startTime > task.startTime + task.duration ||
          frame.startTime + frame.duration < task.startTime) continue;
      for (const script of frame.scripts || [])
        if (script.startTime < task.startTime + task.duration &&
            script.startTime + script.duration > task.startTime &&
            (!most || script.duration > most.duration)) most = script;
    }
    return most ? most.sourceURL || most.invoker || '' : '';
  };
  const siteOf = url => {
    try { return new URL(url, location.href).hostname.split('.').slice(-2).join('.'); }
    catch (error) { return ''; }
  };
  const blocking = () => {
    const paint = performance.getEntriesByName('first-contentful-paint')[0];
    const from = paint ? paint.startTime : 0;
    const seen = tasks.filter(task => task.startTime <= restAt && !isOurs(task.startTime));
    /* Lighthouse's total blocking time: what is over 50 ms of each task after the first
     * content; of a task that began before, only the part behind it. */
    const over = task => {
      const start = Math.max(task.startTime, from);
      const length = task.startTime + task.duration - start;
      return Math.max(0, length - 50);
    };
    let others = 0;
    for (const frame of frames) {
      if (frame.startTime > restAt || isOurs(frame.startTime)) continue;
      let time = 0;
      for (const script of frame.scripts || [])
        if (script.sourceURL && siteOf(script.sourceURL) !== siteOf(location.href))
          time += script.duration;
      others += Math.max(0, time - 50);
    }
    return {
      tbt: paint ? seen.reduce((sum, task) => sum + over(task), 0) : null, others,
      longest: seen.reduce((most, task) => Math.max(most, task.duration), 0),
      tasks: seen.slice().sort((a, b) => b.duration - a.duration).slice(0, 10).map(task => ({
        at: task.startTime, ms: task.duration, script: scriptOf(task).slice(0, 500),
      })),
    };
  };

  /* ---- layers that nobody asked for ---- */

  const CONSENT = /cookie|consent|rgpd|gdpr|dsgvo|datenschutz|privacidad|vie priv|traceur|trackers?\b|privacy/i;
  const LAYER_LEAST = 0.25;
  const layers = new Map();
  let actedAt = -Infinity;
  for (const kind of ['pointerdown', 'keydown', 'touchstart'])
    addEventListener(kind, event => { if (event.isTrusted) actedAt = performance.now(); },
      { capture: true, passive: true });

  const isOver = (element, style) =>
    style.position === 'fixed' || element.getAttribute('aria-modal') === 'true' ||
    (element instanceof HTMLDialogElement && element.open) ||
    (style.position === 'absolute' && Number(style.zIndex) >= 100);
  const layerAt = (x, y) => {
    let over = null;
    for (let at = document.elementFromPoint(x, y); at && at !== document.body; at = at.parentElement)
      if (isOver(at, getComputedStyle(at))) over = at;
    return over;
  };
  const shareOf = element => {
    const box = element.getBoundingClientRect();
    const width = Math.min(box.right, innerWidth) - Math.max(box.left, 0);
    const height = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
    return width > 0 && height > 0 ? width * height / (innerWidth * innerHeight) : 0;
  };
  const wordsOf = element => (element.innerText || '').trim().replace(/\s+/g, ' ');
  const watchLayers = () => {
    const now = performance.now();
    const found = new Set();
    for (const x of [0.2, 0.5, 0.8])
      for (const y of [0.2, 0.5, 0.8]) {
        const layer = layerAt(innerWidth * x, innerHeight * y);
        if (layer) found.add(layer);
      }
    for (const layer of found) {
      const share = shareOf(layer);
      if (share < LAYER_LEAST) continue;
      let seen = layers.get(layer);
      if (!seen) {
        /* A backdrop has no words of its own: those of what lies on it. */
        const words = wordsOf(layer) || [...found].map(wordsOf).find(text => text) || '';
        seen = {
          element: new WeakRef(layer), from: now, share: 0, words: words.slice(0, 200),
          isConsent: CONSENT.test(words), isAsked: now - actedAt < 2000, to: now,
        };
        if (layers.size < 50) layers.set(layer, seen);
        /* The page may be left before it is asked. */
        setTimeout(() => tell('layers', { layers: layerList() }), 600);
      }
      seen.share = Math.max(seen.share, share);
      if (!seen.words) {
        seen.words = wordsOf(layer).slice(0, 200);
        seen.isConsent = CONSENT.test(seen.words);
      }
      seen.to = now;
    }
  };
  const LAYERS_MS = 10500;
  const timer = setInterval(() => {
    if (performance.now() > LAYERS_MS) clearInterval(timer);
    else if (document.body && document.readyState !== 'loading') watchLayers();
  }, 250);
  const layerList = () => [...layers.values()].map(layer => ({
    from: layer.from, to: layer.to, share: layer.share, words: layer.words,
    isConsent: layer.isConsent, isAsked: layer.isAsked, mark: markOf(layer.element.deref()),
    text: describe(layer.element.deref()),
  }));

  /* ---- what we are asked ---- */

  my.measure = {
    vitals, key: () => key,
    /* The page has come to rest: tasks from now on are not its loading. */
    rest: () => { if (restAt === Infinity) restAt = performance.now(); },
    /* From here to resume, tasks are ours. */
    pause: () => { pauses.push({ from: performance.now(), to: Infinity }); },
    resume: () => { if (pauses.length) pauses[pauses.length - 1].to = performance.now(); },
    describe, markOf, pathOf, layerAt, shareOf, wordsOf, CONSENT,
    read: () => {
      const entry = performance.getEntriesByType('navigation')[0];
      const out = [];
      for (const view of views.values())
        for (const name of Object.keys(view.metrics))
          out.push({ name, ...spoken(view, view.metrics[name]) });
      return {
        key, age: performance.now(), values: out, ...blocking(), layers: layerList(),
        load: entry && entry.loadEventEnd > 0 ? entry.loadEventEnd : null,
      };
    },
  };
})();
