'use strict';
// Search, and opening or closing all changes: what styles alone can't do.
(() => {
  const byId = (id) => document.getElementById(id);
  document.documentElement.classList.add('script');

  // A link to a change opens it and the elements around it.
  const reveal = () => {
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    target.scrollIntoView();
  };
  window.addEventListener('hashchange', reveal);
  reveal();

  const find = byId('find');
  if (find) {
    let entries;
    const text = (change) =>
      ['h4', '.pointer', 'figcaption'].flatMap((part) => [...change.querySelectorAll(part)])
        .map((part) => part.textContent).join(' ').toLowerCase();
    const search = () => {
      const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
      entries ??= [...document.querySelectorAll('.change')].map((change) => [change, text(change)]);
      let count = 0;
      for (const [change, content] of entries) {
        change.hidden = !words.every((word) => content.includes(word));
        if (!change.hidden) count += 1;
      }
      for (const fold of document.querySelectorAll('.kind > .fold')) fold.open = words.length > 0;
      for (const section of document.querySelectorAll('.kind, .effect')) {
        section.hidden = !section.querySelector('.change:not([hidden])');
      }
      byId('found').value = words.length ? `${count} of ${entries.length}` : '';
      byId('nothing').hidden = count > 0;
    };
    let waiting;
    find.addEventListener('input', () => {
      clearTimeout(waiting);
      waiting = setTimeout(search, 80);
    });
    document.addEventListener('keydown', (event) => {
      if (event.key === '/' && !event.target.closest('input') && !event.ctrlKey && !event.metaKey) {
        event.preventDefault();
        find.focus();
      }
      if (event.key === 'Escape' && event.target === find) {
        find.value = '';
        search();
      }
    });
    if (find.value) search();
    const all = (open) => {
      for (const part of document.querySelectorAll('.change:not([hidden]), .kind > .fold')) part.open = open;
    };
    byId('open-all').addEventListener('click', () => all(true));
    byId('close-all').addEventListener('click', () => all(false));
  }

  const copy = byId('copy');
  if (copy) {
    copy.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(byId('draft').textContent);
        byId('copied').value = 'copied';
      } catch {
        getSelection().selectAllChildren(byId('draft'));
        byId('copied').value = 'selected: copy it with the keyboard';
      }
    });
  }
})();
