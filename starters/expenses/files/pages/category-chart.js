// What was spent by category, as bars in inline SVG beside their words and sums.
import { html } from "../server/html.js"

/** The largest first; what has no category is told last. Nothing without an expense that has one. */
export function categoryChart({ money }, entries) {
  const sums = sumsOf(entries)
  if (!sums.some(({ category }) => category !== "")) return ""
  const most = Math.max(1, ...sums.map(({ sum }) => sum))
  const nameOf = ({ category }) => category || "Without a category"
  return html`<section class="panel" aria-labelledby="by-category"><h2 id="by-category">By category</h2>
  <ul class="categories">${sums.map(
    (each) => html`<li><span>${nameOf(each)}</span><span class="sum">${money.write(each.sum)}</span>
    <svg class="scale" aria-hidden="true" width="100%" height="10"><rect class="track" width="100%" height="10" rx="5" /><rect class="plus" width="${(100 * each.sum) / most}%" height="10" rx="5" /></svg></li>`,
  )}</ul></section>`
}

/** `[{ category, sum }]` of the expenses; payments between people are none. */
function sumsOf(entries) {
  const groups = Map.groupBy(
    entries.filter(({ kind }) => kind === "expense"),
    ({ category }) => category ?? "",
  )
  return [...groups]
    .map(([category, of]) => ({ category, sum: of.reduce((sum, { amount }) => sum + amount, 0) }))
    .sort((one, other) => (one.category === "") - (other.category === "") || other.sum - one.sum)
}
