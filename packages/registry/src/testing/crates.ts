import { createHash } from "node:crypto"
import type { ServerResponse } from "node:http"
import { gzipSync } from "node:zlib"
import { tarFile } from "./tar.ts"

/** A crate as its maker published it: a library that knows its version. */
export interface Crate {
  name: string
  version: string
  licence?: string
  /** by name, what is asked for of it */
  needs?: Readonly<Record<string, string>>
  yanked?: boolean
  /** the oldest compiler that takes it */
  rust?: string
  /** beside `Cargo.toml` and `src/lib.rs`, or in their place */
  files?: Readonly<Record<string, string>>
  /** paths outside of the crate's own folder, as no honest archive has them */
  outside?: Readonly<Record<string, string>>
}

/** The same bytes each time. */
export function crateFile({ name, version, ...about }: Crate): Buffer {
  const { licence = "MIT", needs = {}, files = {}, outside = {} } = about
  const lines = Object.entries(needs).map(([each, wanted]) => `${each} = "${wanted}"\n`)
  const inside: Record<string, string> = {
    "Cargo.toml": `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\nlicense = "${licence}"\n\n[dependencies]\n${lines.join("")}`,
    "src/lib.rs": `pub const VERSION: &str = "${version}";\n`,
    ...files,
  }
  const entries = Object.entries(inside).map(
    ([path, text]) => [`${name}-${version}/${path}`, text] as const,
  )
  return gzipSync(tarFile({ ...Object.fromEntries(entries), ...outside }))
}

export const crateHash = (crate: Crate): string =>
  createHash("sha256").update(crateFile(crate)).digest("hex")

const indexForm = /^\/(?:[12]|3\/.|..\/..)\/([a-z0-9_-]+)$/
const archiveForm = /^\/archives\/([^/]+)\/([^/]+)\/download$/

export const isOfCrates = (path: string): boolean =>
  path === "/config.json" || indexForm.test(path) || archiveForm.test(path)

/** The sparse index, and the archives that it leads to. */
export function answerCrates(
  response: ServerResponse,
  { base, path, crates }: { base: string; path: string; crates: readonly Crate[] },
): void {
  if (path === "/config.json") return void response.end(JSON.stringify({ dl: `${base}archives` }))
  const [, name, version] = archiveForm.exec(path) ?? []
  const one = crates.find((each) => each.name === name && each.version === version)
  if (one) return void response.end(crateFile(one))
  const [, asked] = indexForm.exec(path) ?? []
  const known = crates.filter((each) => each.name.toLowerCase() === asked)
  if (known.length === 0) return void response.writeHead(404).end()
  response.end(known.map(lineOf).join("\n"))
}

function lineOf(crate: Crate): string {
  const { name, version, needs = {}, yanked = false, rust } = crate
  const deps = Object.entries(needs).map(([each, req]) => ({
    ...{ name: each, req, features: [], optional: false, default_features: true },
    ...{ target: null, kind: "normal" },
  }))
  const about = { name, vers: version, deps, features: {}, yanked, cksum: crateHash(crate) }
  return JSON.stringify(rust === undefined ? about : { ...about, rust_version: rust })
}
