import { isNumeric } from "../server/dataset.js"
import { html } from "../server/html.js"

export function rowsTable({ settings, format, dataset, question, rows, query }) {
  const pages = Math.max(1, Math.ceil(rows.length / settings.rowsPerPage))
  const page = Math.min(question.page, pages)
  const from = (page - 1) * settings.rowsPerPage
  const shown = rows.slice(from, from + settings.rowsPerPage)
  if (shown.length === 0)
    return html`<section class="panel centred"><h2>No row fits</h2>
    <p class="quiet">Change a filter, or <a class="link" href="/files/${dataset.id}">see all rows</a>.</p></section>`
  return html`<section class="panel rows">
  <h2 id="rows-title">Rows</h2>
  <div class="scroll" tabindex="0" role="region" aria-labelledby="rows-title"><table>
    <thead><tr>${dataset.columns.map((column, index) => head({ column, index, question, query }))}</tr></thead>
    <tbody>${shown.map(
      (row) =>
        html`<tr>${row.map((value, index) => {
          const column = dataset.columns[index]
          return html`<td class="${isNumeric(column) ? "right" : ""}">${format.value(value, column.type)}</td>`
        })}</tr>`,
    )}</tbody>
  </table></div>
  <nav class="pages" aria-label="Pages of rows">
    <span class="quiet">${format.count(from + 1)}–${format.count(from + shown.length)} of ${format.count(rows.length)}</span>
    ${page > 1 && html`<a class="button" rel="prev" href="${address(query, { page: page - 1 })}">Previous</a>`}
    ${page < pages && html`<a class="button" rel="next" href="${address(query, { page: page + 1 })}">Next</a>`}
  </nav>
</section>`
}

const typeNames = { number: "number", money: "money", date: "date", text: "text" }

function head({ column, index, question, query }) {
  const sorted = question.sort === index
  const down = sorted && !question.down
  const order = sorted ? (question.down ? "descending" : "ascending") : "none"
  const to = address(query, { sort: index, dir: down ? "down" : "up", page: 1 })
  return html`<th scope="col" aria-sort="${order}" class="${isNumeric(column) ? "right" : ""}"><a class="sort" href="${to}">${column.name}<span class="arrow" aria-hidden="true">${sorted && (question.down ? "↓" : "↑")}</span></a><small>${typeNames[column.type]}</small></th>`
}

function address(query, changes) {
  const next = new URLSearchParams(query)
  for (const [name, value] of Object.entries(changes)) next.set(name, String(value))
  return `?${next}`
}
