import { z } from "zod"
import { parseJson } from "./documents.ts"
import { type Integrity, parseIntegrity, sameIntegrity } from "./integrity.ts"
import { Refusal } from "./refusal.ts"

const names = z.record(z.string(), z.string()).optional().catch(undefined)
const words = z.array(z.string()).optional().catch(undefined)

/** One version, as much of it as an installer reads. Everything else is left out. */
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
  dist: z.object({
    tarball: z.string(),
    integrity: z.string().optional(),
    shasum: z.string().optional(),
    fileCount: z.number().optional(),
    unpackedSize: z.number().optional(),
  }),
})

const upstreamVersion = version.extend({
  scripts: z.record(z.string(), z.unknown()).optional().catch(undefined),
})

const upstreamDocument = z.object({
  name: z.string(),
  "dist-tags": z.record(z.string(), z.string()),
  versions: z.record(z.string(), z.unknown()),
})

/** What npm gets to read of a package, and where its files really are. */
export const npmDocument = z.object({
  name: z.string(),
  "dist-tags": z.record(z.string(), z.string()),
  versions: z.record(z.string(), version),
  /** by the name in our address */
  files: z.record(
    z.string(),
    z.object({
      url: z.string(),
      integrity: z.object({
        algorithm: z.enum(["sha512", "sha384", "sha256", "sha1"]),
        hex: z.string(),
      }),
    }),
  ),
})
export type NpmDocument = z.infer<typeof npmDocument>

/** The address that stands in lock files: the public registry's, whichever one is asked. */
const publicBase = "https://registry.npmjs.org/"

/**
 * Reads a registry's document. A version whose hash is another than it was keeps the one that was
 * known: bytes that changed upstream are then refused, and nobody's lock file stops being true.
 *
 * @throws Refusal 502
 */
export function parseNpm(
  name: string,
  bytes: Buffer,
  before: NpmDocument | undefined,
): NpmDocument {
  const parsed = upstreamDocument.safeParse(parseJson(bytes))
  if (!parsed.success || parsed.data.name !== name) {
    throw new Refusal(502, `The registry's answer about ${name} makes no sense.`)
  }
  const versions: NpmDocument["versions"] = {}
  const files: NpmDocument["files"] = {}
  for (const [number, value] of Object.entries(parsed.data.versions)) {
    const read = upstreamVersion.safeParse(value)
    const integrity = read.success ? integrityOf(read.data.dist) : undefined
    if (!read.success || !integrity) continue
    const { scripts, ...shown } = read.data
    const file = fileNameOf(shown.dist.tarball)
    const known = before?.files[file]
    const changed = known !== undefined && !sameIntegrity(known.integrity, integrity)
    files[file] = changed ? known : { url: shown.dist.tarball, integrity }
    versions[number] = {
      ...shown,
      ...(runsScripts(scripts) || shown.hasInstallScript ? { hasInstallScript: true } : {}),
      dist: {
        ...((changed ? before?.versions[number]?.dist : undefined) ?? shown.dist),
        tarball: `${publicBase}${name}/-/${file}`,
      },
    }
  }
  return { name, "dist-tags": parsed.data["dist-tags"], versions, files }
}

function integrityOf(dist: { integrity?: string | undefined; shasum?: string | undefined }) {
  const strong = dist.integrity === undefined ? undefined : parseIntegrity(dist.integrity)
  if (strong) return strong
  const shasum = /^[0-9a-f]{40}$/.exec(dist.shasum ?? "")?.[0]
  return shasum === undefined ? undefined : ({ algorithm: "sha1", hex: shasum } satisfies Integrity)
}

const fileNameOf = (url: string) => (url.split(/[?#]/)[0] ?? "").split("/").at(-1) ?? ""

const runsScripts = (scripts: Record<string, unknown> | undefined) =>
  ["preinstall", "install", "postinstall"].some((name) => typeof scripts?.[name] === "string")
