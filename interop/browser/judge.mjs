// Looks at every page in both languages, narrow and wide, light and dark, with scripts and without, on paper and by keyboard.

import fs from 'node:fs';
import path from 'node:path';
import axe from 'axe-core';
import { launched, watched, windowOf } from './chromium.mjs';
import * as marks from './marks.mjs';
import { pages } from './pages.mjs';
import { LONGEST, difference, packed, shrunk } from './pictures.mjs';
import { stage } from './stage.mjs';

const LANGUAGES = ['zh', 'en'];
const WIDTHS = [390, 1280];
const SCHEMES = ['light', 'dark'];
/// WCAG 2.2 AA and what it builds on.
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/// How many windows are looked at side by side.
const SIDE_BY_SIDE = 2;

const words = process.argv.slice(2);
const accepts = words.includes('--accept');
const showsDark = words.includes('--dark');
const named = words.filter((word) => !word.startsWith('--'));
const chosen = pages.filter((page) => named.length === 0 || named.some((name) => page.name.startsWith(name)));

const browser = await launched();
const held = await stage(browser);
const seenFolder = path.join(held.place, 'pictures');
fs.mkdirSync(seenFolder, { recursive: true });
fs.mkdirSync(held.pictures, { recursive: true });
const wrong = [];
const counts = { looks: 0, compared: 0, stops: 0, minor: new Map() };
const begun = Date.now();

const tasks = chosen.flatMap((entry) => LANGUAGES.map((language) => () => lookAt(entry, language)));
await Promise.all(Array.from({ length: SIDE_BY_SIDE }, async () => {
  for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) await task();
}));
await browser.close();
report();

/// One page in one language.
async function lookAt(entry, language) {
  let scripted = false;
  for (const width of WIDTHS) {
    const context = await windowOf(browser, { language, width, signedIn: held.signedIn?.[entry.as] });
    let where = `${language} ${width}`;
    const note = (what) => wrong.push(`${entry.name} ${where}: ${what}`);
    try {
      const { page, complaints } = await watched(context, entry.status);
      await open(page, entry, language, note);
      scripted ||= await page.evaluate(() => document.scripts.length > 0);
      for (const scheme of SCHEMES) {
        where = `${language} ${width} ${scheme}`;
        await page.emulateMedia({ colorScheme: scheme });
        await look(page, entry, language, width, scheme, note);
      }
      complaints.forEach(note);
    } catch (error) {
      note(error.message.split('\n')[0]);
    } finally {
      await context.close();
    }
  }
  if (scripted) await readWithoutScripts(entry, language, (what) => wrong.push(`${entry.name} ${language}: ${what}`));
}

async function look(page, entry, language, width, scheme, note) {
  counts.looks += 1;
  await judgeByAxe(page, scheme, note);
  await takePictures(page, entry, language, width, scheme, note);
  if (scheme !== 'light') return;
  for (const what of await page.evaluate(marks.structure, { language })) note(what);
  for (const what of await page.evaluate(marks.tooWide)) note(what);
  for (const what of await page.evaluate(marks.tooSmall)) note(what);
  if (width === 390) {
    await walkByKeyboard(page, note);
    await page.setViewportSize({ width: 320, height: 640 });
    for (const what of await page.evaluate(marks.tooWide)) note(`at 320 px ${what}`);
    await page.setViewportSize({ width, height: 844 });
  } else {
    await page.emulateMedia({ media: 'print' });
    for (const what of await page.evaluate(marks.onPaper)) note(what);
    await page.emulateMedia({ media: null });
  }
}

async function open(page, entry, language, note) {
  const address = held.address + entry.path(held);
  let answer = await page.goto(`${address}${address.includes('?') ? '&' : '?'}lang=${language}`);
  if (entry.reach) {
    const reached = await entry.reach(page, held);
    answer = Array.isArray(reached) ? reached[0] : (reached ?? answer);
  }
  const expected = entry.status ?? 200;
  if (answer && answer.status() !== expected) note(`answered ${answer.status()}, not ${expected}`);
}

