import { existsSync, readdirSync } from "node:fs"
import { copyFile, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fault } from "@vibecaas/kernel/fault"
import type { run } from "@vibecaas/kernel/spawn"
import { type InstallPlace, type InstallRecord, placeInstall } from "./place-install.ts"
import { hashFile } from "./tree-hash.ts"

export interface MedusaInstaller {
  place: InstallPlace
  /** folder with one folder per version, each with `package.json` and `package-lock.json` */
  recipes: string
  run: typeof run
  /** environment of npm: PATH, HOME, and what says where the registry is */
  env: Record<string, string>
  say(line: string): void
}

const lean = ["--omit=dev", "--omit=optional"]
const installMs = 20 * 60_000
const buildMs = 10 * 60_000

/** Versions that we have a lock file for. */
export function medusaRecipes(recipes: string): string[] {
  return readdirSync(recipes).filter((name) => existsSync(join(recipes, name, "package-lock.json")))
}

/**
 * Installs exactly what the version's lock file says; no script of a package is run. With `admin` its
 * admin screens are built too, once for all stores, which takes 2 GiB of memory.
 *
 * @throws Fault with npm's last words
 */
export function installMedusa(
  installer: MedusaInstaller,
  { version, admin }: { version: string; admin: boolean },
): Promise<InstallRecord> {
  const recipe = join(installer.recipes, version)
  if (!medusaRecipes(installer.recipes).includes(version))
    throw fault("invalid", {
      say: `There is no lock file for Medusa ${version}. Known: ${medusaRecipes(installer.recipes).join(", ")}.`,
    })
  return placeInstall(installer.place, { engine: "medusa", version }, async (dir) => {
    for (const name of ["package.json", "package-lock.json"])
      await copyFile(join(recipe, name), join(dir, name))
    installer.say(`Installing Medusa ${version}: some 700 MB, for one to four minutes.`)
    // The build wants its compilers, which are optional packages of their own for each platform.
    await npm(installer, dir, admin ? ["ci"] : ["ci", ...lean])
    if (admin) await buildAdmin(installer, dir)
    await makeMigrationFolders(dir)
    const lock = await hashFile(join(recipe, "package-lock.json"))
    return [{ name: "medusa", version: await installedVersion(dir), sha256: lock }]
  })
}

async function npm(installer: MedusaInstaller, dir: string, argv: string[]): Promise<void> {
  const common = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
  await need(installer, { program: "npm", argv: [...argv, ...common], dir, timeoutMs: installMs })
}

async function need(
  { run, env }: MedusaInstaller,
  of: {
    program: string
    argv: string[]
    dir: string
    timeoutMs: number
    more?: Record<string, string>
  },
): Promise<void> {
  const { program, argv, dir, timeoutMs, more } = of
  const done = await run(program, argv, { cwd: dir, env: { ...env, ...more }, timeoutMs }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error
      throw fault("unavailable", { say: `${program} is needed, and is not here.` })
    },
  )
  if (done.exitCode === 0) return
  const words = `${done.stdout}\n${done.stderr}`.trim().slice(-1500)
  const how = done.timedOut
    ? `took longer than ${timeoutMs / 60_000} minutes`
    : `failed (${done.exitCode})`
  throw fault("unavailable", {
    say: `${program} ${argv[0]} ${how}. Nothing was installed.\n${words}`,
  })
}

/** What a build wants beside the packages: it asks no database. */
const buildFiles = {
  "tsconfig.json": '{ "compilerOptions": { "allowJs": true }, "include": ["medusa-config.js"] }\n',
  "medusa-config.js": `const { defineConfig } = require("@medusajs/framework/utils")
module.exports = defineConfig({
  projectConfig: {
    databaseUrl: "postgres://localhost/none",
    http: { storeCors: "", adminCors: "", authCors: "", jwtSecret: "none", cookieSecret: "none" },
  },
  admin: { disable: true, backendUrl: "/" },
})
`,
}

async function buildAdmin(installer: MedusaInstaller, dir: string): Promise<void> {
  installer.say("Building the admin screens.")
  for (const [name, text] of Object.entries(buildFiles)) await writeFile(join(dir, name), text)
  await need(installer, {
    program: "node",
    argv: [join(dir, "node_modules/@medusajs/cli/cli.js"), "build", "--admin-only"],
    dir,
    timeoutMs: buildMs,
    more: { MEDUSA_DISABLE_TELEMETRY: "true", NODE_ENV: "production" },
  })
  await cp(join(dir, ".medusa/admin"), join(dir, "admin"), { recursive: true })
  for (const name of [".medusa", ...Object.keys(buildFiles)])
    await rm(join(dir, name), { recursive: true, force: true })
  await npm(installer, dir, ["prune", ...lean])
}

/** Its migrations make a folder for each module that has none, which a read-only install refuses. */
async function makeMigrationFolders(dir: string): Promise<void> {
  const scope = join(dir, "node_modules/@medusajs")
  for (const name of readdirSync(scope))
    if (existsSync(join(scope, name, "dist")))
      await mkdir(join(scope, name, "dist/migrations"), { recursive: true })
}

async function installedVersion(dir: string): Promise<string> {
  const text = await readFile(join(dir, "node_modules/@medusajs/medusa/package.json"), "utf8")
  return (JSON.parse(text) as { version: string }).version
}
