import { z } from "zod"
import { failed, type InstallPlan, layerName, type PackageFiles } from "../../ecosystem.ts"

export const manifestFile = "package.json"
export const lockFile = "package-lock.json"

const names = z.record(z.string(), z.string()).optional()
const manifestSchema = z.looseObject({
  scripts: z.record(z.string(), z.unknown()).optional(),
  dependencies: names,
  devDependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  overrides: z.record(z.string(), z.unknown()).optional(),
  workspaces: z.unknown().optional(),
  buildWithout: z.unknown().optional(),
})
type Manifest = z.infer<typeof manifestSchema>

const locked = z.looseObject({
  version: z.string().optional(),
  resolved: z.string().optional(),
  integrity: z.string().optional(),
  link: z.boolean().optional(),
  dev: z.boolean().optional(),
  license: z.string().optional(),
  hasInstallScript: z.boolean().optional(),
})
const lockSchema = z.looseObject({
  lockfileVersion: z.number(),
  packages: z.record(z.string(), locked),
})
type Lock = z.infer<typeof lockSchema>

/** @throws Fault `packages_failed` */
export const readManifest = (files: PackageFiles): Manifest | undefined =>
  files[manifestFile] === undefined
    ? undefined
    : parse(manifestSchema, files[manifestFile], manifestFile)

/** @throws Fault `packages_failed` */
export const readLock = (files: PackageFiles): Lock | undefined =>
  files[lockFile] === undefined ? undefined : parse(lockSchema, files[lockFile], lockFile)

export const nameAt = (path: string): string => path.replace(/^.*node_modules\//, "")

/** Packages with a script of their own, each once. @throws Fault `packages_failed` */
export function scriptsIn(files: PackageFiles): string[] {
  const packages = Object.entries(readLock(files)?.packages ?? {})
  const names = packages.flatMap(([path, { hasInstallScript }]) =>
    path !== "" && hasInstallScript ? [nameAt(path)] : [],
  )
  return [...new Set(names)].sort()
}

/**
 * What installing these files makes; nothing when they name no packages.
 *
 * @param platform what binaries in packages are made for, e.g. `v24.21.0-linux-x64`
 * @param allowed names of packages whose own scripts may run
 * @throws Fault `packages_failed` when it cannot be installed, with what to do
 */
export function planNpm(
  files: PackageFiles,
  platform: string,
  allowed: readonly string[] = [],
): InstallPlan | undefined {
  const manifest = readManifest(files) ?? {}
  const lock = readLock(files)
  if (lock === undefined) {
    if (Object.keys(dependenciesOf(manifest)).length === 0) return undefined
    throw failed(
      `${manifestFile} names packages, and there is no ${lockFile} that says which versions. Install them first.`,
    )
  }
  checkLock(lock)
  if (Object.keys(lock.packages).every((path) => path === "")) return undefined
  // Scripts and the like may change without another installation.
  const asked = JSON.stringify({ name: "app", private: true, ...partsThatCount(manifest) })
  const locked = files[lockFile] ?? ""
  const scripts = scriptsIn(files).filter((name) => allowed.includes(name))
  const run = scripts.length > 0 ? [`scripts ${scripts.join()}`] : []
  return {
    layer: layerName("npm 1", platform, asked, locked, ...run),
    files: { [manifestFile]: asked, [lockFile]: locked },
    scripts,
  }
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

function parse<T>(schema: z.ZodType<T>, text: string, name: string): T {
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
    const name = nameAt(path)
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

/**
 * What package.json leaves out of its build: files and folders, by path.
 *
 * @throws Fault `packages_failed`
 */
export function leftOut(buildWithout: unknown): readonly string[] {
  if (buildWithout === undefined) return []
  const isPath = (each: unknown) => typeof each === "string" && each !== "" && each.length <= 300
  if (Array.isArray(buildWithout) && buildWithout.length <= 100 && buildWithout.every(isPath))
    return buildWithout
  throw failed(
    `“buildWithout” of package.json is a list of paths that its script “build” does not read, such as ["server", "test"].`,
  )
}
