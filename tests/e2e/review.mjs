// Reviews by keys alone, in a real Chromium: questions of several buckets are answered, one is undone, and the keys that a decision
// takes are counted. `node review.mjs http://127.0.0.1:PORT LINK`; pictures are kept in the folder PICTURES, where one is named.

import assert from "node:assert/strict";
import { entered } from "./browser.mjs";

const base = process.argv[2];
const pictures = process.env.PICTURES;
const { browser, page, problems } = await entered(base, process.argv[3]);
/** A picture, where somebody wants some. */
const picture = (name, options) => (pictures ? page.screenshot({ path: `${pictures}/${name}.png`, ...options }) : undefined);
await page.goto(`${base}/review`);
await picture(`review-light`, { fullPage: true });
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
await picture(`review-new-light`, { fullPage: true });
await decided(() => press("y"));
await page.waitForTimeout(600);
console.log("live:", await page.textContent("#live"));
await decided(async () => { await press("n"); await page.waitForSelector(".why:not([hidden])"); if (counts.length === 1) await picture(`review-why-light`, { fullPage: true }); await press("2"); });
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
await picture(`review-correct-light`, { fullPage: true });
await page.keyboard.press("Escape");
await page.waitForTimeout(300);
for (const bucket of ["conflicts", "joins", "identities", "copies", "sample?seed=3&size=5"]) {
  await page.goto(`${base}/review/${bucket}`);
  const name = bucket.split("?")[0];
  await page.waitForTimeout(400);
  await picture(`review-${name}-light`, { fullPage: true });
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
await picture(`review-new-dark`, { fullPage: true });
await page.setViewportSize({ width: 320, height: 700 });
await page.goto(`${base}/review/joins`);
await page.waitForTimeout(300);
await picture(`review-joins-320`, { fullPage: true });
await page.goto(`${base}/review/new`);
await page.waitForTimeout(300);
await picture(`review-new-320`, { fullPage: true });
assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, "it fits a window of 320 px");
counts.sort((a, b) => a - b);
times.sort((a, b) => a - b);
console.log("keys:", counts.join(" "), "median", counts[Math.floor(counts.length / 2)], "ms to the next question:", times.join(" "));
await browser.close();
assert.deepEqual(problems, [], "nothing went wrong in the page");
assert.ok(counts.length >= 6, "several decisions were made");
assert.ok(counts[Math.floor(counts.length / 2)] <= 5, "half of the decisions take five keys at most");
