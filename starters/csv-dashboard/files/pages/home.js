import { html } from "../server/html.js"
import { limits } from "../server/parse-csv.js"
import { icons, layout } from "./layout.js"

export function homePage({ settings, store, example, format }, error) {
  const files = store.list()
  return layout(settings, {
    title: settings.title,
    body: html`<div class="home">
  <section class="intro">
    <h1>Drop a table, see what is in it.</h1>
    <p class="lead">Upload a CSV file from a shop, a bank or a spreadsheet. Its columns are recognised, and
    you get sums, charts and a table that can be filtered.</p>
    ${example && html`<p><a class="link" href="/files/example">Look at the example first</a></p>`}
  </section>
  ${uploadForm(format, error)}
  <section class="files">
    <h2>Files</h2>
    ${
      files.length === 0
        ? html`<p class="quiet empty">No file yet. What you upload is listed here, and stays until somebody deletes it.</p>`
        : html`<ul>${files.map((file) => fileRow(file, format))}</ul>`
    }
  </section>
</div>`,
  })
}

function uploadForm(format, error) {
  return html`<form class="panel drop" method="post" action="/files" enctype="multipart/form-data" data-drop>
  ${error && html`<p class="alert" role="alert">${error}</p>`}
  <label class="target" for="file">
    ${icons.upload}
    <strong>Choose a CSV file</strong>
    <span class="quiet">or drop it here · up to ${limits.bytes / 1024 / 1024} MB and ${format.count(limits.rows)} rows</span>
    <span class="chosen" data-chosen></span>
  </label>
  <input id="file" name="file" type="file" accept=".csv,.tsv,.txt,text/csv">
  <details>
    <summary>Paste a table instead</summary>
    <label for="text" class="quiet">First line: the names of the columns</label>
    <textarea id="text" name="text" rows="5" spellcheck="false" placeholder="date,region,revenue&#10;2026-01-04,North,120.50"></textarea>
  </details>
  <button class="button main">Show the dashboard</button>
</form>`
}

const fileRow = ({ id, name, rows, columns, at }, format) => html`<li>
  <a class="file-name" href="/files/${id}">${name}</a>
  <span class="quiet">${format.count(rows)} rows · ${columns} columns · ${at.slice(0, 10)}</span>
  <form method="post" action="/files/${id}/delete" data-confirm="Delete ${name}?">
    <button class="icon" aria-label="Delete ${name}" title="Delete">${icons.trash}</button>
  </form>
</li>`
