import { readFileSync } from "node:fs"
import { packageForms } from "@vibecaas/contract/kinds/packages"
import { stringify } from "smol-toml"
import { z } from "zod"
import {
  checkNames,
  type Ecosystem,
  failed,
  type InstallPlan,
  type InstallTask,
  layerName,
  type PackageChange,
  type PackageFiles,
  writeInstallFiles,
} from "../../ecosystem.ts"
import { runInstaller } from "../../run-installer.ts"
import { type Addition, withNeeds, withoutNeeds } from "./edit-manifest.ts"
import { listRust } from "./list-rust.ts"
import {
  type Lock,
  lockFile,
  type Manifest,
  manifestFile,
  needsIn,
  readLock,
  readManifest,
  withLicences,
} from "./rust-files.ts"

const mebibyte = 1024 * 1024
const program = readFileSync(new URL("install.mjs", import.meta.url), "utf8")
const emptyManifest =
  '[package]\nname = "app"\nversion = "0.1.0"\nedition = "2021"\n\n[dependencies]\n'
const { name, spec, say } = packageForms.rust
const about = (file: string) => `/data/${file}`

/** Crates, by Cargo.toml and Cargo.lock: what they are made of, and upon that what they become when compiled. */
export const rust: Ecosystem = {
  name: "rust",
  wire: "crates",
  language: "rust",
  files: [
    { path: manifestFile, bytesMax: mebibyte },
    { path: lockFile, bytesMax: 4 * mebibyte },
  ],
  ownFolder: "vendor/",
  uses: (files) => files[manifestFile] !== undefined,
  plan,
  async install(task, { files, base }) {
    if (!base) return void (await bring(task, cratesIn(files)))
    await writeInstallFiles(task.guest, files)
    await run(task, ["compile"])
  },
  async change(task, before, change) {
    checkNames(change.add, { form: spec, say, at: "add" })
    checkNames(change.remove, { form: name, say, at: "remove" })
    const manifest = await changed(task, before[manifestFile] ?? emptyManifest, change)
    const project = { ...before, [manifestFile]: manifest }
    const lock = await locked(task, project)
    const crates = readLock({ [lockFile]: lock })?.crates ?? []
    const licences = await bring(task, crates)
    return { [manifestFile]: manifest, [lockFile]: withLicences(lock, licences) }
  },
  list: listRust,
  build(files) {
    const manifest = readManifest(files)
    if (!manifest) return undefined
    const { name, "default-run": chosen } = manifest.package
    const program = chosen ?? manifest.bin?.[0]?.name ?? name
    if (!/^[A-Za-z0-9_-]+$/.test(program)) throw failed(`${program} is no name of a program.`)
    const flags = files[lockFile] === undefined ? [] : ["--locked"]
    return { argv: ["sh", "-c", build, "build", program, ...flags], without: [] }
  },
}

/** What is compiled stays out of the project's files, but for its program. */
const build = `set -e
program=$1; shift
cargo build --release --offline "$@"
mkdir -p bin && cp "$CARGO_TARGET_DIR/release/$program" bin/app`

/** @throws Fault `packages_failed` */
function plan(files: PackageFiles, toolchain: string): InstallPlan | undefined {
  const manifest = readManifest(files)
  const lock = readLock(files)
  if (!manifest) return undefined
  if (!lock) {
    if (needsIn(manifest).length === 0) return undefined
    throw failed(
      `${manifestFile} names crates, and there is no ${lockFile} that says which versions. Install them first.`,
    )
  }
  checkWhole(manifest, lock)
  if (lock.crates.length === 0) return undefined
  const named = lock.crates.map(({ name, version, checksum }) => `${name} ${version} ${checksum}`)
  const crates = layerName("rust crates 1", ...named.sort())
  const base = { layer: crates, files: { [lockFile]: files[lockFile] ?? "" } }
  const asked = { [manifestFile]: partsThatCount(manifest), [lockFile]: files[lockFile] ?? "" }
  const layer = layerName(
    "rust compiled 1",
    toolchain,
    crates,
    asked[manifestFile] ?? "",
    asked[lockFile] ?? "",
  )
  return { layer, base, files: asked }
}

function checkWhole(manifest: Manifest, { crates }: Lock): void {
  const lacking = needsIn(manifest).filter(({ name }) => !crates.some((each) => each.name === name))
  if (lacking.length === 0) return
  const names = lacking.map(({ name }) => name).join(", ")
  throw failed(
    `${lockFile} does not have ${names}, which ${manifestFile} asks for. Install them first.`,
  )
}

