import type { ChildProcess } from "node:child_process"
import { constants } from "node:os"
import { groupProcesses, outOfMemoryKills } from "@vibecaas/kernel/control-groups"
import type { ProcessName } from "@vibecaas/kernel/processes"
import { groupsOf, launch, type Program } from "./launch.ts"
import type { Local } from "./local.ts"
import type { StoreRecord } from "./record.ts"
import { endPart } from "./survivors.ts"

export interface Ended {
  exitCode: number | null
  signal: string | null
  timedOut: boolean
  outOfMemory: boolean
  ms: number
}

/** Runs a program of a store to its end, or ends it with all that it started when its time is over. */
export async function runInside(
  local: Local,
  record: StoreRecord,
  run: { program: Program; timeoutMs: number; known?: (name: ProcessName) => Promise<void> },
): Promise<Ended> {
  const { clock } = local.settings
  const began = clock.now().getTime()
  const groups = () => groupsOf(record, run.program.group)
  const killedBefore = await outOfMemoryKills(groups())
  const child = await launch(local, record, {
    program: run.program,
    known: run.known ?? (async () => {}),
  })
  const ended = endOf(child)
  const over = new AbortController()
  let timedOut = false
  const limit = clock.sleep(run.timeoutMs, over.signal).then(
    async () => {
      timedOut = true
      await endPart(local, record, { part: run.program.part, pid: child.pid })
    },
    () => {},
  )
  const end = await ended
  over.abort()
  await limit
  await endRests(local, record, { part: run.program.part, pid: child.pid, groups: groups() })
  const outOfMemory = (await outOfMemoryKills(groups())) > killedBefore
  return { ...end, timedOut, outOfMemory, ms: clock.now().getTime() - began }
}

/**
 * Children that it left behind must not go on beside whatever comes next. A control group knows at once
 * that there are none; else all processes of the host are looked through.
 */
async function endRests(
  local: Local,
  record: StoreRecord,
  { groups, ...part }: { part: string; pid: number | undefined; groups: string[] },
): Promise<void> {
  if (groups.length > 0 && (await groupProcesses(groups)).length === 0) return
  await endPart(local, record, part)
}

/**
 * How a program ended, also one that has ended while it was still being put into its place. A wall's own process
 * passes a signal on as 128 and its number.
 */
export function endOf(child: ChildProcess): Promise<Pick<Ended, "exitCode" | "signal">> {
  return new Promise((resolve) => {
    const tell = (code: number | null, signal: string | null) => {
      const passed = code !== null && code > 128 ? signalNumbered(code - 128) : undefined
      resolve(
        passed === undefined ? { exitCode: code, signal } : { exitCode: null, signal: passed },
      )
    }
    const { exitCode, signalCode } = child
    if (exitCode === null && signalCode === null) child.once("exit", tell)
    else tell(exitCode, signalCode)
  })
}

const signalNumbered = (number: number) =>
  Object.entries(constants.signals).find(([, each]) => each === number)?.[0]
