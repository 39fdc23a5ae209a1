// Signs in by the provider of provider.mjs, as its person, as a stranger, as somebody who thinks better of it, and as a thief.

import assert from 'node:assert/strict';
import { launched, windowOf } from './chromium.mjs';

const here = process.env.HENG_ADDRESS;
const KNOWN = '248289761001';
const browser = await launched();

/// From our door to the provider's.
async function atTheProvider(context) {
  const page = await context.newPage();
  await page.goto(`${here}/day`);
  assert.equal(new URL(page.url()).pathname, '/sign-in');
  await page.getByRole('link', { name: '示例身份服务' }).click();
  await page.waitForSelector('input[name=login]');
  return page;
}

/// At the provider: its name for oneself, any password, and consent.
async function saysWho(page, name) {
  await page.fill('input[name=login]', name);
  await page.fill('input[name=password]', 'any');
  await page.click('button[type=submit]');
  await page.click('button:has-text("Continue")');
  await page.waitForURL(`${here}/**`);
}

async function inAWindow(work) {
  const context = await windowOf(browser, { language: 'zh' });
  try {
    await work(context);
  } finally {
    await context.close();
  }
}

await inAWindow(async (context) => {
  const page = await atTheProvider(context);
  let back;
  page.on('request', (request) => { if (request.url().startsWith(`${here}/sign-in/return`)) back = request.url(); });
  await saysWho(page, KNOWN);
  assert.equal(new URL(page.url()).pathname, '/day', 'whoever is vouched for arrives where they wanted to go');
  assert.match(await page.textContent('header'), /赵敏/);
  const again = await page.goto(back);
  assert.equal(again.status(), 400, 'an answer counts once');
  const cookies = (await context.cookies(here)).filter((cookie) => cookie.name === 'heng-session');
  assert.ok(cookies.length === 1 && cookies[0].httpOnly && cookies[0].sameSite === 'Lax');
});

await inAWindow(async (context) => {
  const page = await atTheProvider(context);
  await saysWho(page, 'somebody-else');
  assert.match(await page.textContent('main'), /somebody-else/, 'a stranger is told what to hand to the administrator');
  assert.equal((await context.cookies(here)).filter((cookie) => cookie.name === 'heng-session').length, 0);
});

await inAWindow(async (context) => {
  const page = await atTheProvider(context);
  await page.click('a:has-text("Cancel")');
  await page.waitForURL(`${here}/**`);
  assert.match(await page.textContent('h1'), /没有让你登录/);
});

// A thief lures a victim to an answer that is the thief's: the victim's browser did not ask for it.
await inAWindow(async (thief) => {
  const page = await atTheProvider(thief);
  await page.fill('input[name=login]', KNOWN);
  await page.fill('input[name=password]', 'any');
  await page.click('button[type=submit]');
  await page.waitForSelector('button:has-text("Continue")');
  const consent = await page.getAttribute('form', 'action');
  let answer = await thief.request.post(new URL(consent, page.url()).href, { form: { prompt: 'consent' }, maxRedirects: 0 });
  let stolen = new URL(answer.headers().location, page.url()).href;
  while (!stolen.startsWith(here)) {
    answer = await thief.request.get(stolen, { maxRedirects: 0 });
    stolen = new URL(answer.headers().location, stolen).href;
  }
  await inAWindow(async (victim) => {
    const other = await victim.newPage();
    const refused = await other.goto(stolen);
    assert.equal(refused.status(), 400);
    assert.equal((await victim.cookies(here)).filter((cookie) => cookie.name === 'heng-session').length, 0);
  });
});

await browser.close();
console.log('signed in by a provider: 1 person, 1 stranger, 1 who cancelled, 1 thief');
