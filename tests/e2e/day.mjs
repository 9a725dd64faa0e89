// A day's work by keys alone: search, open an event that sources disagree on, correct a count, split a wrong join, write a statement,
// judge two actors different, find it all in the log, undo it, export. `node day.mjs http://127.0.0.1:PORT LINK`.

import assert from "node:assert/strict";
import { entered } from "./browser.mjs";

const [, , base, link] = process.argv;
const { browser, page, problems } = await entered(base, link);
const press = (key) => page.keyboard.press(key);
const toast = async (words) => {
  await page.waitForFunction((wanted) => document.getElementById("live")?.textContent.toLowerCase().includes(wanted), words.toLowerCase());
  return page.textContent("#live");
};
page.setDefaultTimeout(15000);
const api = async (path) => (await page.request.get(`${base}/api/v1${path}`)).json();
const step = (words) => console.log("·", words);

step("add a document that was not read yet");
const added = await page.request.post(`${base}/api/v1/documents`, {
  headers: { origin: base },
  data: { documents: [{ id: "day-1", title: "Gunmen raid village near Jos", publisher: "Plateau Post", published: "2024-05-02", text: "Gunmen killed nine farmers in a village near Jos on Wednesday, police said." }] },
});
assert.equal(added.status(), 200, await added.text());

step("search by keys, look at the preview, open the first hit");
await page.goto(base);
await press("/");
await page.keyboard.type("disputed:yes type:assault");
await press("Enter");
await page.waitForSelector("[data-preview], .hit, main a[href^='/event/']");
await press("j");
await page.waitForFunction(() => document.querySelector(".preview [data-preview], aside [data-preview], [data-preview] h1"));
await press("Enter");
await page.waitForURL(/\/event\//);
const event = await page.getAttribute("main article.event", "data-event");
assert.ok((await page.textContent("main")).includes("sources differ"), "the event says that its sources differ");

step("open the evidence of the first account with one key, and close it");
await press("j");
await press("e");
await page.waitForSelector(".drawer article.statement");
await press("Escape");
await page.waitForSelector(".drawer", { state: "detached" });

step("correct a count of a statement");
const counted = await page.evaluate(() => document.querySelector(".accounts-table tr[data-attribute=killed]")?.dataset.statement ?? document.querySelector(".accounts-table tr[data-statement]").dataset.statement);
await page.goto(`${base}/statement/${counted}`);
await press("c");
await page.waitForSelector("dialog.asked");
const field = await page.$("dialog.asked input[name^='/quantities/'][name$='/best']");
assert.ok(field, "the statement has a count");
const who = page.locator("dialog.asked input[name$='/name']").first();
const named = await who.inputValue();
await who.fill("rapid supp");
await page.waitForFunction(() => [...document.querySelectorAll("dialog.asked datalist option")].some((one) => one.value === "Rapid Support Forces"));
await who.fill(named);
await field.fill("41");
await page.fill("dialog.asked input[name=why]", "the paper says forty-one further down");
await press("Enter");
await toast("corrected");
assert.ok((await api(`/statements/${counted}`)).statement.quantities.some((one) => one.best === 41), "the record has the corrected count");

step("split a statement off its event, in two keys and a reason");
await page.goto(`${base}/event/${event}`);
const before = (await api(`/events/${event}`)).told_by.length;
const last = page.locator("[data-members] > li").last();
const out = await last.getAttribute("data-statement");
await last.locator("input[name=out]").focus();
await press("Space");
await press("X");
await page.waitForSelector("dialog.asked");
await page.fill("dialog.asked input[name=why]", "another attack on another day");
await press("Enter");
await toast("took");
await page.waitForFunction((id) => !document.querySelector(`[data-members] [data-statement="${id}"]`), out);
const shown = await page.getAttribute("main article.event", "data-event");
assert.ok((await api(`/events/${shown}`)).told_by.length < before, "the event has fewer statements");

step("undo the split with one key");
await press("u");
await toast("undone");
await page.waitForFunction((id) => document.querySelector(`[data-members] [data-statement="${id}"]`), out);

step("write a statement of words in a document, with no mouse");
await page.goto(`${base}/document/day-1`);
const had = await page.locator(".statements ol > li").count();
await press("w");
await press("ArrowRight");
await press("Enter");
await page.waitForSelector("dialog.asked");
if (await page.$("dialog.asked select[name=read]")) {
  await page.selectOption("dialog.asked select[name=read]", "");
  await page.focus("dialog.asked button[value=yes]");
  await press("Enter");
  await page.waitForSelector("dialog.asked select[name=type]");
}
await page.selectOption("dialog.asked select[name=type]", "event threaten");
await page.selectOption("dialog.asked select[name=actor]", { index: 1 });
await page.fill("dialog.asked input[name=why]", "a person read it so");
await press("Enter");
await toast("wrote");
await page.waitForFunction((count) => document.querySelectorAll(".statements ol > li").length === count + 1, had);

step("judge two actors to be different");
await page.goto(`${base}/actor/taliban`);
await page.fill("form.judge input[name=other]", "haqqani-network");
await page.fill("form.judge input[name=why]", "a group of its own");
await page.focus("form.judge button[value=different]");
await press("Enter");
await toast("two actors");

step("find it in the log, and undo it there");
await page.goto(`${base}/book`);
assert.ok((await page.textContent("main")).includes("haqqani-network"), "the log names the decision");
await press("u");
await toast("undone");

step("export the list just found");
const csv = await page.request.get(`${base}/api/v1/export?q=${encodeURIComponent("type:assault")}&as=events&format=csv`);
assert.equal(csv.status(), 200);
assert.ok((await csv.text()).split("\n").length > 3, "the list has rows");

step("look back: nothing of today");
await page.goto(`${base}/?as-of=2001-01-01&as=events`);
assert.ok((await page.textContent("body")).includes("As the record stood"), "the page says as of when");

assert.deepEqual(problems, [], "nothing went wrong in any page");
await browser.close();
