// The running app, with whatever settings.json says.
import assert from "node:assert/strict"
import { test } from "node:test"
import { texts } from "../public/texts.js"
import { html } from "../web/html.js"
import { settings, sharedApp } from "./start-app.js"

const tip = {
  language: "en",
  currency: "as written",
  history: true,
  inputs: [
    "Bill: 50 €; min 0",
    "Tip: 15 %",
    "People: 2; whole; 1 to 50",
    "Where: In = 1 | Out = 2",
  ],
  results: ["* Per person = (Bill + Bill × Tip) / People × Where; €", "Tip = Bill × Tip; €"],
}
const textOf = async (changes, path = "/") => {
  const { status, text } = await (await sharedApp(changes)).visitor().get(path)
  assert.equal(status, 200)
  return text
}
const resultIn = (text, id) => new RegExp(`id="out-${id}"[^>]*>([^<]*)<`).exec(text)?.[1]

test("the first page has the title, the language and the color of the settings", async () => {
  const text = await textOf()
  assert.ok(text.includes(`<title>${html`${settings.title}`}</title>`))
  assert.ok(text.includes(`<html lang="${settings.language}">`))
  const theme = await (await sharedApp()).visitor().get("/theme.css")
  assert.ok(theme.text.includes(`--accent: ${settings.accent}`))
})

test("the fields begin with what the lines say, and results are there at once", async () => {
  const text = await textOf(tip)
  assert.match(text, /name="bill" value="50"/)
  assert.equal(resultIn(text, "per-person"), "€28.75")
  assert.equal(resultIn(text, "tip-2"), "€7.50")
})

test("an address holds a calculation, which works without JavaScript", async () => {
  const text = await textOf(tip, "/?bill=80&tip=15&people=4&where=Out")
  assert.equal(resultIn(text, "per-person"), "€46.00")
  assert.match(text, /<option selected>Out</)
  assert.match(text, /<form [^>]*method="get"/)
})

test("what cannot be calculated is said at its field and its result, and nothing typed is lost", async () => {
  const text = await textOf(tip, `/?bill=${encodeURIComponent('"><b>')}&people=0`)
  assert.match(text, /value="&quot;&gt;&lt;b&gt;"[^>]*aria-invalid="true"/)
  assert.ok(text.includes(texts.en.number) && text.includes("Use 1 or more."))
  assert.equal(resultIn(text, "per-person"), "—")
  assert.ok(text.includes("This needs “Bill”."))
})

test("a division by zero is said with what was zero", async () => {
  const lines = { ...tip, inputs: ["People: 0"], results: ["Each = 100 / People"] }
  assert.ok((await textOf(lines)).includes("This would be divided by zero: look at “People”."))
})

test("a line that cannot be read is shown with the place, and the rest works", async () => {
  const text = await textOf({ ...tip, results: ["Bad = Bill × <b>", "Good = Bill × 2; €"] })
  assert.ok(text.includes("<q>Bad = Bill × &lt;b&gt;</q>"))
  assert.ok(text.includes("<mark>b</mark>"))
  assert.equal(resultIn(text, "good"), "€100.00")
})

test("without lines the page says what is missing", async () => {
  assert.ok((await textOf({ language: "de", inputs: [], results: [] })).includes(texts.de.nothing))
})

test("the page speaks each of its languages", async () => {
  for (const language of ["de", "fr", "es"])
    assert.ok((await textOf({ ...tip, language })).includes(texts[language].calculate))
})

test("a currency that was chosen is that of all results", async () => {
  assert.equal(resultIn(await textOf({ ...tip, currency: "GBP" }), "per-person"), "£28.75")
})

test("history, copying and printing wait for the browser, and formulas can be read", async () => {
  const text = await textOf(tip)
  for (const id of ["history", "deeds"]) assert.match(text, new RegExp(`id="${id}"[^>]* hidden`))
  assert.ok(!(await textOf({ ...tip, history: false })).includes('id="history"'))
  assert.ok(text.includes("<code>Bill × Tip</code>"))
})

test("the note stands on the page as text", async () => {
  assert.ok(
    (await textOf({ ...tip, note: "Without <guarantee>" })).includes("Without &lt;guarantee"),
  )
})

test("only its own files are answered, and strange addresses in the app's language", async () => {
  const visitor = (await sharedApp({ ...tip, language: "fr" })).visitor()
  for (const name of ["formula.js", "lines.js", "calculation.js", "calculator.js", "app.css"])
    assert.equal((await visitor.get(`/${name}`)).status, 200)
  for (const path of ["/settings.json", "/server.js", "/%2e%2e/settings.json", "/x"]) {
    const { status, text } = await visitor.get(path)
    assert.equal(status, 404)
    assert.ok(text.includes(texts.fr.gone))
  }
})
