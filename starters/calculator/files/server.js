// A calculator of one's own: inputs and results are lines in settings.json, the rest follows from them.
import { calculatorPage } from "./pages/calculator.js"
import { layout } from "./pages/layout.js"
import { calculate, startOf } from "./public/calculation.js"
import { readLines } from "./public/lines.js"
import { texts } from "./public/texts.js"
import { settings } from "./settings.js"
import { html } from "./web/html.js"
import { page, serve, textFile } from "./web/http.js"
import { themeCss } from "./web/theme.js"

const says = texts[settings.language]
const lines = readLines(settings)
const start = startOf(lines, settings.language)
const theme = themeCss(settings.accent, { light: "#eceeec", dark: "#2a2e2c" })

serve({
  errorPage: ({ status }) => errorPage(status),
  routes: [
    ["GET", "/", showCalculator],
    ["GET", "/theme.css", () => textFile("text/css", theme)],
  ],
})

/** What the address says stands in the fields; for the rest, what they begin with. */
function showCalculator({ query }) {
  const typed = Object.fromEntries(lines.inputs.map(({ id }) => [id, query.get(id) ?? start[id]]))
  return page(calculatorPage({ lines, ...calculate(lines, typed, settings) }))
}

function errorPage(status) {
  const title = status === 500 ? says.broken : says.gone
  return layout({
    title,
    body: html`<section class="notice"><p class="notice-code">${status}</p><h1>${title}</h1>
      <p><a class="button" href="/">${says.back}</a></p></section>`,
  })
}
