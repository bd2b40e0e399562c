import { existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { run } from "@vibecaas/kernel/spawn"
import { goFolder, languageSettings } from "@vibecaas/microvm/languages"
import { readToolchains } from "@vibecaas/microvm/toolchains"
import type { AppFile } from "@vibecaas/starters/starter"
import { keep, kept, once, placeOf } from "./keep.ts"
import { openRegistry } from "./open-registry.ts"

const msMax = 900_000

/** What apps of Go lack here; nothing when all is at hand. */
export async function lacksGo(files: readonly AppFile[]): Promise<string | undefined> {
  if ((await readToolchains()).go === undefined) return "this computer has no Go"
  if (existsSync(modulesOf(files))) return undefined
  return (await proxyHere()) === undefined
    ? "its modules are not kept here, and no proxy of Go's modules is reached to bring them"
    : undefined
}

/** What Go needs to find an app's modules, and what it compiled before. */
export const goSettings = (files: readonly AppFile[]): Record<string, string> => ({
  ...languageSettings,
  GOMODCACHE: modulesOf(files),
  GOCACHE: join(kept, "go-cache"),
})

/** Brings the modules of an app in a folder through the platform's registry, and builds it. */
export async function prepareGo(app: string, files: readonly AppFile[]): Promise<void> {
  if (!isGo(files)) return
  const modules = modulesOf(files)
  await once(modules, () =>
    keep(modules, async (folder) => {
      const base = await proxyHere()
      if (base === undefined) throw new Error("no proxy of Go's modules is reached from here")
      await using registry = await openRegistry("go", { base })
      const settings = { GOMODCACHE: folder, GOPROXY: registry.url, GOFLAGS: "-modcacherw" }
      await go(["mod", "download"], { app, settings: { ...goSettings(files), ...settings } })
    }),
  )
  mkdirSync(join(app, "bin"))
  await go(["build", "-o", "bin/app", "."], { app, settings: goSettings(files) })
  // What tests need is compiled here, where there is time.
  await go(["test", "-run=^$", "./..."], { app, settings: goSettings(files) })
}

export const isGo = (files: readonly AppFile[]) => files.some(({ path }) => path === "go.mod")

const modulesOf = (files: readonly AppFile[]) =>
  placeOf("go", [files.find(({ path }) => path === "go.sum")?.content ?? ""])

async function go(
  args: string[],
  { app, settings }: { app: string; settings: Record<string, string> },
): Promise<void> {
  const env = { PATH: `${goFolder}:/usr/local/bin:/usr/bin:/bin`, HOME: app, ...settings }
  const { exitCode, stdout, stderr } = await run("go", args, { cwd: app, env, timeoutMs: msMax })
  if (exitCode === 0) return
  throw new Error(`go ${args[0]} ended with ${exitCode}\n${stdout}${stderr}`.slice(-8000))
}

/** The first proxy that Go is set up to use here; nothing when it does not answer. */
export async function proxyHere(): Promise<string | undefined> {
  const { PATH = "", HOME = "" } = process.env
  const { stdout } = await run("go", ["env", "GOPROXY"], {
    env: { PATH: `${PATH}:${goFolder}`, HOME },
  })
  const base = String(stdout)
    .trim()
    .split(/[,|]/)
    .find((each) => /^https?:/.test(each))
  if (base === undefined) return undefined
  const asked = fetch(new URL("golang.org/x/sys/@v/list", `${base}/`), {
    signal: AbortSignal.timeout(10_000),
  })
  const answer = await asked.catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok ? base : undefined
}
