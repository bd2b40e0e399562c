import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { StarterValues } from "@vibecaas/contract/starter-form"
import { goFolder } from "@vibecaas/microvm/languages"
import { filesOf } from "@vibecaas/starters/files-of"
import type { Starter } from "@vibecaas/starters/starter"
import { freePort } from "../platform.ts"
import { goSettings, isGo } from "./go-modules.ts"
import { putFiles } from "./put-files.ts"
import { prepareApp } from "./starter-packages.ts"

/** Where the starters of the platform are. */
export const startersFolder = resolve(import.meta.dirname, "../../../starters")

/** A starter's files on this disk, as they would be committed into a project. */
export interface WrittenStarter extends Disposable {
  folder: string
  /** runs the script `test` of its package.json; the output when it fails, else nothing */
  failedTests(): Promise<string | undefined>
  /** starts it with data of its own, and waits until its first page is answered with 200 */
  start(): Promise<RunningApp>
}

export interface RunningApp extends AsyncDisposable {
  url: string
}

/** With its packages, and built. @param values what is not named has its default */
export async function writeStarter(
  starter: Starter,
  values: StarterValues = {},
): Promise<WrittenStarter> {
  const folder = mkdtempSync(join(tmpdir(), `starter-${starter.id}-`))
  const app = join(folder, "app")
  const files = filesOf(starter, values)
  putFiles(files, app)
  await prepareApp(app, files)
  const settings = isGo(files) ? goSettings(files) : {}
  const place = { app, home: folder, stack: starter.stack, settings }
  return {
    folder: app,
    failedTests: () => failedTests(place),
    start: () => startApp(place),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

const outputMax = 8000
const testsMaxMs = 60_000

interface Place {
  app: string
  home: string
  stack: Starter["stack"]
  /** what its language needs to find its packages */
  settings: Record<string, string>
}

async function failedTests({ home, ...place }: Place): Promise<string | undefined> {
  const child = runScript("test", { ...place, env: { HOME: home } })
  const output = gather(child)
  const timer = setTimeout(() => end(child, "SIGKILL"), testsMaxMs)
  const [code] = await once(child, "exit")
  clearTimeout(timer)
  return code === 0 ? undefined : `its tests ended with ${code}\n${output()}`
}

async function startApp({ home, ...place }: Place): Promise<RunningApp> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  const data = mkdtempSync(join(home, "data-"))
  const env = { HOME: home, PORT: String(port), DATA_DIR: data }
  const child = runScript("start", { ...place, env })
  const output = gather(child)
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, "exit")
    end(child, "SIGTERM")
    const timer = setTimeout(() => end(child, "SIGKILL"), 5000)
    await ended
    clearTimeout(timer)
  }
  for (let tries = 0; tries < 400; tries++) {
    if (child.exitCode !== null) throw new Error(`it ended\n${output()}`)
    const answer = await fetch(url).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.status === 200) return { url, [Symbol.asyncDispose]: stop }
    await sleep(50)
  }
  await stop()
  throw new Error(`its first page is not answered with 200\n${output()}`)
}

const npmScripts = {
  start: ["npm", "run", "--silent", "start"],
  test: ["npm", "run", "--silent", "test"],
}
const scripts: Record<Starter["stack"], Record<"start" | "test", string[]>> = {
  ...{ node: npmScripts, react: npmScripts, next: npmScripts },
  python: {
    start: ["python3", "main.py"],
    test: ["python3", "-m", "unittest", "discover", "-v"],
  },
  go: { start: ["./bin/app"], test: ["go", "test", "./..."] },
}

/** What a stack starts and tests its apps with, with the platform's variables and no others. */
function runScript(
  name: "start" | "test",
  { app, stack, settings: own, env }: Omit<Place, "home"> & { env: Record<string, string> },
) {
  const [program = "", ...args] = scripts[stack][name]
  const settings = { LANG: "C.UTF-8", PYTHONDONTWRITEBYTECODE: "1", PYTHONUNBUFFERED: "1" }
  const PATH = `${join(app, ".venv/bin")}:${process.env.PATH ?? ""}:${goFolder}`
  const all = { PATH, ...settings, ...own, ...env }
  return spawn(program, args, { cwd: app, env: all, detached: true })
}

/** A script has a shell and programs below it: all of its group get the signal. */
function end({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, signal)
  } catch {
    // It ended by itself.
  }
}

function gather({ stdout, stderr }: ChildProcess): () => string {
  let text = ""
  for (const stream of [stdout, stderr])
    stream?.on("data", (piece) => {
      text = (text + piece).slice(-outputMax)
    })
  return () => text
}
