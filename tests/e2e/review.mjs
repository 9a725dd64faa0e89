// Reviews by keys alone, in a real Chromium: questions of several buckets are answered, one is undone, and the keys that a decision
// takes are counted. `node review.mjs http://127.0.0.1:PORT [LINK]`, where LINK is the one that `sayso serve` names to come in by, with
// playwright-core beside it; pictures go to PICTURES (default: the folder that it is started in).

import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const base = process.argv[2];
const open = process.argv[3] ?? base;
const pictures = process.env.PICTURES ?? ".";
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });
const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
const page = await context.newPage();
const problems = [];
page.on("pageerror", (error) => problems.push(String(error)));
page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
await page.goto(open);
await page.waitForURL((url) => !url.pathname.startsWith("/enter")); // the door leads on by itself
await page.goto(`${base}/review`);
await page.screenshot({ path: `${pictures}/review-light.png`, fullPage: true });
const counts = [];
const times = [];
let keys = 0;
const press = async (key) => { keys += 1; await page.keyboard.press(key); };
/** What is asked about, as text. */
const asked = () => JSON.stringify({ ...document.querySelector("article[data-question] [data-of]")?.dataset });
async function decided(run) {
  keys = 0;
  const before = await page.evaluate(asked);
  const begun = Date.now();
  await run();
  await page.waitForFunction((was) => JSON.stringify({ ...document.querySelector("article[data-question] [data-of]")?.dataset }) !== was, before, { timeout: 10000 });
  times.push(Date.now() - begun);
  await page.waitForSelector("#live .toast", { timeout: 10000 });
  counts.push(keys);
}
await page.keyboard.press("1"); // the first bucket
await page.waitForSelector("article[data-question]");
await page.waitForTimeout(500);
await page.screenshot({ path: `${pictures}/review-new-light.png`, fullPage: true });
await decided(() => press("y"));
await page.waitForTimeout(600);
console.log("live:", await page.textContent("#live"));
await decided(async () => { await press("n"); await page.waitForSelector(".why:not([hidden])"); if (counts.length === 1) await page.screenshot({ path: `${pictures}/review-why-light.png`, fullPage: true }); await press("2"); });
await page.waitForTimeout(800);
console.log("live:", await page.textContent("#live"));
await decided(() => press("h"));
const was = await page.evaluate(() => document.querySelector("[data-statement]").dataset.statement);
await decided(() => press("y"));
await page.waitForTimeout(800);
await page.keyboard.press("u");
await page.waitForFunction((id) => document.querySelector("[data-statement]").dataset.statement === id, was, { timeout: 10000 });
console.log("undone:", await page.textContent("#live"));
// correct
await page.keyboard.press("c");
await page.waitForSelector("dialog.asked");
await page.screenshot({ path: `${pictures}/review-correct-light.png` });
await page.keyboard.press("Escape");
await page.waitForTimeout(300);
for (const bucket of ["conflicts", "joins", "identities", "copies", "sample?seed=3&size=5"]) {
  await page.goto(`${base}/review/${bucket}`);
  const name = bucket.split("?")[0];
  await page.waitForTimeout(400);
  await page.screenshot({ path: `${pictures}/review-${name}-light.png`, fullPage: true });
  const none = await page.$("article.none");
  if (none) { console.log(bucket, "none left"); continue; }
  if (name === "conflicts") await decided(() => press("1"));
  if (name === "joins") await decided(async () => { await press("n"); await press("1"); });
  if (name === "identities") await decided(() => press("n"));
  if (name === "copies") await decided(() => press("n"));
  if (name === "sample") await decided(() => press("y"));
  await page.waitForTimeout(600);
  console.log(bucket, "live:", await page.textContent("#live"));
}
await page.emulateMedia({ colorScheme: "dark" });
await page.goto(`${base}/review/new`);
await page.waitForTimeout(400);
await page.screenshot({ path: `${pictures}/review-new-dark.png`, fullPage: true });
await page.setViewportSize({ width: 320, height: 700 });
await page.goto(`${base}/review/joins`);
await page.waitForTimeout(300);
await page.screenshot({ path: `${pictures}/review-joins-320.png`, fullPage: true });
await page.goto(`${base}/review/new`);
await page.waitForTimeout(300);
await page.screenshot({ path: `${pictures}/review-new-320.png`, fullPage: true });
assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "it fits a window of 320 px");
counts.sort((a, b) => a - b);
times.sort((a, b) => a - b);
console.log("keys:", counts.join(" "), "median", counts[Math.floor(counts.length / 2)], "ms to the next question:", times.join(" "));
await browser.close();
assert.deepEqual(problems, [], "nothing went wrong in the page");
assert.ok(counts.length >= 6, "several decisions were made");
assert.ok(counts[Math.floor(counts.length / 2)] <= 5, "half of the decisions take five keys at most");
