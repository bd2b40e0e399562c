import { existsSync, symlinkSync } from "node:fs"
import { join } from "node:path"
import { run } from "@vibecaas/kernel/spawn"
import { readToolchains } from "@vibecaas/microvm/toolchains"
import type { AppFile } from "@vibecaas/starters/starter"
import { keep, once, placeOf } from "./keep.ts"
import { openRegistry } from "./open-registry.ts"

const lockFile = "requirements.txt"
const installMsMax = 200_000
/** Where programs of the system are, as machines find them. */
const path = "/usr/local/bin:/usr/bin:/bin"

/** What apps of Python lack here; nothing when all is at hand. */
export async function lacksPython(files: readonly AppFile[]): Promise<string | undefined> {
  const { python } = await readToolchains()
  if (python === undefined) return "this computer has no Python"
  if (existsSync(packagesOf(files))) return undefined
  const pip = await run("python3", ["-m", "pip", "--version"], { env: { PATH: path } })
  if (pip.exitCode !== 0)
    return "its packages are not kept here, and Python has no pip to bring them"
  return (await indexHere()) === undefined
    ? "its packages are not kept here, and no index of Python's packages is reached to bring them"
    : undefined
}

/** Gives an app of Python in a folder its packages, as the platform does: in `.venv`. */
export async function preparePython(app: string, files: readonly AppFile[]): Promise<void> {
  if (!files.some((file) => file.path === lockFile)) return
  const packages = packagesOf(files)
  await once(packages, () =>
    keep(packages, async (folder) => {
      const base = await indexHere()
      if (base === undefined) throw new Error("no index of Python's packages is reached from here")
      await using registry = await openRegistry("pypi", {
        base,
        fileHosts: ["files.pythonhosted.org"],
      })
      await python(["-m", "venv", "--without-pip", "."], folder)
      const flags = ["--isolated", "--require-hashes", "--only-binary=:all:", "--no-cache-dir"]
      const from = [`--index-url=${registry.url}simple/`, "-r", join(app, lockFile)]
      await python(["-m", "pip", "--python=bin/python", "install", ...flags, ...from], folder)
    }),
  )
  symlinkSync(packages, join(app, ".venv"))
}

const packagesOf = (files: readonly AppFile[]) =>
  placeOf("python", [files.find((file) => file.path === lockFile)?.content ?? ""])

async function python(args: string[], cwd: string): Promise<void> {
  const env = { PATH: path, HOME: cwd, PIP_DISABLE_PIP_VERSION_CHECK: "1" }
  const { exitCode, stdout, stderr } = await run("python3", args, {
    ...{ cwd, env, timeoutMs: installMsMax },
  })
  if (exitCode !== 0)
    throw new Error(`python3 ended with ${exitCode}\n${stdout}${stderr}`.slice(-8000))
}

/** The index that pip is set up to use here; nothing when it does not answer. */
export async function indexHere(): Promise<string | undefined> {
  const { PATH = "", HOME = "" } = process.env
  const set = await run("python3", ["-m", "pip", "config", "get", "global.index-url"], {
    env: { PATH, HOME },
  })
  const base =
    String(set.stdout)
      .trim()
      .replace(/\/simple\/?$/, "") || "https://pypi.org"
  const accept = "application/vnd.pypi.simple.v1+json"
  const asked = fetch(new URL("simple/pip/", `${base}/`), {
    headers: { accept },
    signal: AbortSignal.timeout(10_000),
  })
  const answer = await asked.catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok ? base : undefined
}
