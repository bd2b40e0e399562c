// The description for people, drawn from the OpenAPI document and nothing else.
import { html } from "../server/html.js"
import { layout } from "./layout.js"
import { operationSection } from "./operation.js"

export function docsPage({ settings }, description) {
  const { info, paths, components } = description
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  )
  return layout({
    title: info.title,
    body: html`<div class="docs">
<aside>
  <p class="name"><svg aria-hidden="true" viewBox="0 0 24 24"><path d="M8 4H7a3 3 0 0 0-3 3v2a3 3 0 0 1-2 3 3 3 0 0 1 2 3v2a3 3 0 0 0 3 3h1M16 4h1a3 3 0 0 1 3 3v2a3 3 0 0 0 2 3 3 3 0 0 0-2 3v2a3 3 0 0 1-3 3h-1" /></svg>${info.title}</p>
  <nav aria-label="Operations"><ul>${operations.map(
    ({ operationId, method, summary }) =>
      html`<li><a href="#${operationId}"><span class="method ${method}">${method.toUpperCase()}</span>${summary}</a></li>`,
  )}<li><a href="#fields">Fields</a></li></ul></nav>
  <p class="spec"><a href="/openapi.json">openapi.json</a></p>
</aside>
<main>
  <header class="intro"><h1>${info.title}</h1><p>${info.description}</p>
  <ul class="facts"><li>Bodies and answers are JSON.</li><li>Failures are problem+json, with every mistake and its place.</li><li>ETags tell versions: send If-Match, and nobody's change is lost.</li></ul>
  ${settings.keyToWrite && keyField()}</header>
  ${operations.map((operation) => operationSection(operation, components))}
  ${fieldsSection(components.schemas.Record)}
</main>
</div>`,
  })
}

const keyField = () => html`<form class="key"><label for="key">Key to write</label>
<input id="key" type="password" autocomplete="off" data-key placeholder="From the app's log"><p>It stays in this page and is sent with what you try.</p></form>`

function fieldsSection({ properties, required }) {
  return html`<section class="operation" id="fields"><h2>Fields</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Fields"><table><thead><tr><th scope="col">Name</th><th scope="col">Type</th><th scope="col">Meaning</th></tr></thead>
<tbody>${Object.entries(properties).map(
    ([name, schema]) =>
      html`<tr><td><code>${name}</code>${required.includes(name) && html` <em>required</em>`}</td><td>${typeOf(schema)}</td><td>${schema.title}</td></tr>`,
  )}</tbody></table></div></section>`
}

function typeOf({ type, format, enum: choices, maxLength }) {
  if (choices) return `one of ${choices.join(", ")}`
  if (maxLength) return `${type}, up to ${maxLength} characters`
  return format ? `${type} (${format})` : type
}
