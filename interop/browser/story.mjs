// From a shop's scale to everyone who asks: the sheet, the review, and what the owner, the district and the public then see.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { launched, watched, windowOf } from './chromium.mjs';
import { beginSheet, fillSheet, readings, signedIn } from './people.mjs';

const { HENG_ADDRESS: here, HENG_PLACE: place } = process.env;
const browser = await launched();
const states = await signedIn(browser);
const complaints = [];

async function as(role, language = 'zh') {
  const context = await windowOf(browser, { language, signedIn: states[role] });
  const seen = await watched(context);
  complaints.push(seen.complaints);
  return seen.page;
}

const main = (page) => page.locator('main').innerText();

// Before: a scale that must be verified, as everyone sees it.
const owner = await as('shop');
await owner.goto(`${here}/holdings`);
const thing = decodeURIComponent(new URL(await owner.getAttribute('a[href*="thing:scale:"]', 'href'), here).pathname.slice('/thing/'.length));
const rowOf = (page) => page.locator(`tr:has(a[href*="${thing}"])`).innerText();
const before = await rowOf(owner);
assert.doesNotMatch(before, /不合格/);
const supervisor = await as('supervisor');
await supervisor.goto(`${here}/districts`);
const matrixBefore = await main(supervisor);

// At the bench: the verdict stands beside what is typed, before anything is saved.
const verifier = await as('verifier');
await beginSheet(verifier, thing);
const live = verifier.locator('#live-verdict');
const sign = verifier.locator('button[value=sign]');
assert.ok(await sign.isDisabled(), 'an empty sheet is not signed');
await fillSheet(verifier, readings());
await live.getByText('合格', { exact: true }).waitFor();
await verifier.fill('[id="weighing.5.indication"]', '15025');
await live.getByText('不合格', { exact: true }).waitFor();
assert.ok(await sign.isEnabled());
await Promise.all([verifier.waitForURL((url) => !url.pathname.includes('/sheet/')), sign.click()]);

// Nobody reviews their own record; somebody else does, and only then is it a certificate.
const reviewer = await as('reviewer');
await reviewer.goto(`${here}/laboratory`);
const task = new URL(verifier.url()).pathname;
assert.equal(await reviewer.locator(`a[href="${task}"]`).count(), 1, 'the record is on the reviewer’s list');
await verifier.goto(here + task);
assert.equal(await verifier.locator('input[value=approve]').count(), 0, 'the verifier is offered no review');
assert.doesNotMatch(await (await owner.goto(`${here}/holdings`), rowOf(owner)), /不合格/, 'a record alone changes nothing');
await reviewer.goto(here + task);
assert.match(await main(reviewer), /不合格/);
await Promise.all([reviewer.waitForNavigation(), reviewer.locator('form:has(input[value=approve]) button').click()]);

// At once: the owner, the district, the thing, the public.
await owner.goto(`${here}/holdings`);
const after = await rowOf(owner);
assert.match(after, /不合格/);
const number = after.match(/JJG539-\d{8}-\d{4}/)[0];
assert.ok(!before.includes(number));
await supervisor.goto(`${here}/districts`);
const matrixAfter = await main(supervisor);
const failing = (text) => Number(text.match(/其中 (\d+) 台/)[1]);
assert.equal(failing(matrixAfter), failing(matrixBefore) + 1);
const passer = (await watched(await windowOf(browser, { width: 390 }))).page;
await passer.goto(`${here}/thing/${encodeURIComponent(thing)}`);
assert.match(await main(passer), new RegExp(`不合格[^]*${number}`));
await passer.goto(`${here}/check/${number}`);
assert.match(await passer.textContent('h1'), /可信/, 'the notice is true');
assert.match(await main(passer), /不合格/);

// On paper: the code on the printed notice opens the same page.
const kept = path.join(place, 'story');
fs.rmSync(kept, { recursive: true, force: true });
fs.mkdirSync(kept);
for (const ending of ['pdf', 'xml', 'heng']) {
  const file = `${here}/certificate/${number}/${number}.${ending}`;
  const answer = await owner.request.get(file);
  assert.equal(answer.status(), 200, ending);
  fs.writeFileSync(path.join(kept, `${number}.${ending}`), await answer.body());
}
execFileSync('pdftoppm', ['-r', '150', '-f', '1', '-l', '1', '-png', '-singlefile', path.join(kept, `${number}.pdf`), path.join(kept, 'page')]);
const picture = PNG.sync.read(fs.readFileSync(path.join(kept, 'page.png')));
fs.rmSync(path.join(kept, 'page.png'));
const code = jsQR(new Uint8ClampedArray(picture.data), picture.width, picture.height);
assert.equal(code?.data, `${here}/check/${number}`);
await passer.goto(code.data);
assert.match(await passer.textContent('h1'), /可信/);

// A figure of the plan opens into what it counts, a standard into its certificates, a certificate into its chain: four clicks at most.
const citizen = await as(null);
await citizen.goto(`${here}/plan`);
const opened = [];
const open = async (selector) => {
  await Promise.all([citizen.waitForNavigation(), citizen.locator(selector).first().click()]);
  opened.push(new URL(citizen.url()).pathname);
};
await open('#indicators a[href^="/plan/N2"]');
assert.match(await main(citizen), /598/);
await open('#evidence a[href*="/thing/thing:standard:"]');
await open('#timeline a[href^="/certificate/"]');
assert.ok(await citizen.locator('#chain').count() > 0, 'a certificate shows its chain');
assert.ok(opened.length <= 4, opened.join(' → '));

await browser.close();
assert.deepEqual(complaints.flat(), []);
console.log(`the story of ${thing}: ${number}, signed, reviewed, seen by owner, district and public, and found by the code on its paper`);
