// How is Chromium started, and how does a person come in? What all walks through the workbench have in common.

import { chromium } from "playwright-core";

const FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** A browser that is let in by the link of `sayso serve`; `problems` gathers what goes wrong in its pages. */
export async function entered(base, link, options = {}) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: FLAGS });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && problems.push(`${page.url()}: ${message.text()}`));
  await page.goto(link);
  await page.waitForURL((url) => !url.pathname.startsWith("/enter"));
  return { browser, context, page, problems, base };
}
