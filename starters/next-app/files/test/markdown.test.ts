import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { createElement } from "react"
import { renderToStaticMarkup } from "react-dom/server"
import { Markdown } from "../components/markdown.ts"
import { readSettings } from "../server/settings.ts"
import { themeCss } from "../server/theme.ts"
import { linksIn, slugOf } from "../shared/titles.ts"

const show = (text: string, isThere?: (slug: string) => boolean) =>
  renderToStaticMarkup(createElement(Markdown, { text, ...(isThere ? { isThere } : {}) }))

test("[[titles]] lead to their pages, and to where one that is missing can be written", () => {
  const html = show("See [[Opening hours]] and [[A (b) *c*]].", (slug) => slug === "opening-hours")
  assert.match(html, /<a href="\/p\/opening-hours">Opening hours<\/a>/)
  assert.match(html, /<a href="\/new\?title=A%20[^"]*" class="missing"[^>]*>A \(b\) \*c\*<\/a>/)
  assert.deepEqual(linksIn("[[One]] [[ Two ]] [[One]] [[]] [no]"), ["One", "Two"])
})

test("HTML is shown as text, and no link runs a script", () => {
  const html = show(
    "<script>alert(1)</script>\n\n<b onclick='x'>b</b> [x](javascript:alert(1)) ![y](javascript:z)",
  )
  assert.doesNotMatch(html, /<script|<b |javascript:/)
  assert.match(html, /&lt;script&gt;/)
})

test("headings of a text stand below the page's title", () => {
  assert.match(show("# One\n\n## Two"), /<h2[^>]*>One<\/h2>.*<h3[^>]*>Two<\/h3>/s)
})

test("every title has an address of plain letters", () => {
  assert.deepEqual(["Straße & Öl", " A  b ", "Crème brûlée!"].map(slugOf), [
    ...["strasse-ol", "a-b", "creme-brulee"],
  ])
  const [one, other] = ["会議", "予定"].map(slugOf)
  assert.match(one ?? "", /^page-[a-z0-9]+$/)
  assert.notEqual(one, other)
  assert.ok(slugOf("x".repeat(200)).length <= 60)
})

test("settings.json is told all that is wrong in it", () => {
  const given = JSON.parse(readFileSync(new URL("../settings.json", import.meta.url), "utf8"))
  assert.equal(readSettings(given).title, given.title)
  assert.throws(() => readSettings({ ...given, title: "", accent: "red" }), /title: .*\naccent: /)
  assert.match(themeCss(given.accent, { light: "#eef1f0", dark: "#25292a" }), /--on-accent: #/)
})
