import { parse as parseToml } from "smol-toml"
import { z } from "zod"
import { failed, type PackageFiles } from "../../ecosystem.ts"

export const manifestFile = "Cargo.toml"
export const lockFile = "Cargo.lock"

const words = z.array(z.string())
const wanted = z.union([
  z.string(),
  z.looseObject({
    version: z.string().optional(),
    package: z.string().optional(),
    features: words.optional(),
  }),
])
const needs = z.record(z.string(), wanted).optional()
const kinds = ["dependencies", "dev-dependencies", "build-dependencies"] as const
const someNeeds = z.object({
  ...{ dependencies: needs, "dev-dependencies": needs, "build-dependencies": needs },
})
type Wanted = z.infer<typeof wanted>

const manifestSchema = z.looseObject({
  ...someNeeds.shape,
  package: z.looseObject({
    name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/),
    version: z.string().optional(),
    edition: z.string().optional(),
    "rust-version": z.string().optional(),
    resolver: z.string().optional(),
    "default-run": z.string().optional(),
  }),
  bin: z.array(z.looseObject({ name: z.string() })).optional(),
  features: z.record(z.string(), words).optional(),
  target: z.record(z.string(), someNeeds).optional(),
  profile: z.record(z.string(), z.unknown()).optional(),
  workspace: z.looseObject({ members: words.optional() }).optional(),
  patch: z.unknown().optional(),
  replace: z.unknown().optional(),
})
export type Manifest = z.infer<typeof manifestSchema>

const lockSchema = z.looseObject({
  version: z.number().optional(),
  package: z
    .array(
      z.looseObject({
        name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/),
        version: z.string().regex(/^[0-9][A-Za-z0-9.+-]{0,100}$/),
        source: z.string().optional(),
        checksum: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional(),
        dependencies: words.optional(),
      }),
    )
    .default([]),
})

/** A crate as Cargo.lock has it. */
export interface Locked {
  name: string
  version: string
  checksum: string
  /** as the lock names them: with versions where there are several */
  needs: readonly string[]
}

export interface Lock {
  crates: readonly Locked[]
  /** what the project itself needs, as the lock names it */
  own: readonly string[]
}

export interface Need {
  /** as the registry calls it */
  name: string
  version: string
  kind: (typeof kinds)[number]
}

/** @throws Fault `packages_failed` for what is no crate of the registry */
export function readManifest(files: PackageFiles): Manifest | undefined {
  const text = files[manifestFile]
  if (text === undefined) return undefined
  const manifest = read(manifestSchema, text, manifestFile)
  if ((manifest.workspace?.members?.length ?? 0) > 0)
    throw failed(`${manifestFile} has members of a workspace. A project is one package here.`)
  if (manifest.patch !== undefined || manifest.replace !== undefined)
    throw failed(`${manifestFile} replaces crates. Only those of the registry can be installed.`)
  needsIn(manifest)
  return manifest
}

/** @throws Fault `packages_failed` */
export function needsIn(manifest: Manifest): Need[] {
  const tables = [manifest, ...Object.values(manifest.target ?? {})]
  return tables.flatMap((table) =>
    kinds.flatMap((kind) =>
      Object.entries(table[kind] ?? {}).map(([key, wanted]) => ({ ...needOf(key, wanted), kind })),
    ),
  )
}

function needOf(key: string, wanted: Wanted): Pick<Need, "name" | "version"> {
  if (typeof wanted === "string") return { name: key, version: wanted }
  const elsewhere = ["path", "git", "registry", "registry-index", "workspace"].find(
    (each) => wanted[each] !== undefined,
  )
  if (elsewhere !== undefined || wanted.version === undefined) {
    throw failed(
      `${key} of ${manifestFile} has ${elsewhere ?? "no version"}. Only crates of the registry, by their version, can be installed.`,
    )
  }
  return { name: wanted.package ?? key, version: wanted.version }
}

/** @throws Fault `packages_failed` for what comes from elsewhere, or does not say which bytes it has */
export function readLock(files: PackageFiles): Lock | undefined {
  const text = files[lockFile]
  if (text === undefined) return undefined
  const found = read(lockSchema, text, lockFile).package
  const own = found.filter(({ source }) => source === undefined)
  if (own.length > 1) {
    const names = own.map(({ name }) => name).join(", ")
    throw failed(`${names} are folders of the project. A project is one package here.`)
  }
  const crates = found.flatMap(({ name, version, source, checksum, dependencies = [] }) => {
    if (source === undefined) return []
    if (!publicSources.has(source)) {
      throw failed(
        `${name} comes from ${source.slice(0, 120)}. Only crates of the registry can be installed.`,
      )
    }
    if (checksum === undefined)
      throw failed(`${lockFile} does not say which bytes ${name} has. Make it anew.`)
    return [{ name, version, checksum, needs: dependencies }]
  })
  return { crates, own: own[0]?.dependencies ?? [] }
}

/** As the public registry stands in lock files, whichever one is asked. */
const publicSources = new Set([
  "registry+https://github.com/rust-lang/crates.io-index",
  "sparse+https://index.crates.io/",
])

function read<T>(schema: z.ZodType<T>, text: string, name: string): T {
  try {
    const parsed = schema.safeParse(parseToml(text))
    if (parsed.success) return parsed.data
  } catch {
    // Said below, as for TOML of another form.
  }
  throw failed(`${name} is not what cargo can read: it is no TOML, or not of the usual form.`)
}

/** What a lock file says of licences in its first lines, which cargo leaves as they are. */
export function licencesIn(text: string): Map<string, string> {
  const lines = text.matchAll(/^# licence (\S+ \S+): (.{1,80})$/gm)
  return new Map([...lines].map(([, of = "", licence = ""]) => [of, licence]))
}

export function withLicences(text: string, licences: Readonly<Record<string, string>>): string {
  const [head = "", ...rest] = text.split("\n").filter((line) => !line.startsWith("# licence "))
  const lines = Object.entries(licences)
    .filter(([, licence]) => /^[\x20-\x7e]{1,80}$/.test(licence))
    .map(([of, licence]) => `# licence ${of}: ${licence}`)
  return [head, ...rest.slice(0, 1), ...lines.sort(), ...rest.slice(1)].join("\n")
}
