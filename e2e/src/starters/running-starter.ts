import { type ChildProcess, spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import type { StarterValues } from "@vibecaas/contract/starter-form"
import { filesOf } from "@vibecaas/starters/files-of"
import type { Starter } from "@vibecaas/starters/starter"
import { freePort } from "../platform.ts"

/** Where the starters of the platform are. */
export const startersFolder = resolve(import.meta.dirname, "../../../starters")

/** What a stack's apps need beside Node itself before they can be tried here; nothing for those without packages. */
export const missingFor = ({ stack }: Pick<Starter, "stack">): string | undefined =>
  stack === "node"
    ? undefined
    : `apps of the stack ${stack} need packages, which are not brought here yet`

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

/** @param values what is not named has its default */
export function writeStarter(starter: Starter, values: StarterValues = {}): WrittenStarter {
  const folder = mkdtempSync(join(tmpdir(), `starter-${starter.id}-`))
  const app = join(folder, "app")
  for (const { path, content } of filesOf(starter, values)) {
    mkdirSync(dirname(join(app, path)), { recursive: true })
    writeFileSync(join(app, path), content)
  }
  return {
    folder: app,
    failedTests: () => failedTests(app, folder),
    start: () => startApp(app, folder),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }),
  }
}

const outputMax = 8000
const testsMaxMs = 60_000

async function failedTests(app: string, home: string): Promise<string | undefined> {
  const child = runScript("test", { app, env: { HOME: home } })
  const output = gather(child)
  const timer = setTimeout(() => end(child, "SIGKILL"), testsMaxMs)
  const [code] = await once(child, "exit")
  clearTimeout(timer)
  return code === 0 ? undefined : `npm test ended with ${code}\n${output()}`
}

async function startApp(app: string, home: string): Promise<RunningApp> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}/`
  const data = mkdtempSync(join(home, "data-"))
  const child = runScript("start", { app, env: { HOME: home, PORT: String(port), DATA_DIR: data } })
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
    if (child.exitCode !== null) throw new Error(`npm start ended\n${output()}`)
    const answer = await fetch(url).catch(() => undefined)
    await answer?.body?.cancel()
    if (answer?.status === 200) return { url, [Symbol.asyncDispose]: stop }
    await sleep(50)
  }
  await stop()
  throw new Error(`its first page is not answered with 200\n${output()}`)
}

/** A script of the app's package.json, with the platform's variables and no others. */
function runScript(name: "start" | "test", of: { app: string; env: Record<string, string> }) {
  const env = { PATH: process.env.PATH ?? "", LANG: "C.UTF-8", ...of.env }
  return spawn("npm", ["run", "--silent", name], { cwd: of.app, env, detached: true })
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
