import { createHash } from "node:crypto"
import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { gzipSync } from "node:zlib"
import { answerCrates, type Crate, isOfCrates } from "./crates.ts"
import { type GoModule, makeGoModules } from "./go-modules.ts"
import { tarFile } from "./tar.ts"
import { answerPython, type Wheel } from "./wheels.ts"

/** A package as its maker published it. */
export interface Published {
  name: string
  version: string
  dependencies?: Record<string, string>
  scripts?: Record<string, string>
  bin?: Record<string, string>
  /** of `index.js`, and whatever else is in it */
  files?: Record<string, string>
}

/** What a registry does that is not as it should be, for the paths that contain the words. */
export type Misdeed = (request: IncomingMessage, response: ServerResponse) => void

export interface PublicRegistry {
  base: string
  publish(...packages: Published[]): void
  publishPython(...wheels: Wheel[]): void
  /** a module of the same name and version gets other bytes; the database of hashes keeps the first */
  publishGo(...modules: GoModule[]): void
  /** a version published again replaces what was there */
  publishCrates(...crates: Crate[]): void
  /** what it does with paths that contain these words, until `forgive` */
  misbehave(words: string, misdeed: Misdeed): void
  forgive(): void
  /** `METHOD path` of each request */
  seen: string[]
  close(): Promise<void>
}

/** A registry on a real socket that speaks npm's wire, Python's simple index, Go's module proxy and the sparse index of crates. */
export async function publicRegistry(): Promise<PublicRegistry> {
  const packages = new Map<string, Published[]>()
  const wheels: Wheel[] = []
  const modules = makeGoModules()
  const crates = new Map<string, Crate>()
  const misdeeds = new Map<string, Misdeed>()
  const seen: string[] = []
  let base = ""
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "")
    seen.push(`${request.method} ${path}`)
    const wrong = [...misdeeds].find(([words]) => path.includes(words))
    if (wrong) return wrong[1](request, response)
    const [, project, wheelFile] = /^\/(?:simple|wheels)\/([^/]+)\/(.*)$/.exec(path) ?? []
    if (project !== undefined) {
      const known = wheels.filter(({ name }) => name === project)
      return answerPython(response, { base, project, file: wheelFile, wheels: known })
    }
    if (modules.answer(path, response)) return
    if (isOfCrates(path))
      return answerCrates(response, { base, path, crates: [...crates.values()] })
    const [, file] = /\/-\/(.+)$/.exec(path) ?? []
    const name = path.slice(1).replace(/\/-\/.*$/, "")
    const found = packages.get(name)
    if (!found) return void response.writeHead(404).end("{}")
    if (file === undefined) return void response.end(JSON.stringify(documentOf(base, name, found)))
    const one = found.find((each) => fileOf(each) === file)
    if (!one) return void response.writeHead(404).end()
    response.end(tarball(one))
  })
  await once(server.listen(0, "127.0.0.1"), "listening")
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  return {
    base,
    seen,
    publish(...given) {
      for (const one of given) {
        const others = (packages.get(one.name) ?? []).filter(
          ({ version }) => version !== one.version,
        )
        packages.set(one.name, [...others, one])
      }
    },
    publishPython: (...given) => void wheels.push(...given),
    publishGo: modules.publish,
    publishCrates(...given) {
      for (const one of given) crates.set(`${one.name} ${one.version}`, one)
    },
    misbehave: (words, misdeed) => void misdeeds.set(words, misdeed),
    forgive: () => misdeeds.clear(),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}

const fileOf = ({ name, version }: Published) => `${name.split("/").at(-1)}-${version}.tgz`

function documentOf(base: string, name: string, found: Published[]): object {
  const versions = found.map((one) => {
    const { files: _, ...manifest } = one
    const integrity = integrityOf(one)
    const dist = { tarball: `${base}${name}/-/${fileOf(one)}`, integrity }
    return [one.version, { ...manifest, license: "MIT", dist }]
  })
  const latest = found.at(-1)?.version
  return { name, "dist-tags": { latest }, versions: Object.fromEntries(versions) }
}

export const integrityOf = (one: Published): string =>
  `sha512-${createHash("sha512").update(tarball(one)).digest("base64")}`

/** `package.json` and `package-lock.json` of a project that names these packages. */
export function lockedFiles(
  packages: readonly Published[],
  manifest: object = {},
): Record<"package.json" | "package-lock.json", string> {
  const dependencies = Object.fromEntries(packages.map(({ name, version }) => [name, version]))
  const entries = packages.map((one) => {
    const { name, version, dependencies, bin } = one
    const resolved = `https://registry.npmjs.org/${name}/-/${fileOf(one)}`
    const locked = {
      version,
      resolved,
      integrity: integrityOf(one),
      license: "MIT",
      dependencies,
      bin,
    }
    return [`node_modules/${name}`, locked]
  })
  const root = { name: "app", dependencies }
  return {
    "package.json": JSON.stringify({ name: "app", private: true, dependencies, ...manifest }),
    "package-lock.json": JSON.stringify({
      ...{ name: "app", lockfileVersion: 3, requires: true },
      packages: { "": root, ...Object.fromEntries(entries) },
    }),
  }
}

/** The same bytes each time. */
export function tarball({ files = {}, ...manifest }: Published): Buffer {
  const content = {
    "package.json": JSON.stringify({ license: "MIT", main: "index.js", ...manifest }),
    "index.js": "module.exports = require('./package.json').version\n",
    ...files,
  }
  const inside = Object.entries(content).map(([path, text]) => [`package/${path}`, text] as const)
  return gzipSync(tarFile(Object.fromEntries(inside)))
}
