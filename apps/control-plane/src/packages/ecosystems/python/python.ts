import { readFileSync } from "node:fs"
import { packageForms } from "@vibecaas/contract/kinds/packages"
import {
  checkNames,
  type Ecosystem,
  failed,
  type InstallPlan,
  type InstallTask,
  installFolder,
  layerName,
  type PackageChange,
  type PackageFiles,
  writeInstallFiles,
} from "../../ecosystem.ts"
import { runInstaller } from "../../run-installer.ts"
import {
  type Asked,
  askedFile,
  askedIn,
  askedLines,
  lockedIn,
  lockFile,
  plainName,
  projectFile,
} from "./python-files.ts"

const mebibyte = 1024 * 1024
const constraintsFile = "constraints.txt"
const program = readFileSync(new URL("install.py", import.meta.url), "utf8")
/** Installs where the system's Python has no pip of its own. */
const pip = {
  wheel: "pip-26.3-py3-none-any.whl",
  sha256: "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13",
}
const { name, spec, say } = packageForms.python

/** Packages of Python's index, by requirements.in or pyproject.toml, and requirements.txt with hashes. */
export const python: Ecosystem = {
  name: "python",
  wire: "pypi",
  language: "python",
  files: [
    { path: askedFile, bytesMax: mebibyte },
    { path: projectFile, bytesMax: mebibyte },
    { path: lockFile, bytesMax: 16 * mebibyte },
  ],
  ownFolder: ".venv/",
  uses: (files) => files[lockFile] !== undefined || askedIn(files) !== undefined,
  plan,
  async install(task, { files }) {
    await writeInstallFiles(task.guest, files)
    await runPip(task, "install")
    await task.guest.remove([`${installFolder}/${lockFile}`])
  },
  async change(task, before, change) {
    checkNames(change.add, { form: spec, say, at: "add" })
    checkNames(change.remove, { form: name, say, at: "remove" })
    const asked = changed(before, change)
    await writeInstallFiles(task.guest, {
      [askedFile]: asked,
      ...constraintsOf(before, change),
    })
    await runPip(task, "lock")
    const path = (file: string) => `${installFolder}/${file}`
    const lock = (await task.guest.readFile(path(lockFile), 16 * mebibyte)).toString("utf8")
    await task.guest.remove([askedFile, constraintsFile, lockFile].map(path))
    return { ...(namesItself(before) ? {} : { [askedFile]: asked }), [lockFile]: lock }
  },
  list(files) {
    const asked = askedIn(files)
    const wanted = new Map(asked?.map((each) => [each.name, each]))
    return lockedIn(files[lockFile] ?? "").map(({ name, version, licence, needed }) => {
      const line = wanted.get(name)
      const alone = asked === undefined && !needed ? `==${version}` : null
      return { name, version, licence, dev: line?.dev === true, wanted: line?.spec ?? alone }
    })
  },
  build: () => undefined,
}

/** Whether pyproject.toml names what the project asks for, where we write nothing. */
const namesItself = (files: PackageFiles) =>
  files[askedFile] === undefined && askedIn(files) !== undefined

function plan(files: PackageFiles, toolchain: string): InstallPlan | undefined {
  const asked = askedIn(files) ?? []
  const lock = files[lockFile]
  if (lock === undefined) {
    if (asked.length === 0) return undefined
    throw failed(
      `${files[askedFile] === undefined ? projectFile : askedFile} names packages, and there is no ${lockFile} that says which versions. Install them first.`,
    )
  }
  const locked = lockedIn(lock)
  const lacking = asked.filter(({ name }) => !locked.some((each) => each.name === name))
  if (lacking.some(({ spec }) => !spec.includes(";"))) {
    const names = lacking.map(({ name }) => name).join(", ")
    throw failed(
      `${lockFile} does not have ${names}, which the project asks for. Install them first.`,
    )
  }
  if (locked.length === 0) return undefined
  return { layer: layerName("python 1", toolchain, lock), files: { [lockFile]: lock } }
}

/** The text of requirements.in after a change. */
function changed(before: PackageFiles, { add, remove, dev }: PackageChange): string {
  if (namesItself(before)) {
    if (add.length + remove.length > 0) {
      throw failed(
        `This project names its packages in ${projectFile}. Change its lists there, then install without naming any.`,
      )
    }
    return textOf(askedIn(before) ?? [])
  }
  // Without requirements.in it is what a requirements.txt asks for that was written by hand.
  const text = before[askedFile] ?? asAsked(before[lockFile] ?? "")
  const gone = remove.map(plainName)
  const unknown = gone.filter((each) => !askedLines(text).some(({ name }) => name === each))
  if (unknown.length > 0) throw failed(`The project does not ask for ${unknown.join(", ")}.`)
  const added = askedLines(add.map((spec) => `${spec}${dev ? "  # dev" : ""}`).join("\n"))
  const replaced = new Set([...gone, ...added.map(({ name }) => name)])
  const kept = text.split("\n").filter((line) => !replaced.has(askedLines(line)[0]?.name ?? ""))
  return `${kept.join("\n").trimEnd()}\n${textOf(added)}`.trimStart()
}

const textOf = (asked: readonly Asked[]) =>
  asked.map(({ spec, dev }) => `${spec}${dev ? "  # dev" : ""}\n`).join("")

const asAsked = (text: string) =>
  text
    .replaceAll("\\\n", " ")
    .split("\n")
    .filter((line) => !/^\s+#/.test(line))
    .map((line) => line.replace(/\s+--hash=.*$/, ""))
    .join("\n")

/** Versions that are locked already, but for those of what is asked for anew. */
function constraintsOf(before: PackageFiles, { add }: PackageChange): PackageFiles {
  if (!before[lockFile]?.includes("--hash=")) return {}
  const anew = new Set(askedLines(add.join("\n")).map(({ name }) => name))
  const stay = lockedIn(before[lockFile]).filter(({ name }) => !anew.has(name))
  return { [constraintsFile]: stay.map(({ name, version }) => `${name}==${version}\n`).join("") }
}

async function runPip(task: InstallTask, mode: "lock" | "install"): Promise<void> {
  const tool = "/data/install.py"
  await task.guest.writeFiles([{ path: tool, content: Buffer.from(program) }])
  await runInstaller(task, {
    wire: "pypi",
    name: "pip",
    argv: (port) => ["python3", "../install.py", String(port), pip.wheel, pip.sha256, mode],
    complaints: (stderr) =>
      stderr
        .split("\n")
        .filter((line) => line.startsWith("ERROR: "))
        .map((line) => line.slice(7).trim()),
  })
}
