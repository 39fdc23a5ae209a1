// Takes the pictures of the READMEs: the check, the sheet, the districts, in both languages.

import { launched, windowOf } from './chromium.mjs';
import { pages } from './pages.mjs';
import { stage } from './stage.mjs';

const browser = await launched();
const held = await stage(browser);
for (const name of ['check', 'sheet', 'districts']) {
  const entry = pages.find((page) => page.name === name);
  for (const language of ['zh', 'en']) {
    const context = await windowOf(browser, { language, width: 1280, signedIn: held.signedIn[entry.as] });
    const page = await context.newPage();
    await page.goto(`${held.address}${entry.path(held)}?lang=${language}`);
    // At the points that are filled, where the sheet is at work.
    if (name === 'sheet') await page.locator('[id="zero.1.load"]').evaluate((one) => one.closest('section').scrollIntoView());
    await page.screenshot({ path: `${process.env.HENG_SHOWN}/${name}.${language}.png`, animations: 'disabled' });
    await context.close();
  }
}
await browser.close();
