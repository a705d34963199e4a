'use strict';
(function () {
  document.documentElement.classList.add('scripted');

  // Long tables are folded; without this script, and on paper, all are open.
  const folds = Array.from(document.querySelectorAll('details.fold'));
  let opened = [];
  folds.forEach(d => { if (!d.hasAttribute('data-keep')) d.open = false; });
  addEventListener('beforeprint', () => { opened = folds.filter(d => !d.open); opened.forEach(d => { d.open = true; }); });
  addEventListener('afterprint', () => { opened.forEach(d => { d.open = false; }); opened = []; });

  // A link into folded or hidden content opens it.
  function reveal() {
    let e = null;
    try { e = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch { return; }
    for (let p = e; p; p = p.parentElement) if (p.tagName === 'DETAILS') p.open = true;
  }
  addEventListener('hashchange', reveal);
  reveal();

  // A table that does not scroll need not be a stop of the keyboard.
  const stops = () => document.querySelectorAll('.scroll').forEach(e => {
    if (e.scrollWidth > e.clientWidth) e.tabIndex = 0; else e.removeAttribute('tabindex');
  });
  addEventListener('resize', stops);
  addEventListener('toggle', stops, true);
  stops();

  const form = document.getElementById('filters');
  if (!form) return;
  form.hidden = false;
  const counts = JSON.parse(document.getElementById('labels').textContent);
  const sum = numbers => Object.values(numbers).reduce((a, n) => a + n, 0);
  const total = sum(counts.marks) + sum(counts.args) + counts.rows.reduce((a, r) => a + r.n, 0);

  function checked(name) {
    return new Set(Array.from(form.querySelectorAll('input[name=' + name + ']:checked'), e => e.value));
  }

  // Articles near the window, and those that were filtered when they were not.
  const near = new Set(), stale = new Set();

  // Whether the filters want labels of a layer and kind, with these classes.
  let wanted = () => true;

  // Labels of an article are shown or not.
  function filter(within) {
    stale.delete(within);
    const wants = e => wanted(e.dataset.l, e.dataset.k, e.dataset.g, e.dataset.p);
    within.querySelectorAll('.arg[data-k]').forEach(e => { e.hidden = !wants(e); });
    within.querySelectorAll('.row[data-k]').forEach(e => { e.hidden = !wants(e) && !e.querySelector('.arg:not([hidden])'); });
    within.querySelectorAll('.s[data-k]').forEach(e => { e.classList.toggle('off', !wants(e)); });
  }

  function apply() {
    const kinds = checked('kind'), layers = checked('layer'), chosen = form.elements.class.value;
    const cut = chosen.indexOf(' ');
    const layer = chosen.slice(0, cut), name = chosen.slice(cut + 1);
    wanted = (l, k, g, p) => kinds.has(k) && layers.has(l) && (!chosen || l === layer && (g === name || p === name));
    const on = counts.sorts.map(s => wanted(...s));
    let shown = 0;
    for (const numbers of [counts.marks, counts.args]) for (const s in numbers) if (on[s]) shown += numbers[s];
    for (const r of counts.rows) if (on[r.sort] || r.args.some(a => on[a])) shown += r.n;
    const few = document.querySelectorAll('article').length <= 10;
    for (const article of document.querySelectorAll('article:not(.later)')) {
      if (few || near.has(article)) filter(article); else stale.add(article);
    }
    document.getElementById('shown').textContent = shown === total ? 'Everything is shown.' : shown + ' of ' + total + ' labels are shown.';
  }
  form.addEventListener('change', apply);
  form.addEventListener('submit', e => e.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  document.getElementById('errors-only').addEventListener('click', () => {
    form.querySelectorAll('input[name=kind]').forEach(e => { e.checked = e.value !== 'correct'; });
    apply();
  });
  apply();

  // Articles that are packed are unpacked near the window. Of those that were left
  // behind only the last stay; the others keep their height.
  const open = new Set(), most = 6;
  async function unpack(article) {
    const data = article.querySelector(':scope > script');
    if (!data || open.has(article)) return;
    open.add(article);
    const bytes = Uint8Array.from(atob(data.textContent), c => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const body = document.createElement('template');
    body.innerHTML = await new Response(stream).text();
    article.packed = Array.from(article.childNodes);
    article.replaceChildren(body.content);
    article.classList.remove('later');
    article.style.minHeight = '';
    filter(article);
    stops();
    for (const old of open) {
      if (open.size <= most) break;
      if (old.packed && !near.has(old) && !old.contains(document.activeElement)) repack(old);
    }
  }
  function repack(article) {
    article.style.minHeight = article.offsetHeight + 'px';
    article.replaceChildren(...article.packed);
    article.classList.add('later');
    article.packed = null;
    open.delete(article);
  }
  const watch = new IntersectionObserver(entries => entries.forEach(({ target, isIntersecting }) => {
    if (!isIntersecting) { near.delete(target); return; }
    near.add(target);
    if (stale.has(target)) filter(target);
    unpack(target);
  }), { rootMargin: '600px' });
  document.querySelectorAll('article').forEach(e => watch.observe(e));
  addEventListener('beforeprint', () => stale.forEach(filter));

  // The counterpart of the mark below the pointer.
  let twins = [];
  addEventListener('pointerover', e => {
    twins.forEach(t => t.classList.remove('twin'));
    const mark = e.target.closest && e.target.closest('.s[data-n]');
    const article = mark && mark.closest('article');
    twins = article ? Array.from(article.querySelectorAll('.s[data-n="' + mark.dataset.n + '"]')) : [];
    twins.forEach(t => t.classList.add('twin'));
  });
})();
