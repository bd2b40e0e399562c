// The page as HTML. Everything that people wrote goes through `esc`.
import { readSum } from "../public/sums.js"
import { convert, shown, signOf } from "../public/units.js"
import { readableOn } from "./settings.js"

const marks = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }
export const esc = (text) => String(text).replace(/[&<>"']/g, (mark) => marks[mark])

const frame = ({ title, accent }, body) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${esc(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/style.css">
<style>:root { --accent: ${esc(accent)}; --on-accent: ${readableOn(accent)}; }</style>
</head>
<body>
<header class="top"><div class="scale" aria-hidden="true"></div><h1><a href="/">${esc(title)}</a></h1></header>
${body}
</body>
</html>`

export function errorPage(settings, says) {
  return frame(
    settings,
    `<main><p class="notice" role="alert">${esc(says)}</p><p><a href="/">Back to the converter</a></p></main>`,
  )
}

export function page({ settings, quantities, unread }, choice, kept) {
  const data = { decimals: settings.decimals, ownUnits: settings.ownUnits }
  return frame(
    settings,
    `${nav(quantities, choice.quantity)}
<main>
${unread.map((line) => `<p class="notice">This line of the own units cannot be read: <q>${esc(line)}</q></p>`).join("")}
<form class="bench" id="converter" action="/" method="get" data-settings="${esc(JSON.stringify(data))}">
  <input type="hidden" name="quantity" value="${esc(choice.quantity.id)}">
  ${given(choice)}
  <button class="swap" id="swap" name="swap" type="button" hidden aria-label="Swap the units" title="Swap the units">${swapIcon}</button>
  ${wanted(settings, choice)}
  <div class="deeds">
    <button class="plain" id="convert">Convert</button>
    ${settings.keeps ? '<button class="main" formaction="/keep" formmethod="post">Keep this</button>' : ""}
  </div>
</form>
<section aria-labelledby="others-title"><h2 id="others-title">In every unit</h2>
<dl class="others" id="others">${others(settings, choice)}</dl></section>
${settings.keeps ? keptList({ settings, quantities }, choice, kept) : ""}
</main>
<script type="module" src="/convert.js"></script>`,
  )
}

const swapIcon =
  '<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M4 8h15m-4-4 4 4-4 4M20 16H5m4-4-4 4 4 4"/></svg>'

const nav = (quantities, current) =>
  `<nav aria-label="Quantities"><ul>${quantities
    .map(({ id, name }) => {
      const here = id === current.id ? ' aria-current="page"' : ""
      return `<li><a href="/?quantity=${encodeURIComponent(id)}"${here}>${esc(name)}</a></li>`
    })
    .join("")}</ul></nav>`

const options = (units, selected) =>
  units
    .map((each) => {
      const sign = signOf(each) === each.name ? "" : ` (${signOf(each)})`
      const here = each === selected ? " selected" : ""
      return `<option value="${esc(each.id)}"${here}>${esc(each.name + sign)}</option>`
    })
    .join("")

const given = ({ quantity, from, sum, value }) => `<div class="side">
    <label for="value">Number or sum</label>
    <input id="value" name="value" value="${esc(sum)}" maxlength="100" inputmode="decimal" autocomplete="off" spellcheck="false"${value === undefined ? ' aria-invalid="true"' : ""} aria-describedby="wrong">
    <label class="quiet" for="from">From</label>
    <select id="from" name="from">${options(quantity.units, from)}</select>
    <p class="wrong" id="wrong">${value === undefined ? unreadable : ""}</p>
  </div>`
const unreadable = "Type a number or a sum, such as 3 * 12 + 4."

const wanted = ({ decimals }, { quantity, from, to, value }) => `<div class="side">
    <span class="label" id="result-label">Result</span>
    <output id="result" for="value from to" aria-labelledby="result-label">${value === undefined ? "—" : esc(shown(convert(value, from, to), decimals))}</output>
    <label class="quiet" for="to">To</label>
    <select id="to" name="to">${options(quantity.units, to)}</select>
  </div>`

const others = ({ decimals }, { quantity, from, value }) =>
  quantity.units
    .map((each) => {
      const text = value === undefined ? "—" : shown(convert(value, from, each), decimals)
      return `<div><dt>${esc(each.name)}</dt><dd data-unit="${esc(each.id)}">${esc(text)}</dd></div>`
    })
    .join("")

function keptList({ settings, quantities }, choice, kept) {
  const rows = kept.flatMap((each) => {
    const quantity = quantities.find(({ id }) => id === each.quantity)
    const from = quantity?.units.find(({ id }) => id === each.from)
    const to = quantity?.units.find(({ id }) => id === each.to)
    const value = readSum(each.sum)
    // A unit that the settings no longer have: the row waits until they have it again.
    if (!from || !to || value === undefined) return []
    const text = `${each.sum} ${signOf(from)} = ${shown(convert(value, from, to), settings.decimals)} ${signOf(to)}`
    const query = new URLSearchParams({
      quantity: quantity.id,
      value: each.sum,
      from: from.id,
      to: to.id,
    })
    return [keptRow({ id: each.id, text, query, choice })]
  })
  const list =
    rows.length > 0
      ? `<ul class="kept">${rows.join("")}</ul>`
      : '<p class="empty">Nothing is kept yet. “Keep this” puts a conversion here, for everybody who opens this page.</p>'
  return `<section aria-labelledby="kept-title"><h2 id="kept-title">Kept</h2>${list}</section>`
}

const keptRow = ({ id, text, query, choice }) => `<li><a href="/?${esc(query)}">${esc(text)}</a>
<form action="/forget" method="post"><input type="hidden" name="id" value="${id}"><input type="hidden" name="quantity" value="${esc(choice.quantity.id)}"><input type="hidden" name="value" value="${esc(choice.sum)}"><input type="hidden" name="from" value="${esc(choice.from.id)}"><input type="hidden" name="to" value="${esc(choice.to.id)}"><button class="plain small" aria-label="Forget ${esc(text)}">Forget</button></form></li>`
