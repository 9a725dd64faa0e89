// Are the eight screens reachable, accessible and readable from 320 px on, in light and dark? With PICTURES they are kept as pictures.
// `node screens.mjs http://127.0.0.1:PORT LINK`.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { entered } from "./browser.mjs";

const [, , base, link] = process.argv;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const { browser, context, page, problems } = await entered(base, link);
const found = await (await page.request.get(`${base}/api/v1/events?q=${encodeURIComponent("disputed:yes type:assault")}&limit=1`)).text();
const event = found.match(/"id":"(e-[0-9a-f]+)"/)?.[1];
assert.ok(event, "the record has an event that sources disagree on");
const screens = [
  ["search", "/?q=type%3Aassault"],
  ["document", "/document/herat-reuters"],
  ["event", `/event/${event}`],
  ["actor", "/actor/islamic-state"],
  ["relations", "/relations?actor=islamic-state"],
  ["map", "/map"],
  ["review", "/review/new"],
  ["book", "/book"],
];
const state = await context.storageState();
await browser.close();
const faults = [];
for (const colorScheme of ["light", "dark"]) {
  for (const width of [1280, 320]) {
    const again = await (await import("playwright-core")).chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
    const view = await again.newContext({ viewport: { width, height: 900 }, colorScheme, storageState: state, bypassCSP: true });
    const sheet = await view.newPage();
    sheet.on("pageerror", (error) => faults.push(String(error)));
    for (const [name, path] of screens) {
      const answer = await sheet.goto(base + path, { waitUntil: "load" });
      assert.equal(answer.status(), 200, path);
      await sheet.waitForTimeout(name === "map" || name === "relations" ? 2500 : 300);
      const over = await sheet.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (over > 0) faults.push(`${name} is ${over} px wider than ${width}`);
      await sheet.evaluate(axe);
      const violations = await sheet.evaluate(async (rules) => (await window.axe.run(document, { runOnly: rules })).violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 120)}`), RULES);
      faults.push(...violations.map((one) => `${name} (${colorScheme}, ${width} px): ${one}`));
      if (process.env.PICTURES && width === 1280 && colorScheme === "light") await sheet.screenshot({ path: `${process.env.PICTURES}/${name}.png` });
    }
    await again.close();
  }
}
assert.deepEqual([...faults, ...problems], [], "every screen is accessible and fits");
console.log("eight screens: axe clean, light and dark, 1280 and 320 px");
