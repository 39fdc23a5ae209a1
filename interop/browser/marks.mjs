// What must hold on a page, as functions that run in the page and return what is wrong.

/// Structure: one heading of the first rank, the language, no gap in the ranks, a name, nothing wider than the window.
export function structure({ language }) {
  const wrong = [];
  const root = document.documentElement;
  const tag = language === 'zh' ? 'zh-Hans' : 'en';
  if (root.lang !== tag) wrong.push(`lang is ${root.lang}, not ${tag}`);
  const first = [...document.querySelectorAll('h1')];
  if (first.length !== 1) wrong.push(`${first.length} h1`);
  if (first.some((one) => one.getBoundingClientRect().height === 0)) wrong.push('the h1 is not seen');
  let rank = 0;
  for (const heading of document.querySelectorAll('main h1, main h2, main h3, main h4')) {
    const now = Number(heading.tagName[1]);
    if (now > rank + 1) wrong.push(`${heading.tagName} after h${rank}: ${heading.textContent.trim().slice(0, 40)}`);
    rank = now;
  }
  if (document.title.trim() === '') wrong.push('no title');
  return wrong;
}

/// Whatever sticks out of the window to the right.
export function tooWide() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const out = [...document.querySelectorAll('body *')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.width > 0 && box.right > width + 0.5;
  });
  return [`${document.documentElement.scrollWidth} px wide: ${out.slice(-3).map(naming).join(' | ')}`];

  function naming(one) {
    return `${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''} «${one.textContent.trim().slice(0, 40)}»`;
  }
}

/// Actions are at least 44 px high; everything else that is pressed follows axe's rule of 24 px.
export function tooSmall() {
  const wrong = [];
  for (const one of document.querySelectorAll('button, .button, input:not([type=hidden]), select, textarea')) {
    const label = one.matches('[type=radio], [type=checkbox]') ? one.labels?.[0] : null;
    const box = (label ?? one).getBoundingClientRect();
    if (box.width > 0 && (box.height < 43.5 || box.width < 24)) {
      wrong.push(`${one.tagName.toLowerCase()} «${(one.textContent || one.name || '').trim().slice(0, 30)}» ${Math.round(box.width)} × ${Math.round(box.height)}`);
    }
  }
  return wrong;
}

/// On paper: no navigation, no form but the sheet that is filled by hand, and every `details` shows what it holds.
export function onPaper() {
  const wrong = [];
  const seen = (one) => one.checkVisibility({ contentVisibilityAuto: true }) && one.getBoundingClientRect().height > 0;
  for (const one of document.querySelectorAll('nav, form:not(.fieldsheet), button, .button, .skip')) {
    if (seen(one)) wrong.push(`on paper: ${one.tagName.toLowerCase()}.${one.getAttribute('class') ?? ''} «${one.textContent.trim().slice(0, 30)}»`);
  }
  for (const one of document.querySelectorAll('details')) {
    const held = [...one.children].filter((child) => child.tagName !== 'SUMMARY' && child.textContent.trim() !== '');
    if (one.checkVisibility() && held.length > 0 && !held.some(seen)) wrong.push(`closed on paper: ${one.querySelector('summary')?.textContent.trim().slice(0, 40)}`);
  }
  return wrong;
}

/// Whatever the Tab key must reach.
export function reachable() {
  const wanted = 'a[href], button:not([tabindex="-1"]), input:not([type=hidden]), select, textarea, summary, [tabindex]:not([tabindex="-1"])';
  const groups = new Set();
  let count = 0;
  for (const one of document.querySelectorAll(wanted)) {
    if (one.disabled || one.closest('[inert]') || !one.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true })) continue;
    const box = one.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if (one.type === 'radio') {
      if (groups.has(one.name)) continue;
      groups.add(one.name);
    }
    one.dataset.reach = String(count);
    count += 1;
  }
  return count;
}

/// Where the focus is now: which of the reachable, and whether it is seen.
export function focused() {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one);
  const ring = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
  const box = one.getBoundingClientRect();
  const at = document.elementFromPoint(
    Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
    Math.min(Math.max(box.top + box.height / 2, 0), innerHeight - 1),
  );
  const inside = box.bottom > 0 && box.top < innerHeight;
  const covered = at !== null && !one.contains(at) && !at.contains(one) && ['fixed', 'sticky'].includes(getComputedStyle(at).position);
  // A radio group is reached at its chosen member.
  const member = one.type === 'radio' ? document.querySelector(`input[type=radio][name="${CSS.escape(one.name)}"][data-reach]`) : one;
  return {
    reach: member?.dataset.reach ?? one.dataset.reach ?? null,
    what: `${one.tagName.toLowerCase()} «${(one.textContent || one.name || '').trim().slice(0, 40)}»`,
    seen: ring && inside && !covered,
  };
}

/// The words of the page, a line each; without what is only there while a script runs.
export function words() {
  const copy = document.querySelector('main').cloneNode(true);
  copy.querySelectorAll('script, noscript, [data-live]').forEach((one) => one.remove());
  return copy.textContent.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}
