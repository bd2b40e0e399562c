import { chmod, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { systemPath } from "@vibecaas/kernel/programs"
import { run } from "@vibecaas/kernel/spawn"
import { afterAll, beforeAll, test } from "vitest"
import { makeEngines } from "../../../engines.ts"
import type { Datastore, RunTool } from "../datastore.ts"
import { type Settings, settingsOf } from "../options.ts"
import type { StoreRecord } from "../record.ts"

export const storeOf = (letter: string): StoreRecord =>
  ({ storeId: `sto_${letter.repeat(26)}` }) as StoreRecord // what a datastore reads of it

export const password = "abcdefgh12345678"

/** A new folder that the account of a database's server may pass through. */
export async function datastoreFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "std-"))
  await chmod(folder, 0o711)
  return folder
}

/** Of a datastore that keeps all it has in a folder. */
export const settingsIn = (folder: string, more: Pick<Settings, "postgres"> = {}): Settings =>
  settingsOf({
    ...{ dataRoot: folder, stateDir: folder, enginesDir: folder, engines: makeEngines([]) },
    ...{ nodePath: process.execPath, clock: systemClock, log: silentLog },
    ...more,
  })

/** A database's server of the system, which is not everywhere: without it the facts say what they would need. */
export function datastoreWorld(open: (settings: Settings) => Datastore | Promise<Datastore>) {
  let dir = ""
  let made: Datastore | undefined
  let lacks: string | undefined
  beforeAll(async () => {
    dir = await datastoreFolder()
    made = await open(settingsIn(dir))
    lacks = await made.lacks()
  })
  afterAll(async () => {
    await made?.close()
    await rm(dir, { recursive: true, force: true })
  })
  return {
    get dir() {
      return dir
    },
    get datastore() {
      if (!made) throw new Error("it is made before the first fact")
      return made
    },
    fact: (title: string, body: () => Promise<void>) =>
      test(title, async (context) => {
        if (lacks !== undefined) return context.skip(lacks)
        await body()
      }),
  }
}

/** As ourselves: the wall around tools is another fact's. */
export const runTool: RunTool = async ({ argv, env, stdinFile, stdoutFile, timeoutMs }) => {
  const [file = "", ...rest] = argv
  const stdin = stdinFile === undefined ? {} : { stdin: await readFile(stdinFile) }
  const all = { env: { PATH: systemPath, ...env }, timeoutMs, ...stdin }
  const answer = await run(file, rest, all)
  if (answer.exitCode !== 0) throw new Error(answer.stderr.toString())
  if (stdoutFile !== undefined) await writeFile(stdoutFile, answer.stdout)
}
