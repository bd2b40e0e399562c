import { z } from "zod"
import { asBytes, type Files, type Parse, promiseOf, withPromises } from "./document.ts"
import { type Integrity, parseIntegrity, sameIntegrity } from "./integrity.ts"
import { parseJson } from "./parse-json.ts"
import { Refusal } from "./refusal.ts"

const names = z.record(z.string(), z.string()).optional().catch(undefined)
const words = z.array(z.string()).optional().catch(undefined)

/** One version, as much of it as an installer reads. Everything else is left out, scripts are only told of. */
const version = z.object({
  name: z.string(),
  version: z.string(),
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  peerDependenciesMeta: z.record(z.string(), z.unknown()).optional().catch(undefined),
  bundleDependencies: z.union([words, z.boolean()]).optional().catch(undefined),
  bin: z
    .union([z.string(), z.record(z.string(), z.string())])
    .optional()
    .catch(undefined),
  directories: z.record(z.string(), z.unknown()).optional().catch(undefined),
  engines: names,
  os: words,
  cpu: words,
  libc: words,
  deprecated: z.union([z.string(), z.boolean()]).optional().catch(undefined),
  license: z.string().optional().catch(undefined),
  hasInstallScript: z.boolean().optional().catch(undefined),
  _hasShrinkwrap: z.boolean().optional().catch(undefined),
  scripts: z.record(z.string(), z.unknown()).optional().catch(undefined),
  dist: z.object({
    tarball: z.string(),
    integrity: z.string().optional(),
    shasum: z.string().optional(),
    fileCount: z.number().optional(),
    unpackedSize: z.number().optional(),
  }),
})

const upstreamDocument = z.object({
  name: z.string(),
  "dist-tags": z.record(z.string(), z.string()),
  versions: z.record(z.string(), z.unknown()),
})

/** The address that stands in lock files: the public registry's, whichever one is asked. */
const publicBase = "https://registry.npmjs.org/"

/**
 * A version whose hash is another than was promised keeps the promise: bytes that changed upstream are
 * then refused, and nobody's lock file stops being true.
 */
export const parseNpm: Parse = ({ name, bytes, promised }) => {
  const parsed = upstreamDocument.safeParse(parseJson(bytes))
  if (!parsed.success || parsed.data.name !== name) {
    throw new Refusal(502, `The registry's answer about ${name} makes no sense.`)
  }
  const versions: Record<string, object> = {}
  const files: Files = {}
  for (const [number, value] of Object.entries(parsed.data.versions)) {
    const read = version.safeParse(value)
    const integrity = read.success ? integrityOf(read.data.dist) : undefined
    if (!read.success || !integrity) continue
    const { scripts, dist, ...shown } = read.data
    const file = fileNameOf(dist.tarball)
    const promise = promiseOf(promised, file, integrity)
    files[file] = { ...promise, url: dist.tarball }
    versions[number] = {
      ...shown,
      ...(runsScripts(scripts) || shown.hasInstallScript ? { hasInstallScript: true } : {}),
      dist: {
        ...(sameIntegrity(promise, integrity) ? dist : shownPromise(promise)),
        tarball: `${publicBase}${name}/-/${file}`,
      },
    }
  }
  const body = asBytes({ name, "dist-tags": parsed.data["dist-tags"], versions })
  return { body, files: withPromises(promised, files) }
}

/** A hash as npm reads it. */
const shownPromise = ({ algorithm, hex }: Integrity) =>
  algorithm === "sha1"
    ? { shasum: hex }
    : { integrity: `${algorithm}-${Buffer.from(hex, "hex").toString("base64")}` }

function integrityOf(dist: { integrity?: string | undefined; shasum?: string | undefined }) {
  const strong = dist.integrity === undefined ? undefined : parseIntegrity(dist.integrity)
  if (strong) return strong
  const shasum = /^[0-9a-f]{40}$/.exec(dist.shasum ?? "")?.[0]
  return shasum === undefined ? undefined : ({ algorithm: "sha1", hex: shasum } satisfies Integrity)
}

const fileNameOf = (url: string) => (url.split(/[?#]/)[0] ?? "").split("/").at(-1) ?? ""

const runsScripts = (scripts: Record<string, unknown> | undefined) =>
  ["preinstall", "install", "postinstall"].some((name) => typeof scripts?.[name] === "string")
