import { z } from "zod"
import { type Files, type Parse, promiseOf, withPromises } from "./document.ts"
import type { Integrity } from "./integrity.ts"
import { parseJson } from "./parse-json.ts"
import { Refusal } from "./refusal.ts"

const about = z.object({ Version: z.string().max(300), Time: z.string().max(60).optional() })

/** What a module proxy answers, by what was asked; Go itself proves what comes of the database of hashes. */
export const parseGo: Parse = (said) => {
  const { name, bytes } = said
  if (name.includes("/lookup/")) return readHashes(said)
  if (name.startsWith("sumdb/")) return withoutFiles(bytes)
  const text = new TextDecoder().decode(bytes)
  if (name.endsWith("/@v/list")) return withoutFiles(`${versionsIn(text).join("\n")}\n`)
  const read = about.safeParse(parseJson(bytes))
  if (!read.success) throw new Refusal(502, `The answer about ${name} makes no sense.`)
  return withoutFiles(JSON.stringify(read.data))
}

/** A document of no bytes would be none: at least a line is kept. */
const withoutFiles = (body: string | Uint8Array) => {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body
  return { body: bytes.length > 0 ? bytes : new TextEncoder().encode("\n"), files: {} }
}

const versionsIn = (text: string) =>
  text.split("\n").flatMap((line) => /^v[0-9][A-Za-z0-9.+-]{0,200}/.exec(line.trim())?.[0] ?? [])

/** The hashes of a version's archive and of its go.mod, as go.sum has them. */
function readHashes({ name, bytes, base, promised }: Parameters<Parse>[0]) {
  const asked = name.slice(name.indexOf("/lookup/") + "/lookup/".length)
  const [module = "", version = ""] = asked.split("@")
  const files: Files = {}
  for (const line of new TextDecoder().decode(bytes).split("\n").slice(1)) {
    if (line === "") break
    const [of, at = "", hash = ""] = line.split(" ")
    const file = { [plain(version)]: "zip", [`${plain(version)}/go.mod`]: "mod" }[at]
    const integrity = file && hashIn(hash, file === "zip" ? "h1-zip" : "h1-mod")
    if (of !== plain(module) || file === undefined || !integrity) continue
    const url = new URL(`${module}/@v/${version}.${file}`, base).href
    files[file] = { ...promiseOf(promised, file, integrity), url }
  }
  if (!files.zip || !files.mod) {
    throw new Refusal(502, `The database of hashes makes no sense of ${plain(asked)}.`)
  }
  return { body: bytes, files: withPromises(promised, files) }
}

/** As people write it. */
export const plain = (escaped: string): string =>
  escaped.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase())

function hashIn(text: string, algorithm: Integrity["algorithm"]): Integrity | undefined {
  const [, base64] = /^h1:([A-Za-z0-9+/]{43}=)$/.exec(text) ?? []
  return base64 === undefined
    ? undefined
    : { algorithm, hex: Buffer.from(base64, "base64").toString("hex") }
}
