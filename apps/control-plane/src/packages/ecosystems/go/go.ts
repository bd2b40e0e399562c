import { readFileSync } from "node:fs"
import { packageForms } from "@vibecaas/contract/kinds/packages"
import {
  type ChangeTask,
  checkNames,
  type Ecosystem,
  failed,
  type InstallPlan,
  type InstallTask,
  layerName,
  type PackageChange,
  type PackageFiles,
} from "../../ecosystem.ts"
import { runInstaller } from "../../run-installer.ts"
import { broughtGo } from "./bring-go.ts"
import { checkMod, leftOutOf, modFile, partsThatCount, requiredIn, sumFile } from "./go-files.ts"

const mebibyte = 1024 * 1024
/** Where the files of a project lie while modules are installed: what is installed lies elsewhere. */
const projectFolder = "/data/project"
const programs = ["install.mjs", "unpack-go.mjs"].map((file) => ({
  path: `/data/${file}`,
  content: readFileSync(new URL(file, import.meta.url)),
}))
/** Says in a plan which Go to bring; no file of a project. */
const broughtFile = "brought-go"
const { name, spec, say } = packageForms.go

/** Modules of Go, by go.mod and go.sum. */
export const go: Ecosystem = {
  name: "go",
  wire: "go",
  language: "go",
  files: [
    { path: modFile, bytesMax: mebibyte },
    { path: sumFile, bytesMax: 16 * mebibyte },
  ],
  ownFolder: "vendor/",
  reads: (path) => path.endsWith(".go"),
  uses: (files) => files[modFile] !== undefined,
  plan,
  base: (toolchain) => (broughtGo(toolchain) ? baseOf(toolchain) : undefined),
  async install(task, { files: { [broughtFile]: brought, ...files } }) {
    await write(task, files)
    if (brought !== undefined) await bringGo(task, brought.split(" "))
    await runGo(task, [files[modFile] === undefined ? "base" : "install"])
  },
  async change(task, before, change) {
    checkNames(change.add, { form: spec, say, at: "add" })
    checkNames(change.remove, { form: name, say, at: "remove" })
    const names = namesOf(before, change)
    await writeSources(task)
    await write(task, before)
    await runGo(task, ["lock", ...names])
    return readFiles(task)
  },
  list: (files) =>
    requiredIn(files).map(({ module, version, indirect, licence }) => ({
      ...{ name: module, version, licence, dev: false },
      wanted: indirect ? null : version,
    })),
  build: (files) => ({ argv: ["sh", "-c", build], without: leftOutOf(files[modFile] ?? "") }),
}

/** The program of the folder, or the one below cmd; a project that knows better has a script build.sh. */
const build = `set -e
if [ -f build.sh ]; then exec sh build.sh; fi
main=.
if ! ls ./*.go >/dev/null 2>&1; then
  main=./cmd/app
  [ -d "$main" ] || for each in ./cmd/*/; do main="$each"; done
fi
exec go build -o bin/app "$main"`

function plan(files: PackageFiles, toolchain: string): InstallPlan | undefined {
  if (files[modFile] === undefined) return undefined
  const base = baseOf(toolchain)
  if (requiredIn(files).length === 0) return base
  checkMod(files)
  const asked = partsThatCount(files[modFile])
  const sums = files[sumFile] ?? ""
  return {
    layer: layerName("go 1", toolchain, asked, sums),
    files: { [modFile]: asked, [sumFile]: sums },
    base,
  }
}

/** What is compiled of the language itself, which each build would compile anew else; and Go, where the host has none. */
function baseOf(toolchain: string): InstallPlan {
  const brought = broughtGo(toolchain)
  return {
    layer: layerName("go base 1", toolchain),
    files: brought ? { [broughtFile]: `${brought.module} ${brought.hash}` } : {},
  }
}

/** What Go is asked to get: modules with their versions, none where they are to go. */
function namesOf(before: PackageFiles, { add, remove }: PackageChange): string[] {
  const known = new Set(requiredIn(before).map(({ module }) => module))
  const unknown = remove.filter((each) => !known.has(each))
  if (unknown.length > 0) throw failed(`The project does not require ${unknown.join(", ")}.`)
  return [...add, ...remove.map((each) => `${each}@none`)]
}

async function write({ guest }: InstallTask, files: PackageFiles): Promise<void> {
  const texts = Object.entries(files).map(([path, text]) => ({
    path: `${projectFolder}/${path}`,
    content: Buffer.from(text),
  }))
  await guest.writeFiles([...texts, ...programs])
}

async function writeSources({ guest, sources }: ChangeTask): Promise<void> {
  const files = await sources()
  for (let at = 0; at < files.length; at += 100) {
    const batch = files.slice(at, at + 100)
    await guest.writeFiles(
      batch.map(({ path, content }) => ({ path: `${projectFolder}/${path}`, content })),
    )
  }
}

async function readFiles({ guest }: InstallTask): Promise<PackageFiles> {
  const read = async (path: string) =>
    (await guest.readFile(`${projectFolder}/${path}`, 16 * mebibyte)).toString("utf8")
  return { [modFile]: await read(modFile), [sumFile]: await read(sumFile) }
}

const bringGo = (task: InstallTask, which: readonly string[]) =>
  runProgram(task, "unpack-go.mjs", [...which, "gosdk"])
const runGo = (task: InstallTask, args: readonly string[]) => runProgram(task, "install.mjs", args)

async function runProgram(
  task: InstallTask,
  program: string,
  args: readonly string[],
): Promise<void> {
  await runInstaller(task, {
    wire: "go",
    name: "Go",
    argv: (port) => ["node", `../${program}`, String(port), ...args],
    complaints: (stderr) =>
      stderr
        .split("\n")
        .filter(
          (line) =>
            !/^go: (downloading|finding|added|upgraded|downgraded|removed|found|to add)/.test(line),
        )
        .map((line) => line.replace(/http:\/\/127\.0\.0\.1:\d+/g, "the registry").trim())
        .filter(Boolean),
  })
}
