import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { run } from "@vibecaas/kernel/spawn"
import type { AppFile, Starter } from "@vibecaas/starters/starter"
import { lacksGo, prepareGo } from "./go-modules.ts"
import { keep, kept, once, placeOf } from "./keep.ts"
import { openRegistry } from "./open-registry.ts"
import { putFiles } from "./put-files.ts"
import { lacksPython, preparePython } from "./python-packages.ts"

/**
 * Packages and builds of starters, for tests: brought from the registry that npm is set up to use here,
 * through the platform's own, and kept by what they are made from.
 */
const installMsMax = 300_000
const buildMsMax = 240_000
const outputMax = 8000

/** What an app's stack needs beside Node before it can be tried here; nothing when all is at hand. */
export async function missingFor({ stack, files }: Pick<Starter, "stack" | "files">) {
  if (stack === "node") return undefined
  if (stack === "python") return lacksPython(files)
  if (stack === "go") return lacksGo(files)
  if (existsSync(packagesOf(files))) return undefined
  return (await registryHere()) === undefined
    ? "its packages are not kept here, and no registry of npm is reached to bring them"
    : undefined
}

/** Gives an app in a folder its packages and what its build makes. */
export async function prepareApp(app: string, files: readonly AppFile[]): Promise<void> {
  await preparePython(app, files)
  await prepareGo(app, files)
  if (!files.some(({ path }) => path === "package-lock.json")) return
  const packages = packagesOf(files)
  await once(packages, () => installInto(packages, app))
  linkAll(join(packages, "node_modules"), join(app, "node_modules"))
  const { scripts, buildWithout = [] } = manifestOf(files)
  if (scripts?.build === undefined) return
  const left = (path: string) =>
    buildWithout.some((each) => path === each || path.startsWith(`${each}/`))
  const given = files.filter(({ path }) => !left(path))
  const built = placeOf("builds", [packages, ...given.flatMap(asParts)])
  await once(built, () => buildInto(built, given, packages))
  cpSync(built, app, { recursive: true, verbatimSymlinks: true })
}

const asParts = ({ path, content }: AppFile) => [path, content]
const contentOf = (files: readonly AppFile[], name: string) =>
  files.find(({ path }) => path === name)?.content ?? Buffer.of()

/** The starters' own tests hold it to this form. */
const manifestOf = (files: readonly AppFile[]) =>
  JSON.parse(contentOf(files, "package.json").toString()) as {
    scripts?: Record<string, string>
    buildWithout?: string[]
  }

const packagesOf = (files: readonly AppFile[]) =>
  placeOf("packages", [contentOf(files, "package-lock.json")])

function installInto(place: string, app: string): Promise<void> {
  return keep(place, async (folder) => {
    for (const name of ["package.json", "package-lock.json"])
      cpSync(join(app, name), join(folder, name))
    const base = await registryHere()
    if (base === undefined) throw new Error("no registry of npm is reached from here")
    await using registry = await openRegistry("npm", { base })
    const flags = [
      ...["--replace-registry-host=always", "--ignore-scripts", "--include=dev", "--no-audit"],
      ...["--no-fund", "--no-update-notifier", `--cache=${join(kept, "npm-cache")}`],
    ]
    await runNpm(["ci", `--registry=${registry.url}`, ...flags], { cwd: folder, ms: installMsMax })
  })
}

/** In a folder of its own, which has no files but those that the build reads, as on the platform. */
function buildInto(place: string, files: readonly AppFile[], packages: string): Promise<void> {
  return keep(place, async (folder) => {
    const app = `${folder}-app`
    try {
      putFiles(files, app)
      linkAll(join(packages, "node_modules"), join(app, "node_modules"))
      const before = new Set(readdirSync(app))
      await runNpm(["run", "build"], { cwd: app, ms: buildMsMax })
      for (const name of readdirSync(app))
        if (!before.has(name)) cpSync(join(app, name), join(folder, name), { recursive: true })
    } finally {
      rmSync(app, { recursive: true, force: true })
    }
  })
}

async function runNpm(args: string[], { cwd, ms }: { cwd: string; ms: number }): Promise<void> {
  const env = { PATH: process.env.PATH ?? "", HOME: cwd, NODE_ENV: "production", CI: "1" }
  const { exitCode, stdout, stderr } = await run("npm", args, { cwd, env, timeoutMs: ms })
  if (exitCode === 0) return
  throw new Error(`npm ${args[0]} ended with ${exitCode}\n${stdout}${stderr}`.slice(-outputMax))
}

/** A link for each package, as the platform makes them. */
function linkAll(packages: string, folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(packages)) {
    if (name.startsWith("@")) linkAll(join(packages, name), join(folder, name))
    else symlinkSync(join(packages, name), join(folder, name))
  }
}

export async function registryHere(): Promise<string | undefined> {
  const { PATH = "", HOME = "" } = process.env
  const { stdout } = await run("npm", ["config", "get", "registry"], { env: { PATH, HOME } })
  const base = String(stdout).trim()
  const asked = fetch(new URL("react", base), {
    method: "HEAD",
    signal: AbortSignal.timeout(10_000),
  })
  return (await asked.catch(() => undefined))?.ok ? base : undefined
}
