/* film.js - how complete a page looks in pictures of its loading. Runs after snapshot.js in
 * the same isolated world; decodes with the page's own process, fetches nothing. ASCII only.
 * SPDX-License-Identifier: MIT */
(() => {
  const my = globalThis.mystery;
  if (!my || my.film) return;
  const WIDTH = 160; /* of the pictures that are compared */
  const STEP = 0.04; /* of progress between two frames of the strip */
  const KEPT_MOST = 6;

  const bitmapOf = text => {
    const bytes = Uint8Array.from(atob(text), letter => letter.charCodeAt(0));
    return createImageBitmap(new Blob([bytes], { type: 'image/jpeg' }));
  };
  /* How many pixels have which value, in each of three colours. */
  const histogram = async text => {
    const bitmap = await bitmapOf(text);
    const height = Math.max(1, Math.round(WIDTH * bitmap.height / bitmap.width));
    const canvas = new OffscreenCanvas(WIDTH, height);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    context.drawImage(bitmap, 0, 0, WIDTH, height);
    bitmap.close();
    const { data } = context.getImageData(0, 0, WIDTH, height);
    const counts = new Uint32Array(3 * 256);
    for (let i = 0; i < data.length; i += 4)
      for (let c = 0; c < 3; c++) counts[256 * c + data[i + c]]++;
    return counts;
  };
  const white = like => {
    const counts = new Uint32Array(3 * 256);
    const pixels = like.subarray(0, 256).reduce((sum, n) => sum + n, 0);
    for (let c = 0; c < 3; c++) counts[256 * c + 255] = pixels;
    return counts;
  };
  /* The share of the way from first to last that the counts have gone, as WebPageTest has
   * it. */
  const progressOf = (now, first, last) => {
    let gone = 0;
    let whole = 0;
    for (let i = 0; i < now.length; i++) {
      const way = Math.abs(last[i] - first[i]);
      gone += Math.min(Math.abs(now[i] - first[i]), way);
      whole += way;
    }
    return whole ? gone / whole : 1;
  };

  /* The frames of a strip: the first, those that bring something, the last. */
  const choose = shown => {
    const kept = [];
    for (const frame of shown)
      if (!kept.length || Math.abs(frame.progress - kept[kept.length - 1].progress) >= STEP) kept.push(frame);
    const last = shown[shown.length - 1];
    while (kept.length > KEPT_MOST) {
      let least = 1;
      for (let i = 1; i < kept.length; i++)
        if (kept[i].progress - kept[i - 1].progress < kept[least].progress - kept[least - 1].progress)
          least = i;
      kept.splice(least, 1);
    }
    if (kept[kept.length - 1].progress < last.progress) kept[kept.length - 1] = last;
    return kept;
  };

  /* For a film of all pages: pictures of one size, as base64 of WebP. */
  const MOVIE_MOST = 30;
  const MOVIE_STEP = 0.005;
  const webp = async (text, [width, height]) => {
    const bitmap = await bitmapOf(text);
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d', { alpha: false });
    const scale = Math.min(width / bitmap.width, height / bitmap.height);
    context.fillStyle = '#fff';
    context.fillRect(0, 0, width, height);
    context.drawImage(bitmap, (width - bitmap.width * scale) / 2, (height - bitmap.height * scale) / 2,
      bitmap.width * scale, bitmap.height * scale);
    bitmap.close();
    const blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.6 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let letters = '';
    for (let i = 0; i < bytes.length; i += 8192) letters += String.fromCharCode(...bytes.subarray(i, i + 8192));
    return btoa(letters);
  };
  const movieOf = async (pictures, shown, size) => {
    const kept = shown.filter((frame, i) =>
      !i || Math.abs(frame.progress - shown[i - 1].progress) >= MOVIE_STEP || i === shown.length - 1);
    const stride = Math.ceil(kept.length / MOVIE_MOST);
    const movie = [];
    for (let i = (kept.length - 1) % stride; i < kept.length; i += stride)
      movie.push([kept[i].at, await webp(pictures[kept[i].i][1], size)]);
    return movie;
  };

  /* pictures: [[seconds since 1970, base64 of a JPEG], ...] in their order. Gives the Speed
   * Index in ms and the strip as [[place in pictures, ms, progress], ...]; null without any
   * of this document. size: [width, height] of a film's pictures, null: none are wanted; movie is
   * [[ms, base64 of a WebP], ...]. */
  my.film = async (pictures, size) => {
    const paint = performance.getEntriesByType('paint')[0];
    if (!paint || !pictures.length) return null;
    const times = pictures.map(picture => picture[0] * 1000 - performance.timeOrigin);
    /* Pictures are dated when they are drawn, paints when they are on the screen: the last
     * picture before the first paint is of that paint. */
    const first = Math.max(0, times.findLastIndex(at => at <= paint.startTime));
    const shown = [];
    for (let i = first; i < pictures.length; i++)
      shown.push({ i, at: Math.max(times[i], paint.startTime), counts: await histogram(pictures[i][1]) });
    const last = shown[shown.length - 1].counts;
    const blank = white(last);
    let index = shown[0].at;
    shown.forEach((frame, i) => {
      frame.progress = progressOf(frame.counts, blank, last);
      if (i + 1 < shown.length) index += (shown[i + 1].at - frame.at) * (1 - frame.progress);
    });
    return { index, strip: choose(shown).map(frame => [frame.i, frame.at, frame.progress]),
      movie: size ? await movieOf(pictures, shown, size) : [] };
  };
})();
