// One Chromium for all, and windows in it as a reader has them.

import { chromium } from 'playwright-core';

export async function launched() {
  return chromium.launch({
    executablePath: process.env.HENG_CHROMIUM,
    // A user without namespaces, as in most containers, cannot have the sandbox.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--font-render-hinting=none', '--disable-lcd-text'],
  });
}

/// A window: its own cookies, a language, a width, light or dark, with scripts or without.
export async function windowOf(browser, { language = 'zh', width = 1280, scheme = 'light', scripts = true, signedIn } = {}) {
  const context = await browser.newContext({
    viewport: { width, height: width < 640 ? 844 : 900 },
    deviceScaleFactor: 1,
    hasTouch: width < 640,
    colorScheme: scheme,
    javaScriptEnabled: scripts,
    locale: language === 'zh' ? 'zh-CN' : 'en-GB',
    reducedMotion: 'reduce',
    storageState: signedIn,
  });
  context.setDefaultTimeout(15_000);
  return context;
}

/// A page whose complaints are kept: errors of scripts, of the content security policy, of what could not be loaded.
export async function watched(context, expected = 200) {
  const page = await context.newPage();
  const complaints = [];
  page.on('console', (message) => {
    const text = message.text();
    if (expected !== 200 && text.includes(`status of ${expected}`)) return;
    if (['error', 'warning'].includes(message.type())) complaints.push(`console: ${text}`);
  });
  page.on('pageerror', (error) => complaints.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => {
    const why = request.failure()?.errorText ?? '';
    if (why !== 'net::ERR_ABORTED') complaints.push(`not loaded: ${request.url()} ${why}`);
  });
  return { page, complaints };
}
