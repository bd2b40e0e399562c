import { createHash } from "node:crypto"
import { once } from "node:events"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { gzipSync } from "node:zlib"

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
  /** what it does with paths that contain these words, until `forgive` */
  misbehave(words: string, misdeed: Misdeed): void
  forgive(): void
  /** `METHOD path` of each request */
  seen: string[]
  close(): Promise<void>
}

/** A registry on a real socket that speaks npm's wire, and Python's simple index. */
export async function publicRegistry(): Promise<PublicRegistry> {
  const packages = new Map<string, Published[]>()
  const misdeeds = new Map<string, Misdeed>()
  const seen: string[] = []
  let base = ""
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? "")
    seen.push(`${request.method} ${path}`)
    const wrong = [...misdeeds].find(([words]) => path.includes(words))
    if (wrong) return wrong[1](request, response)
    const [, project, wheel] = /^\/(?:simple|wheels)\/([^/]+)\/(.*)$/.exec(path) ?? []
    if (project !== undefined) return answerPython(response, { base, project, wheel })
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
    misbehave: (words, misdeed) => void misdeeds.set(words, misdeed),
    forgive: () => misdeeds.clear(),
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, "close")
    },
  }
}

/** Each Python project has one wheel, whose bytes are its name. */
function answerPython(
  response: ServerResponse,
  { base, project, wheel }: { base: string; project: string; wheel: string | undefined },
): void {
  if (wheel) return void response.end(project)
  if (project === "missing") return void response.writeHead(404).end()
  const filename = `${project}-1.0-py3-none-any.whl`
  const sha256 = createHash("sha256").update(project).digest("hex")
  const file = { filename, url: `${base}wheels/${project}/${filename}`, hashes: { sha256 } }
  response.end(JSON.stringify({ name: project, files: [file] }))
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
  const entries = Object.entries(content).map(([path, text]) =>
    tarEntry(`package/${path}`, Buffer.from(text)),
  )
  return gzipSync(Buffer.concat([...entries, Buffer.alloc(1024)]))
}

function tarEntry(path: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512)
  header.write(path, 0, 100)
  header.write("0000755\0", 100)
  header.write("0000000\0", 108)
  header.write("0000000\0", 116)
  header.write(`${content.length.toString(8).padStart(11, "0")}\0`, 124)
  header.write("00000000000\0", 136)
  header.write("        0", 148)
  header.write("ustar\x0000", 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148)
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)])
}
