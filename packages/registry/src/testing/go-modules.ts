import { createHash } from "node:crypto"
import type { ServerResponse } from "node:http"
import { zip } from "./zip.ts"

/** A module of Go as its maker published it. */
export interface GoModule {
  /** as people write it, such as `example.com/Notes` */
  module: string
  version: string
  /** modules that it needs, with their versions */
  requires?: Readonly<Record<string, string>>
  /** by path; beside its go.mod */
  files?: Readonly<Record<string, string>>
}

const sha256 = (bytes: string | Buffer) => createHash("sha256").update(bytes).digest()

/** Written as Go does where capital letters and small ones may be the same. */
export const escaped = (text: string): string =>
  text.replace(/[A-Z]/g, (letter) => `!${letter.toLowerCase()}`)

export const goModOf = ({ module, requires = {} }: GoModule): string =>
  [
    `module ${module}\n\ngo 1.21\n`,
    ...Object.entries(requires).map(([name, version]) => `\nrequire ${name} ${version}\n`),
  ].join("")

const contentOf = (one: GoModule) =>
  Object.fromEntries(
    Object.entries({ "go.mod": goModOf(one), LICENSE: mit, ...one.files }).map(([path, text]) => [
      `${one.module}@${one.version}/${path}`,
      text,
    ]),
  )

export const goZip = (one: GoModule): Buffer => zip(contentOf(one))

const lineOf = (name: string, text: string) => `${sha256(text).toString("hex")}  ${name}\n`
const hashOf = (lines: string[]) => `h1:${sha256(lines.join("")).toString("base64")}`

/** Its two lines in a go.sum. */
export const goSum = (one: GoModule): string => {
  const { module, version } = one
  const inOrder = Object.entries(contentOf(one)).sort(([a], [b]) => (a < b ? -1 : 1))
  const all = inOrder.map(([name, text]) => lineOf(name, text))
  return `${module} ${version} ${hashOf(all)}\n${module} ${version}/go.mod ${hashOf([lineOf("go.mod", goModOf(one))])}\n`
}

/** Answers as a module proxy that passes on the hashes of the public database, and not its proofs. */
export function makeGoModules() {
  const modules = new Map<string, GoModule>()
  const hashes = new Map<string, string>()
  const keyOf = ({ module, version }: GoModule) => `${escaped(module)}@${escaped(version)}`
  return {
    publish(...given: GoModule[]) {
      for (const one of given) {
        modules.set(keyOf(one), one)
        if (!hashes.has(keyOf(one))) hashes.set(keyOf(one), goSum(one))
      }
    },
    /** false for a path that is none of a module */
    answer(path: string, response: ServerResponse): boolean {
      const end = (body: string | Buffer | undefined) => {
        if (body === undefined) response.writeHead(404).end()
        else response.end(body)
        return true
      }
      if (path.startsWith("/sumdb/")) {
        const lines = hashes.get(path.split("/lookup/")[1] ?? "")
        return end(lines && `1\n${lines}\ngo.sum database tree\n`)
      }
      const [, module, file = ""] = /^\/(.+)\/@(?:v\/)?(.+)$/.exec(path) ?? []
      if (module === undefined || !/(^list|^latest|\.info|\.mod|\.zip)$/.test(file)) return false
      const own = [...modules.values()].filter((one) => escaped(one.module) === module)
      if (file === "list") return end(own.map(({ version }) => `${version}\n`).join(""))
      const asked = file.replace(/\.\w+$/, "")
      const one =
        file === "latest" ? own.at(-1) : own.find((each) => escaped(each.version) === asked)
      return end(one && bodyOf(one, file))
    },
  }
}

function bodyOf(one: GoModule, file: string): string | Buffer {
  if (file.endsWith(".zip")) return goZip(one)
  if (file.endsWith(".mod")) return goModOf(one)
  return JSON.stringify({ Version: one.version, Time: "2026-01-01T00:00:00Z" })
}

const mit =
  'MIT License\n\nPermission is hereby granted, free of charge, to any person obtaining a copy of this software, to deal in it. THE SOFTWARE IS PROVIDED "AS IS".\n'