async function judgeByAxe(page, scheme, note) {
  // The dark page is the same page in other colours.
  const asked = scheme === 'light' ? { type: 'tag', values: TAGS } : { type: 'rule', values: ['color-contrast'] };
  if (scheme === 'light') await page.evaluate(axe.source);
  const result = await page.evaluate((runOnly) => {
    const rules = runOnly.type === 'tag' ? { 'target-size': { enabled: true } } : {};
    return globalThis.axe.run(document, { runOnly, rules, resultTypes: ['violations'] });
  }, asked);
  for (const violation of result.violations) {
    const places = violation.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} (${node.failureSummary.split('\n').slice(1).join(' ').trim().slice(0, 160)})`);
    if (['serious', 'critical'].includes(violation.impact)) note(`axe ${violation.id}: ${places.join('; ')}`);
    else counts.minor.set(violation.id, (counts.minor.get(violation.id) ?? new Set()).add(places[0]));
  }
}

/// The page from its beginning, and each section that is named.
async function takePictures(page, entry, language, width, scheme, note) {
  if (scheme === 'dark' && !showsDark) return;
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const take = (name, y, height) => takePicture(page, name, { x: 0, y, width, height: Math.min(LONGEST, height) }, `${language}.${width}`, scheme, note);
  await take(entry.name, 0, height);
  for (const id of entry.sections ?? []) {
    const box = await page.evaluate((id) => {
      const box = document.getElementById(id)?.getBoundingClientRect();
      return box && { y: Math.floor(box.top + scrollY), height: Math.ceil(box.height) };
    }, id);
    if (box) await take(`${entry.name}-${id}`, box.y, box.height);
    else note(`there is no section ${id}`);
  }
}

async function takePicture(page, name, clip, seenAs, scheme, note) {
  const bytes = await page.screenshot({ fullPage: true, animations: 'disabled', clip });
  fs.writeFileSync(path.join(seenFolder, `${name}.${seenAs}.${scheme}.png`), bytes);
  if (scheme !== 'light') return;
  const small = shrunk(bytes, clip.width);
  const file = path.join(held.pictures, `${name}.${seenAs}.png`);
  counts.compared += 1;
  const differs = difference(small, file);
  if (differs === null) return;
  if (accepts) fs.writeFileSync(file, packed(small));
  else note(`picture of ${name}: ${differs}`);
}

/// Presses Tab until the focus has gone round; every control must have had it, and shown it.
async function walkByKeyboard(page, note) {
  const count = await page.evaluate(marks.reachable);
  const reached = new Set();
  await page.evaluate(() => { scrollTo(0, 0); document.activeElement?.blur(); });
  for (let step = 0; step < count + 20; step += 1) {
    await page.keyboard.press('Tab');
    const at = await page.evaluate(marks.focused);
    if (at === null) {
      if (reached.size > 0) break;
      continue;
    }
    if (!at.seen) note(`the focus is not seen on ${at.what}`);
    if (at.reach !== null) reached.add(at.reach);
    counts.stops += 1;
  }
  if (reached.size < count) {
    const missed = await page.evaluate(
      (got) => [...document.querySelectorAll('[data-reach]')].filter((one) => !got.includes(one.dataset.reach)).map((one) => one.textContent.trim().slice(0, 30) || one.name),
      [...reached],
    );
    note(`Tab does not reach ${missed.slice(0, 5).join(', ')}`);
  }
}

/// Whatever a script shows must be there without it.
async function readWithoutScripts(entry, language, note) {
  const texts = [];
  for (const scripts of [true, false]) {
    const context = await windowOf(browser, { language, scripts, signedIn: held.signedIn?.[entry.as] });
    try {
      const page = await context.newPage();
      await open(page, entry, language, note);
      texts.push((await page.evaluate(marks.words)).map((line) => line.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'now')));
    } finally {
      await context.close();
    }
  }
  const without = new Set(texts[1]);
  const missing = texts[0].filter((line) => !without.has(line));
  if (texts[1].length === 0) note('nothing is said without scripts');
  if (missing.length > 0) note(`only with scripts: ${missing.slice(0, 3).join(' | ')}`);
}

function report() {
  const names = pages.flatMap((entry) => [entry.name, ...(entry.sections ?? []).map((id) => `${entry.name}-${id}`)]);
  const stored = new Set(names.flatMap((name) => LANGUAGES.flatMap((language) => WIDTHS.map((width) => `${name}.${language}.${width}.png`))));
  for (const file of fs.readdirSync(held.pictures)) if (!stored.has(file)) wrong.push(`${file}: a picture of no page`);
  for (const [rule, places] of counts.minor) console.log(`  axe, not serious: ${rule}: ${[...places].slice(0, 3).join('; ')}`);
  console.log(`${chosen.length} pages × ${LANGUAGES.length} languages × ${WIDTHS.length} widths × ${SCHEMES.length} schemes: ${counts.looks} looks, ${counts.compared} pictures compared, ${counts.stops} stops of the Tab key, ${((Date.now() - begun) / 1000).toFixed(0)} s`);
  console.log(`what was seen: ${seenFolder}`);
  for (const line of wrong) console.error(`✗ ${line}`);
  if (wrong.length > 0) {
    console.error(`${wrong.length} things are wrong; where only pictures differ, look at them and run: cargo xtask browser --accept`);
    process.exitCode = 1;
  }
}
