// Who signs in, and what a verifier types at a scale.

import fs from 'node:fs';
import { windowOf } from './chromium.mjs';

const { HENG_ADDRESS, HENG_DATA } = process.env;

const ROLES = { verifier: 'zhao.min', reviewer: 'sun.li', owner: 'owner2', shop: 'owner3', supervisor: 'wuqing.supervisor', utility: 'utility', platform: 'platform', operator: 'operator' };

/// What each role's browser remembers once it has signed in.
export async function signedIn(browser) {
  const lines = fs.readFileSync(`${HENG_DATA}/accounts.txt`, 'utf8').split('\n').map((line) => line.split(' '));
  const states = {};
  for (const [role, account] of Object.entries(ROLES)) {
    const [, password] = lines.find(([name]) => name === account);
    const context = await windowOf(browser);
    const page = await context.newPage();
    await page.goto(`${HENG_ADDRESS}/sign-in?to=/day`);
    await page.fill('#name', account);
    await page.fill('#password', password);
    await Promise.all([page.waitForURL(`${HENG_ADDRESS}/day`), page.click('main form button')]);
    states[role] = await context.storageState();
    await context.close();
  }
  return states;
}

/// Begins the sheet of a scale; the page is then on the sheet.
export async function beginSheet(page, thing) {
  await page.goto(`${HENG_ADDRESS}/laboratory/new?thing=${encodeURIComponent(thing)}`);
  await page.selectOption('#rule', 'jjg-539-2016');
  await page.selectOption('#occasion', 'subsequent');
  await Promise.all([page.waitForURL('**/laboratory/sheet/*'), page.click('main form button')]);
}

/// What is read at a scale of 15 kg with e = 5 g, class III, by the additional weights.
export function readings(last = '3.5') {
  const all = {
    'environment.temperature': '21.5', 'environment.relative_humidity': '48',
    'zero.1.load': '0', 'zero.1.indication': '0', 'zero.1.additional': '2.5',
  };
  [['100', '100', '2.5'], ['2500', '2500', '2.0'], ['5000', '5000', '1.5'], ['10000', '10005', '4.0'], ['15000', '15005', last]]
    .forEach(([load, indication, additional], index) => {
      all[`weighing.${index + 1}.load`] = load;
      all[`weighing.${index + 1}.indication`] = indication;
      all[`weighing.${index + 1}.additional`] = additional;
    });
  ['1.5', '2.0', '1.0', '2.5'].forEach((additional, index) => {
    all[`eccentricity.${index + 1}.load`] = '5000';
    all[`eccentricity.${index + 1}.indication`] = '5000';
    all[`eccentricity.${index + 1}.additional`] = additional;
  });
  ['10005', '10005', '10000'].forEach((indication, index) => {
    all[`repeatability.${index + 1}.load`] = '10000';
    all[`repeatability.${index + 1}.indication`] = indication;
  });
  return all;
}

/// Types them, answers the questions of yes and no, ticks the weights, names the reviewer.
export async function fillSheet(page, values) {
  await page.check('[id="standard:thing:standard:tj-f2"]');
  for (const name of ['appearance.1.marking_complete', 'appearance.1.seal_intact', 'discrimination.1.changes_by_d']) {
    await page.selectOption(`[id="${name}"]`, 'yes');
  }
  for (const [name, value] of Object.entries(values)) await page.fill(`[id="${name}"]`, value);
  await page.selectOption('#reviewer', 'party:person:sun-li');
}

/// Scales that the laboratory finds, by their identifiers.
export async function scales(page) {
  await page.goto(`${HENG_ADDRESS}/laboratory?seek=${encodeURIComponent('秤')}`);
  return page.$$eval('a[href*="/laboratory/new?thing="]', (links) => links.map((link) => new URL(link.href).searchParams.get('thing')));
}
