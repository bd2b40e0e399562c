import { attribute, html } from "../server/html.js"

/** One operation: what it takes and answers at the left, an example and "Try it" at the right. */
export function operationSection(operation, components) {
  const { operationId, method, path, summary, parameters = [], responses } = operation
  return html`<section class="operation" id="${operationId}" aria-labelledby="${operationId}-title">
  <div class="told">
    <h2 id="${operationId}-title">${summary}</h2>
    <p class="line"><span class="method ${method}">${method.toUpperCase()}</span><code>${path}</code></p>
    ${parameters.length > 0 && html`<h3>Parameters</h3><dl>${parameters.map(parameterLine)}</dl>`}
    <h3>Answers</h3>
    <dl>${Object.entries(responses).map(
      ([status, { description }]) =>
        html`<div><dt><code class="status s${status[0]}">${status}</code></dt><dd>${description}</dd></div>`,
    )}</dl>
  </div>
  <form class="try" data-try data-method="${method}" data-path="${path}" aria-label="Try: ${summary}">
    <h3>Try it</h3>
    <div class="inputs">${parameters.slice(0, 4).map((parameter) => parameterInput(operationId, parameter))}</div>
    ${bodyInput(operation, components)}
    <button>Send</button>
    <div class="answer" data-answer hidden><p><code class="status" data-status></code> <span data-headers></span></p>
    <pre tabindex="0" aria-label="Answer"><code data-body></code></pre></div>
    <details><summary>As a command</summary><pre tabindex="0" aria-label="Command"><code>${command(operation, components)}</code></pre></details>
  </form>
</section>`
}

const parameterLine = ({ name, in: place, description, required, schema }) =>
  html`<div><dt><code>${name}</code></dt><dd>${description ?? "The record's number"} <span class="quiet">${place}, ${schema.type}${required && ", required"}${schema.default !== undefined && html`, else ${schema.default}`}</span></dd></div>`

function parameterInput(operationId, { name, in: place, schema, required, example }) {
  const id = `${operationId}-${name}`
  const kind = schema.type === "integer" ? "number" : "text"
  return html`<div><label for="${id}">${name}</label><input id="${id}" name="${name}" type="${kind}" data-in="${place}" value="${example}" placeholder="${schema.default}"${attribute("required", required)}></div>`
}

const exampleIn = ({ requestBody }, { schemas }) => {
  const name = requestBody.content["application/json"].schema.$ref.split("/").at(-1)
  return JSON.stringify(schemas[name].example, null, 2)
}

function bodyInput(operation, components) {
  if (!operation.requestBody) return ""
  const example = exampleIn(operation, components)
  const id = `${operation.operationId}-body`
  return html`<label for="${id}">Body</label><textarea id="${id}" data-json rows="${Math.min(12, example.split("\n").length)}" spellcheck="false">
${example}</textarea>`
}

function command(operation, components) {
  const { method, path, requestBody, security } = operation
  const parts = [`curl -X ${method.toUpperCase()} "$APP${path.replace("{id}", "1")}"`]
  if (security) parts.push('-H "Authorization: Bearer $KEY"')
  if (requestBody) {
    const body = JSON.stringify(JSON.parse(exampleIn(operation, components)))
    parts.push('-H "Content-Type: application/json"', `-d '${body.replaceAll("'", "'\\''")}'`)
  }
  return parts.join(" \\\n  ")
}
