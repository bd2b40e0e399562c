import { readdir, readFile } from "node:fs/promises"

const ticksPerSecond = 100

interface Process {
  pid: number
  parent: number
  /** user and system time with that of the children it has waited for, in `ms` */
  spentMs: number
}

/**
 * Processor time that processes and all their descendants have spent, in `ms`. On a machine
 * that does other things too it says more than a clock does.
 */
export async function processorMs(roots: readonly number[]): Promise<number> {
  const all = await readProcesses()
  const wanted = new Set(roots)
  for (let size = 0; size !== wanted.size; ) {
    size = wanted.size
    for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid)
  }
  return all.filter(({ pid }) => wanted.has(pid)).reduce((sum, { spentMs }) => sum + spentMs, 0)
}

async function readProcesses(): Promise<Process[]> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(names.map((name) => readProcess(Number(name))))
  return found.filter((process) => process !== undefined)
}

async function readProcess(pid: number): Promise<Process | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined)
  // The name in parentheses may hold spaces; what follows it does not.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")
  if (!fields) return undefined
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0)
  const spentMs = (ticks * 1000) / ticksPerSecond
  return { pid, parent: Number(fields[1]), spentMs }
}
