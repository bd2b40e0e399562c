import { type Call, type Described, takesKey } from "./described.ts"
import { sampleOf } from "./sample.ts"

/** One call in the languages of programs; each can be run as it stands. */
export interface Examples {
  curl: string
  typescript: string
  python: string
}

/**
 * How a program makes a call: nothing for one that takes no API key. Where the platform is, the key and
 * the ids come from environment variables, so that a copied example holds no secret.
 */
export function examplesOf(
  call: Call,
  document: Pick<Described, "components">,
): Examples | undefined {
  if (!takesKey(call)) return undefined
  const asked = { ...call, ...sentBy(call, document) }
  return { curl: curlOf(asked), typescript: typescriptOf(asked), python: pythonOf(asked) }
}

interface Asked extends Call {
  headers: Readonly<Record<string, string>>
  json: unknown
  /** bytes of a file in place of JSON */
  bytes: boolean
  /** the answer is a file */
  file: boolean
}

function sentBy({ operation }: Call, { components }: Pick<Described, "components">) {
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? []
  const isJson = type === "application/json"
  const given = operation.parameters?.filter(({ in: place }) => place === "header") ?? []
  const replies = Object.entries(operation.responses).find(([status]) => status.startsWith("2"))
  const replyType = Object.keys(replies?.[1].content ?? {})[0]
  return {
    headers: {
      ...(type === undefined ? {} : { "Content-Type": type }),
      ...Object.fromEntries(given.map(({ name, example }) => [name, example ?? "one-wish-1"])),
    },
    json: isJson
      ? (content?.example ?? sampleOf(content?.schema ?? {}, components.schemas))
      : undefined,
    bytes: type !== undefined && !isJson,
    file: replyType !== undefined && replyType !== "application/json",
  }
}

const secret = "VIBECAAS_KEY"
/** where programs in TypeScript read their environment */
const variables = ["process", "env"].join(".")
const base = "VIBECAAS_URL"

/** `projectId` → `PROJECT_ID` */
const variableOf = (name: string) => name.replaceAll(/([A-Z])/g, "_$1").toUpperCase()

/** The address with its variables written as a language has them. */
function addressOf({ path, operation }: Call, variable: (name: string) => string): string {
  const wanted = operation.parameters?.filter((each) => each.in === "query" && each.required) ?? []
  const query = wanted.map(({ name }) => `${name}=${variable(variableOf(name))}`).join("&")
  const within = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => variable(variableOf(name)))
  return `${variable(base)}/api/v1${within}${query && `?${query}`}`
}

const inQuotes = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

function curlOf(asked: Asked): string {
  const { method, headers, json, bytes, file } = asked
  const url = `"${addressOf(asked, (name) => `$${name}`)}"`
  const lines = [
    ...(method === "GET" ? [] : [`-X ${method}`]),
    `-H "Authorization: Bearer $${secret}"`,
    ...Object.entries(headers).map(([name, value]) => `-H ${inQuotes(`${name}: ${value}`)}`),
    ...(json === undefined ? [] : [`-d ${inQuotes(JSON.stringify(json))}`]),
    ...(bytes ? ["--data-binary @file"] : []),
    ...(file ? ["-o file"] : []),
  ]
  return [`curl --fail-with-body ${url}`, ...lines].join(" \\\n  ")
}

function typescriptOf(asked: Asked): string {
  const { method, headers, json, bytes, file } = asked
  const url = `\`${addressOf(asked, (name) => `\${${variables}.${name}}`)}\``
  const lines = [
    `    Authorization: \`Bearer \${${variables}.${secret}}\`,`,
    ...Object.entries(headers).map(([name, value]) => `    "${name}": ${JSON.stringify(value)},`),
  ]
  return [
    ...(bytes || file ? ['import { readFile, writeFile } from "node:fs/promises"', ""] : []),
    `const answer = await fetch(${url}, {`,
    ...(method === "GET" ? [] : [`  method: "${method}",`]),
    ...["  headers: {", ...lines, "  },"],
    ...(json === undefined ? [] : [`  body: JSON.stringify(${JSON.stringify(json)}),`]),
    ...(bytes ? ['  body: await readFile("file"),'] : []),
    "})",
    "if (!answer.ok) throw new Error(await answer.text())",
    file ? 'await writeFile("file", await answer.bytes())' : "console.log(await answer.text())",
  ].join("\n")
}

function pythonOf(asked: Asked): string {
  const { method, headers, json, bytes, file } = asked
  const url = addressOf(asked, (name) => `{os.environ['${name}']}`)
  const lines = [
    `        "Authorization": f"Bearer {os.environ['${secret}']}",`,
    ...Object.entries(headers).map(
      ([name, value]) => `        "${name}": ${JSON.stringify(value)},`,
    ),
  ]
  return [
    "import json, os, urllib.request",
    "",
    "request = urllib.request.Request(",
    `    f"${url}",`,
    `    method="${method}",`,
    ...["    headers={", ...lines, "    },"],
    ...(json === undefined ? [] : [`    data=json.dumps(${pythonValue(json)}).encode(),`]),
    ...(bytes ? ['    data=open("file", "rb").read(),'] : []),
    ")",
    "with urllib.request.urlopen(request) as answer:",
    file ? '    open("file", "wb").write(answer.read())' : "    print(answer.read().decode())",
  ].join("\n")
}

function pythonValue(value: unknown): string {
  if (value === null) return "None"
  if (typeof value === "boolean") return value ? "True" : "False"
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(", ")}]`
  if (typeof value !== "object") return JSON.stringify(value)
  const pairs = Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}: ${pythonValue(v)}`)
  return `{${pairs.join(", ")}}`
}