/** What of Cargo.toml decides how crates are compiled; the package has its name, since the lock has it. */
function partsThatCount(manifest: Manifest): string {
  const { name, version = "0.0.0", edition, "rust-version": compiler, resolver } = manifest.package
  const about = { name, version, edition, "rust-version": compiler, resolver }
  const { features, target, profile, workspace } = manifest
  return stringify(
    withoutAbsent({
      package: withoutAbsent(about),
      dependencies: manifest.dependencies,
      "dev-dependencies": manifest["dev-dependencies"],
      "build-dependencies": manifest["build-dependencies"],
      // Features may name others of the project, but no file of it.
      ...{ features, target, profile },
      workspace: withoutAbsent({ resolver: workspace?.resolver }),
    }),
  )
}

const withoutAbsent = (values: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

const cratesIn = (files: PackageFiles) => readLock(files)?.crates ?? []

/** Cargo.toml after a change. */
async function changed(
  task: InstallTask,
  text: string,
  { add, remove, dev }: PackageChange,
): Promise<string> {
  const asked = add.map(parseSpec)
  const manifest = readManifest({ [manifestFile]: text })
  const there = new Set(manifest ? needsIn(manifest).map((each) => each.name) : [])
  const unknown = remove.filter((each) => !there.has(each))
  if (unknown.length > 0) throw failed(`The project does not ask for ${unknown.join(", ")}.`)
  const open = asked.filter(({ version }) => version === "").map((each) => each.name)
  const picked = open.length === 0 ? {} : await pick(task, open)
  const added = asked.map((each) => ({ ...each, ...picked[each.name] }))
  return withNeeds(withoutNeeds(text, remove), added, dev)
}

function parseSpec(text: string): Addition {
  const [before = "", features = ""] = text.split("+")
  const [name = "", version = ""] = before.split("@")
  return { name, version, features: features.split(",").filter(Boolean) }
}

const pickedSchema = z.record(z.string(), z.object({ name: z.string(), version: z.string() }))

async function pick(task: InstallTask, names: readonly string[]) {
  await run(task, ["pick", ...names])
  return pickedSchema.parse(JSON.parse(await readText(task, about("picked.json"))))
}

/** Cargo.lock for a Cargo.toml; what it has stays as far as that goes. */
async function locked(task: InstallTask, files: PackageFiles): Promise<string> {
  const manifest = readManifest(files)
  if (!manifest) throw failed(`There is no ${manifestFile}.`)
  const written: PackageFiles = { ...files, [manifestFile]: partsThatCount(manifest) }
  await task.guest.writeFiles(
    [manifestFile, lockFile]
      .filter((file) => written[file] !== undefined)
      .map((file) => ({
        path: about(`project/${file}`),
        content: Buffer.from(written[file] ?? ""),
      })),
  )
  await run(task, ["lock"])
  return readText(task, about(`project/${lockFile}`))
}

/** Answers their licences, as far as they say. */
async function bring(
  task: InstallTask,
  crates: readonly { name: string; version: string; checksum: string }[],
): Promise<Record<string, string>> {
  const asked = crates.map(({ name, version, checksum }) => ({ name, version, checksum }))
  await task.guest.writeFiles([
    { path: about("crates.json"), content: Buffer.from(JSON.stringify(asked)) },
  ])
  await run(task, ["install"])
  return z
    .record(z.string(), z.string())
    .parse(JSON.parse(await readText(task, about("licences.json"))))
}

const readText = async ({ guest }: InstallTask, path: string): Promise<string> =>
  (await guest.readFile(path, 16 * mebibyte)).toString("utf8")

async function run(task: InstallTask, args: readonly string[]): Promise<void> {
  await task.guest.writeFiles([{ path: about("install.mjs"), content: Buffer.from(program) }])
  await runInstaller(task, {
    wire: "crates",
    name: "cargo",
    argv: (port) => ["node", "../install.mjs", String(port), ...args],
    complaints,
  })
}

/** From the first complaint on: cargo's causes stand below it. */
function complaints(stderr: string): string[] {
  const lines = stderr.split("\n")
  const from = lines.findIndex((line) => line.startsWith("error"))
  if (from < 0) return []
  return lines
    .slice(from, from + 15)
    .map((line) => line.trim())
    .filter((line) => line !== "")
}
