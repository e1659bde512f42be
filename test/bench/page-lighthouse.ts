// Lighthouse, as its node API is used: in a browser of its own, on one page, for one figure.
import lighthouse from 'lighthouse';
import puppeteer from 'puppeteer-core';
import { CHROMIUM_ARGS } from '../../scripts/ensure-browser.mjs';

/** Total blocking time of a page in milliseconds, with what Lighthouse takes for a phone. */
export async function totalBlockingTime(executablePath: string, url: string): Promise<number> {
  const browser = await puppeteer.launch({ executablePath, args: CHROMIUM_ARGS });
  try {
    const flags = { onlyAudits: ['total-blocking-time'], logLevel: 'error' as const };
    const result = await lighthouse(url, flags, undefined, await browser.newPage());
    const { runtimeError, audits } = result!.lhr;
    if (runtimeError) throw new Error(runtimeError.message);
    return audits['total-blocking-time']!.numericValue!;
  } finally {
    await browser.close();
  }
}
