// What the store that is looked at holds, asked of the service itself.

import fs from 'node:fs';
import { windowOf } from './chromium.mjs';
import { beginSheet, fillSheet, readings, scales, signedIn } from './people.mjs';

const { HENG_ADDRESS, HENG_OUT, HENG_PLACE, HENG_PICTURES } = process.env;

export async function stage(browser) {
  const numbers = fs.readdirSync(HENG_OUT).filter((name) => name.endsWith('.heng')).map((name) => name.slice(0, -5));
  const of = (start) => numbers.filter((number) => number.startsWith(start)).sort();
  const [scale, failing] = of('JJG539-');
  const [withdrawn] = of('JJG99-');
  const [pile] = of('JJG1149-');
  const known = ['JJG539-', 'JJG99-', 'JJG1149-'];
  const calibration = numbers.filter((number) => !known.some((start) => number.startsWith(start))).sort()[0];
  const facts = await json(`/api/certificate/${scale}`);
  const register = await json('/api/register');
  const institute = register.institutes.find((one) => one.id === 'party:lab-tj');
  const states = await signedIn(browser);
  return {
    signedIn: states,
    ...await workAtTheBench(browser, states),
    address: HENG_ADDRESS,
    out: HENG_OUT,
    place: HENG_PLACE,
    pictures: HENG_PICTURES,
    scale, failing, withdrawn, pile, calibration,
    scaleThing: facts.certificate.certificate.instrument.id,
    withdrawnThing: (await json(`/api/certificate/${withdrawn}`)).certificate.certificate.instrument.id,
    statement: facts.certificate.statement,
    standard: 'thing:standard:tj-f2',
    institute: institute.id,
  };
}

/// A sheet half filled, a record that waits for its reviewer, and who may ask for what.
async function workAtTheBench(browser, states) {
  const context = await windowOf(browser, { signedIn: states.verifier });
  const page = await context.newPage();
  const [waiting, half] = (await scales(page)).filter((thing) => thing.startsWith('thing:scale:') && thing !== 'thing:scale:000024');
  await beginSheet(page, waiting);
  await fillSheet(page, readings());
  const sign = page.locator('button[value=sign]:not([disabled])');
  await sign.waitFor();
  await Promise.all([page.waitForURL((url) => !url.pathname.includes('/sheet/')), sign.click()]);
  await beginSheet(page, half);
  const some = Object.entries(readings()).filter(([name]) => /^environment|^zero|^weighing.[1-3]/.test(name));
  for (const [name, value] of [...some, ['weighing.2.indication', '2510']]) await page.fill(`[id="${name}"]`, value);
  await page.check('[id="standard:thing:standard:tj-f2"]');
  await Promise.all([page.waitForNavigation(), page.click('button[value=save]')]);
  const sheet = new URL(page.url()).pathname;
  const calibration = await beginCalibration(page);
  await context.close();
  const other = await windowOf(browser, { signedIn: states.reviewer });
  const tasks = await other.newPage();
  await tasks.goto(`${HENG_ADDRESS}/laboratory`);
  const record = await tasks.getAttribute('a[href*="/laboratory/record/"]', 'href');
  await other.close();
  return { sheet, calibrationSheet: calibration, record, half };
}

/// Weights that ran out, compared with the class above: two places filled, one of them with its point in the wrong place.
async function beginCalibration(page) {
  await page.goto(`${HENG_ADDRESS}/laboratory/new?thing=thing:standard:tj-m1-lapsed`);
  await Promise.all([page.waitForURL('**/laboratory/sheet/*'), page.click('main form button')]);
  await page.check('[id="standard:thing:standard:tj-f2"]');
  await Promise.all([page.waitForNavigation(), page.click('button[value=save]')]);
  const typed = {
    'environment.temperature': '20.1', 'environment.relative_humidity': '45', recalibrate_by: '下月',
    'comparison.1.difference': '0.00012 g', 'comparison.1.difference:spread': '0.00005', 'comparison.1.drift': '0 g',
    'comparison.1.drift:spread': '0.0001',
    'comparison.2.standard': '1.0000108 g', 'comparison.2.difference': '0.0002 g; 0.0003 g; 0.0001 g', 'comparison.2.drift': '0 g',
    'comparison.2.drift:spread': '0.0002',
  };
  for (const [name, value] of Object.entries(typed)) await page.fill(`[id="${name}"]`, value);
  for (const row of [1, 2]) await page.selectOption(`[id="comparison.${row}.drift:as"]`, 'half-width');
  await page.selectOption('[id="comparison.1.difference:as"]', 'standard');
  await Promise.all([page.waitForNavigation(), page.click('button[value=save]')]);
  return new URL(page.url()).pathname;
}

export async function json(path) {
  const answer = await fetch(HENG_ADDRESS + path, { headers: { accept: 'application/json' } });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
}
