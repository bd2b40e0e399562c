import { packageForms } from "@vibecaas/contract/kinds/packages"
import {
  checkNames,
  type Ecosystem,
  type InstallTask,
  installFolder,
  type PackageFiles,
  writeInstallFiles,
} from "../../ecosystem.ts"
import { listNpm } from "./list-npm.ts"
import { leftOut, lockFile, manifestFile, planNpm, readManifest, scriptsIn } from "./npm-files.ts"
import { runNpm, runScripts } from "./run-npm.ts"

const emptyManifest = `${JSON.stringify({ name: "app", private: true, type: "module" }, null, 2)}\n`
const mebibyte = 1024 * 1024
const lockBytesMax = 16 * mebibyte
const { name, spec, say } = packageForms.npm

/** Packages of npm's registry, by package.json and package-lock.json. */
export const npm: Ecosystem = {
  name: "npm",
  wire: "npm",
  language: "node",
  files: [
    { path: manifestFile, bytesMax: mebibyte },
    { path: lockFile, bytesMax: lockBytesMax },
  ],
  ownFolder: "node_modules/",
  uses: (files) => files[manifestFile] !== undefined,
  plan: planNpm,
  scripts: scriptsIn,
  async install(task, { files, scripts = [] }) {
    await writeInstallFiles(task.guest, files)
    await runNpm(task, ["ci"])
    if (scripts.length > 0) await runScripts(task, scripts)
    await clear(task)
  },
  async change(task, before, { add, remove, dev }) {
    checkNames(add, { form: spec, say, at: "add" })
    checkNames(remove, { form: name, say, at: "remove" })
    await writeInstallFiles(task.guest, { [manifestFile]: emptyManifest, ...before })
    if (remove.length > 0) await runNpm(task, ["uninstall", "--", ...remove])
    if (add.length > 0 || remove.length === 0) {
      await runNpm(task, ["install", ...(dev ? ["--save-dev"] : []), "--", ...add])
    }
    return clear(task)
  },
  list: listNpm,
  build(files) {
    const { scripts, buildWithout } = readManifest(files) ?? {}
    if (typeof scripts?.build !== "string") return undefined
    return { argv: ["npm", "run", "build"], without: leftOut(buildWithout) }
  },
}

/** Takes the files out of what becomes the layer, and answers what npm made of them. */
async function clear({ guest }: InstallTask): Promise<PackageFiles> {
  const path = (name: string) => `${installFolder}/${name}`
  const read = async (name: string) =>
    (await guest.readFile(path(name), lockBytesMax)).toString("utf8")
  const files = {
    [manifestFile]: await read(manifestFile),
    [lockFile]: await read(lockFile),
  }
  await guest.remove([path(manifestFile), path(lockFile)])
  return files
}
