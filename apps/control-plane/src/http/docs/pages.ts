import { faults } from "@vibecaas/contract/faults"
import { callPart, callTitle } from "./call-part.ts"
import { type Call, callsOf, type Described } from "./described.ts"
import { escaped, prose, words } from "./html.ts"
import {
  authenticationPlace,
  callHref,
  callsPlace,
  docsPath,
  documentPath,
  schemasPlace,
} from "./places.ts"
import { fieldsOf, fieldTable, typeOf } from "./shape-words.ts"

export interface ReferencePage {
  title: string
  /** the part beside the navigation */
  main: string
}

/** The pages of the API reference, by their place below `docsPath`; all of it comes from the document. */
export function referencePages(document: Described): ReadonlyMap<string, ReferencePage> {
  const calls = Map.groupBy(callsOf(document), ({ operation }) => operation.tags[0] ?? "")
  return new Map([
    ["", overview(document, calls)],
    [authenticationPlace, authentication(document)],
    ...document.tags.map(
      (tag) => [callsPlace(tag.name), callsPage(document, tag, calls.get(tag.name) ?? [])] as const,
    ),
    [schemasPlace, schemasPage(document)],
  ])
}

/** The links beside every page. */
export function navigation(document: Described, here: string): string {
  const link = (place: string, name: string) =>
    `<li><a href="${docsPath}${place}"${place === here ? ' aria-current="page"' : ""}>${escaped(name)}</a></li>`
  return `<nav aria-label="API reference"><ul>
${link("", "Overview")}
${link(authenticationPlace, "Authentication")}
${document.tags.map(({ name }) => link(callsPlace(name), titleOf(name))).join("\n")}
${link(schemasPlace, "Schemas")}
<li><a href="${documentPath}">OpenAPI document</a></li>
</ul></nav>`
}

const titleOf = (tag: string) => `${tag.charAt(0).toUpperCase()}${tag.slice(1)}`

/** The part of the description that is under a heading, with it. */
function partOf({ info }: Described, heading: string): string {
  const start = info.description.indexOf(`## ${heading}`)
  const end = info.description.indexOf("\n## ", start + 1)
  return info.description.slice(start, end === -1 ? undefined : end)
}

type CallsByTag = ReadonlyMap<string, readonly Call[]>

function overview(document: Described, calls: CallsByTag): ReferencePage {
  const [first = ""] = document.info.description.split("\n## ", 1)
  const lists = document.tags.map(
    ({ name }) => `<h3><a href="${docsPath}${callsPlace(name)}">${escaped(titleOf(name))}</a></h3>
<ul class="calls">${(calls.get(name) ?? []).map((call) => lineOf(name, call)).join("\n")}</ul>`,
  )
  return {
    title: "API reference",
    main: `<h1>API reference</h1>
${prose(first.trim())}
<p>Version ${escaped(document.info.version)}. Begin with <a href="${docsPath}${authenticationPlace}">authentication</a>.</p>
${prose(partOf(document, "What all calls have in common"))}
<h2>All calls</h2>
${lists.join("\n")}
<h2>All faults</h2>
<p>Each failure has one of these codes; its <code>detail</code> says what happened and what helps.</p>
<ul class="faults">${faultList()}</ul>`,
  }
}

const lineOf = (tag: string, call: Call) =>
  `<li><a href="${callHref(tag, call.operation.operationId)}">${callTitle(call)}</a> <span>${words(call.operation.summary)}</span></li>`

function faultList(): string {
  return Object.entries(faults)
    .flatMap(([code, fault]) =>
      typeof fault === "object"
        ? [`<li id="fault-${code}"><code>${code}</code> is answered with ${fault.status}</li>`]
        : [],
    )
    .join("\n")
}

function authentication(document: Described): ReferencePage {
  const first = callsOf(document).find(
    ({ method, path }) => method === "GET" && path === "/projects",
  )
  return {
    title: "Authentication",
    main: `<h1>Authentication</h1>
${prose(partOf(document, "Who asks")).replace("<h2>Who asks</h2>", "")}
<h2>The first call</h2>
<p>Make a key in the dashboard, in Settings under API keys, and copy it: it is shown once. Examples read it, and
where the platform is, from the environment:</p>
<pre tabindex="0" role="region" aria-label="Environment"><code>export VIBECAAS_URL=http://localhost:3000
export VIBECAAS_KEY=vck_…</code></pre>
${first ? callPart(first, document) : ""}`,
  }
}

function callsPage(
  document: Described,
  tag: Described["tags"][number],
  calls: readonly Call[],
): ReferencePage {
  return {
    title: titleOf(tag.name),
    main: `<h1>${escaped(titleOf(tag.name))}</h1>
<p>${words(tag.description)}</p>
<ul class="calls">${calls.map((call) => lineOf(tag.name, call)).join("\n")}</ul>
${calls.map((call) => callPart(call, document)).join("\n")}`,
  }
}

function schemasPage(document: Described): ReferencePage {
  const parts = Object.entries(document.components.schemas).map(([name, shape]) => {
    const table = fieldTable(`Fields of ${name}`, fieldsOf(shape))
    return `<section id="${escaped(encodeURIComponent(name))}" class="call"><h2>${escaped(name)}</h2>
${shape.description ? `<p>${words(shape.description)}</p>` : ""}
${table || `<p>${typeOf(shape)}</p>`}</section>`
  })
  return { title: "Schemas", main: `<h1>Schemas</h1>\n${parts.join("\n")}` }
}
