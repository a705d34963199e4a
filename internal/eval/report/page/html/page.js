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
  const labels = Array.from(document.querySelectorAll('[data-k]'));
  const rows = labels.filter(e => e.classList.contains('row'));
  const marks = labels.filter(e => e.classList.contains('s'));
  const args = labels.filter(e => e.classList.contains('arg'));
  const total = rows.length + args.length + marks.filter(e => e.id).length;

  function checked(name) {
    return new Set(Array.from(form.querySelectorAll('input[name=' + name + ']:checked'), e => e.value));
  }

  function apply() {
    const kinds = checked('kind'), layers = checked('layer'), chosen = form.elements.class.value;
    const cut = chosen.indexOf(' ');
    const layer = chosen.slice(0, cut), name = chosen.slice(cut + 1);
    const wanted = e => {
      const d = e.dataset;
      return kinds.has(d.k) && layers.has(d.l) && (!chosen || d.l === layer && (d.g === name || d.p === name));
    };
    let shown = 0;
    args.forEach(e => { e.hidden = !wanted(e); if (!e.hidden) shown++; });
    rows.forEach(e => { e.hidden = !wanted(e) && !e.querySelector('.arg:not([hidden])'); if (!e.hidden) shown++; });
    marks.forEach(e => { const on = wanted(e); e.classList.toggle('off', !on); if (on && e.id) shown++; });
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
