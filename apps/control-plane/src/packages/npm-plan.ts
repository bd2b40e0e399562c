import { createHash } from "node:crypto"
import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"
import type { Repository } from "../projects/index.ts"

/** The files that say which packages a project has. */
export interface NpmFiles {
  manifest: string
  /** absent before anything was installed */
  lock?: string
}

export const manifestFile = "package.json"
export const lockFile = "package-lock.json"
const manifestBytesMax = 1024 * 1024
const lockBytesMax = 16 * 1024 * 1024

const names = z.record(z.string(), z.string()).optional()
export const manifestSchema = z.looseObject({
  scripts: z.record(z.string(), z.unknown()).optional(),
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  overrides: z.record(z.string(), z.unknown()).optional(),
  workspaces: z.unknown().optional(),
})
export type Manifest = z.infer<typeof manifestSchema>

const locked = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  license: z.string().optional(),
})
export const lockSchema = z.looseObject({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), locked),
})
export type Lock = z.infer<typeof lockSchema>

/** What is to be installed, by the name of the layer that it makes. */
export interface NpmPlan {
  layer: string
  files: Required<NpmFiles>
}

/** The files of a commit; nothing when it has no package.json. @throws Fault `packages_failed` */
export async function readNpmFiles(
  repository: Repository,
  commit: string,
): Promise<NpmFiles | undefined> {
  const manifest = await readText(repository, { commit, path: manifestFile, max: manifestBytesMax })
  if (manifest === undefined) return undefined
  const lock = await readText(repository, { commit, path: lockFile, max: lockBytesMax })
  return { manifest, ...(lock === undefined ? {} : { lock }) }
}

async function readText(
  repository: Repository,
  { commit, path, max }: { commit: string; path: string; max: number },
): Promise<string | undefined> {
  const found = await repository.read(commit, path, max)
  if (!found) return undefined
  if (found.truncated) throw failed(`${path} is larger than ${max / 1024 / 1024} MiB.`)
  return found.content.toString("utf8")
}

/**
 * What installing these files makes; nothing when they name no packages.
 *
 * @param platform what binaries in packages are made for, e.g. `v24.21.0-linux-x64`
 * @throws Fault `packages_failed` when it cannot be installed, with what to do
 */
export function planNpm(files: NpmFiles, platform: string): NpmPlan | undefined {
  const manifest = parse(manifestSchema, files.manifest, manifestFile)
  const wanted = dependenciesOf(manifest)
  if (files.lock === undefined) {
    if (Object.keys(wanted).length === 0) return undefined
    throw failed(
      `${manifestFile} names packages, and there is no ${lockFile} that says which versions. Install them first.`,
    )
  }
  const lock = parse(lockSchema, files.lock, lockFile)
  checkLock(lock)
  if (Object.keys(lock.packages).every((path) => path === "")) return undefined
  // Scripts and the like may change without another installation.
  const asked = JSON.stringify({ name: "app", private: true, ...partsThatCount(manifest) })
  const hash = createHash("sha256")
  for (const part of ["npm 1", platform, asked, files.lock]) hash.update(part).update("\0")
  return { layer: hash.digest("hex"), files: { manifest: asked, lock: files.lock } }
}

export function dependenciesOf(manifest: Manifest): Record<string, string> {
  return {
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
    ...manifest.devDependencies,
    ...manifest.dependencies,
  }
}

function partsThatCount(manifest: Manifest): Partial<Manifest> {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies, overrides } =
    manifest
  return {
    dependencies,
    devDependencies,
    optionalDependencies,
    peerDependencies,
    overrides,
  }
}

export function parse<T>(schema: z.ZodType<T>, text: string, name: string): T {
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    if (parsed.success) return parsed.data
  } catch {
    // Said below, as for JSON of another form.
  }
  throw failed(`${name} is not what npm can read: it is no JSON, or not of the usual form.`)
}

/** Everything must come from the registry: there is nothing else in a machine. */
function checkLock({ lockfileVersion, packages }: Lock): void {
  if (lockfileVersion < 2) {
    throw failed(`${lockFile} is of an old form (version ${lockfileVersion}). Make it anew.`)
  }
  for (const [path, { resolved, link, integrity }] of Object.entries(packages)) {
    if (path === "") continue
    const name = path.replace(/^.*node_modules\//, "")
    if (link || !path.includes("node_modules/")) {
      throw failed(
        `${name} is a folder of the project. Only packages of the registry can be installed.`,
      )
    }
    if (resolved === undefined) continue
    if (!/^https?:\/\/[^/]+\/.*\/-\/[^/]+\.tgz$/.test(resolved)) {
      throw failed(
        `${name} comes from ${resolved.slice(0, 120)}. Only packages of the registry can be installed.`,
      )
    }
    if (integrity === undefined) {
      throw failed(`${lockFile} does not say which bytes ${name} has. Make it anew.`)
    }
  }
}

export function failed(say: string, note?: string) {
  return fault("packages_failed", { say, ...(note === undefined ? {} : { note }) })
}
