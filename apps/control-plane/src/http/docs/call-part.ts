import { type Call, type Content, type Described, takesKey } from "./described.ts"
import { examplesOf } from "./examples.ts"
import { escaped, words } from "./html.ts"
import { faultHref } from "./places.ts"
import { type Field, fieldsOf, fieldTable, typeOf } from "./shape-words.ts"

/** Method and path of a call. */
export const callTitle = ({ method, path }: Call) =>
  `<span class="method">${method}</span> <code>${escaped(path).replaceAll("/", "/<wbr>")}</code>`

/** One call: what it takes, what it answers, how it fails, and how programs make it. */
export function callPart(call: Call, document: Described): string {
  const { operation } = call
  const { operationId: id, summary, description } = operation
  const named = `${call.method} ${call.path}`
  return `<section id="${id}" class="call">
<h2>${callTitle(call)}</h2>
<p>${words(summary)}.${description ? ` ${words(description)}` : ""}${takesKey(call) ? "" : noKey(call)}</p>
${fieldTable(`Parameters of ${named}`, parametersOf(call))}
${bodyPart(named, operation.requestBody?.content)}
${Object.entries(operation.responses).map(answerOf).join("\n")}
${examplesPart(call, document)}
</section>`
}

const noKey = ({ operation: { security } }: Call) =>
  security.length === 0 ? " Anybody may ask." : " It takes no API key: the dashboard calls it."

function parametersOf({ operation }: Call): Field[] {
  return (operation.parameters ?? []).map(({ name, in: place, required, schema }) => ({
    ...{ name, shape: schema, required: required === true, place: `in the ${place}` },
  }))
}

function bodyPart(named: string, content: Content | undefined): string {
  const [type, body] = Object.entries(content ?? {})[0] ?? []
  if (type === undefined) return ""
  if (!body?.schema) return `<h3>Body</h3><p>Bytes of <code>${escaped(type)}</code>.</p>`
  const fields = fieldTable(`Body of ${named}`, fieldsOf(body.schema))
  return `<h3>Body</h3>${fields || `<p>${typeOf(body.schema)}</p>`}`
}

type Answer = [string, Call["operation"]["responses"][string]]

function answerOf([status, { description, content }]: Answer): string {
  const [type, answer] = Object.entries(content ?? {})[0] ?? []
  if (Number(status) < 400) {
    const shown = answer?.schema ? answerWords(answer.schema) : type ? escaped(type) : "no body"
    return `<p class="answer"><strong>${status}</strong> ${escaped(description)}: ${shown}</p>`
  }
  const codes = description.split(", ")
  const links = codes.map((code) => `<a href="${faultHref(code)}">${escaped(code)}</a>`).join(", ")
  return `<p class="answer"><strong>${status}</strong> ${links}</p>`
}

function answerWords(shape: Parameters<typeof typeOf>[0]): string {
  if (!shape.properties) return typeOf(shape)
  const fields = Object.entries(shape.properties)
  return fields
    .map(([name, field]) => `<code>${escaped(name)}</code> (${typeOf(field)})`)
    .join(", ")
}

const languages = { curl: "curl", typescript: "TypeScript", python: "Python" } as const

function examplesPart(call: Call, document: Described): string {
  const examples = examplesOf(call, document)
  if (!examples) return ""
  const named = `${call.method} ${call.path}`
  const parts = Object.entries(languages).map(
    ([key, name]) => `<h3>${name}</h3>
<pre tabindex="0" role="region" aria-label="${name} for ${escaped(named)}"><code>${escaped(examples[key as keyof typeof languages])}</code></pre>`,
  )
  return `<details><summary>Examples in curl, TypeScript and Python</summary>${parts.join("\n")}</details>`
}
