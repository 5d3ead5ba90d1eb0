// The reading room in a real browser: from a search to the words, on a phone, without a script, by keyboard, through the past; no fault of accessibility that
// axe calls serious, nothing on the console, nothing loaded from elsewhere. Not the rules behind the pages: the tests in Rust have those.
//
// Run by .ci/run; by hand: npm ci && ONRECORD=../../target/debug/onrecord npm test

import assert from "node:assert/strict";
import { spawn, execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, "../..");
const program = process.env.ONRECORD ?? join(root, "target/debug/onrecord");
const axe = createRequire(import.meta.url)("axe-core").source;

let folder, server, address, browser;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "onrecord-browser-"));
  const harm = join(folder, "harm.html");
  writeFileSync(harm, `<html><head><title>&lt;img src=x onerror=alert(1)&gt; \u202ecall</title>
    <meta property="og:site_name" content="&lt;script&gt;alert(2)&lt;/script&gt; Post">
    <meta property="article:published_time" content="2031-03-12T10:00:00Z"></head><body><article>
    <h1>&lt;img src=x onerror=alert(1)&gt; \u202ecall</h1>
    <p>Governor Ilse &lt;script&gt;alert(3)&lt;/script&gt; Marn denied that the call &lt;svg onload=alert(4)&gt; took place on Thursday.</p>
    <script>alert(5)</script></article></body></html>`);
  const ledger = join(folder, "room.db");
  execFileSync(program, ["add", "--quiet", "--ledger", ledger, join(root, "corpus/harbour-call"), join(root, "corpus/dam-failure"), harm],
    { stdio: ["ignore", "ignore", "inherit"] });
  server = spawn(program, ["serve", "--ledger", ledger, "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: server.stdout })) { address = line.trim().replace(/\/$/, ""); break; }
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
});

after(async () => {
  await browser?.close();
  server?.kill();
  rmSync(folder, { recursive: true, force: true });
});

/** A page on which nothing may be said on the console, no dialog may open, and nothing may be asked of elsewhere. */
async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => { if (message.type() !== "info") wrong.push(`console ${message.type()}: ${message.text()}`); });
  page.on("pageerror", (error) => wrong.push(`error: ${error}`));
  page.on("dialog", (dialog) => { wrong.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => { if (!request.url().startsWith(address)) wrong.push(`elsewhere: ${request.url()}`); });
  return { page, context, done: async () => { assert.deepEqual(wrong, []); await context.close(); } };
}

/** One page of each kind. */
async function kinds(page) {
  await page.goto(address + "/");
  const claim = await page.locator(".claims h3 a").first().getAttribute("href");
  await page.goto(address + claim);
  const words = await page.locator("a.words").first().getAttribute("href");
  const party = await page.locator(".party h4 a").first().getAttribute("href");
  await page.goto(address + "/outlets");
  const outlet = await page.locator("tbody a").first().getAttribute("href");
  const revised = await page.request.get(address + "/?q=Dorrick+make+the+call").then((answer) => answer.text());
  assert.ok(revised.includes("/claim/"));
  return ["/", "/?q=call", "/?as-of=2031-03-10", claim, claim + "?as-of=2031-03-11", words, party, "/outlets", outlet, "/nothing"];
}

test("from a search to the words in their article", async () => {
  const { page, done } = await open();
  await page.goto(address + "/");
  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "q");
  const all = await page.locator(".claims > li").count();
  await page.keyboard.type("telephone call");
  await page.waitForFunction((all) => document.querySelectorAll(".claims > li").length < all, all);
  assert.ok(page.url().includes("q=telephone+call"));
  await page.locator(".claims h3 a").first().click();
  await page.waitForSelector("h2#who");
  const quote = page.locator(".sides-columns a.words").first();
  const shown = (await quote.locator("b").first().innerText()).trim();
  await quote.locator("b").first().click();
  await page.waitForSelector("mark#words");
  const marked = (await page.locator("mark").allInnerTexts()).join(" ").replace(/\s+\d+\b/g, "");
  assert.ok(marked.includes(shown.split(" ").slice(0, 2).join(" ")), `${marked} / ${shown}`);
  const box = await page.locator("mark#words").boundingBox();
  assert.ok(box.y >= 0 && box.y < 900, "the words are in sight");
  await done();
});

test("the slider leads to the record as it was", async () => {
  const { page, done } = await open();
  await page.goto(address + "/?q=drones");
  await page.locator(".claims h3 a").first().click();
  const now = await page.locator("#reports .count").innerText();
  const slider = page.locator("[data-slider] input[type=range]");
  await slider.focus();
  await page.keyboard.press("Home");
  await page.waitForURL(/as-of=/);
  assert.match(await page.locator(".past").innerText(), /As it was on record on/);
  assert.notEqual(await page.locator("#reports .count").innerText(), now);
  await page.locator(".past a").click();
  await page.waitForURL((url) => !url.search.includes("as-of"));
  await done();
});

test("every page without a script", async () => {
  const { page, done } = await open({ javaScriptEnabled: false });
  await page.goto(address + "/");
  await page.fill("#q", "call");
  await page.click(".search button");
  assert.ok(page.url().includes("q=call"));
  assert.ok(await page.locator(".claims > li").count() > 0);
  await page.locator(".filters a").first().click();
  assert.ok(page.url().includes("standing="));
  await page.goto(address + "/");
  await page.locator(".claims h3 a").first().click();
  assert.ok(await page.locator("[data-slider] a").count() > 1);
  assert.equal(await page.locator("button[data-copy]").isVisible(), false);
  await done();
});

test("nothing is wider than a phone", async () => {
  const { page, done } = await open({ viewport: { width: 360, height: 740 } });
  for (const path of (await kinds(page)).slice(0, -1)) {
    await page.goto(address + path);
    const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    assert.ok(wide <= room, `${path}: ${wide} of ${room}`);
  }
  await done();
});

test("axe finds no serious fault, in light and in dark", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, context } = await open({ colorScheme });
    for (const path of await kinds(page)) {
      await page.goto(address + path);
      await page.evaluate(axe);
      const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      const serious = found.violations.filter((one) => ["serious", "critical"].includes(one.impact));
      const told = serious.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(" | ")}`);
      assert.deepEqual(told, [], `${colorScheme} ${path}`);
    }
    await context.close();
  }
});

test("the keyboard alone is enough", async () => {
  const { page, done } = await open();
  await page.goto(address + "/");
  await page.keyboard.press("Tab");
  assert.match(await page.evaluate(() => document.activeElement.textContent), /Skip/);
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.keyboard.press("Tab");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(outline, "solid", "what has the focus is seen to have it");
  await done();
});

test("an article that means harm is only words", async () => {
  const { page, done } = await open();
  await page.goto(address + "/outlets");
  await page.getByRole("link", { name: /<script>/ }).click();
  await page.locator("#articles + ul a").first().click();
  assert.match(await page.locator("h1").innerText(), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await page.locator("img, main script, main svg").count(), 0);
  await done();
});
