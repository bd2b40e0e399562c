import { rm } from "node:fs/promises"
import { groupProcesses, removeGroup } from "@vibecaas/kernel/control-groups"
import { fault } from "@vibecaas/kernel/fault"
import {
  endAll,
  isAlive,
  kernelBootId,
  processesMarked,
  processesOfUid,
} from "@vibecaas/kernel/processes"
import { dataDirOf, removeDataDir } from "./data-dir.ts"
import type { Settings } from "./options.ts"
import { filesDirOf, type MachineRecord, machineDir } from "./record.ts"

const roundMs = 10
const rounds = 500

/**
 * Ends a machine and resolves once it was seen that nothing of it is left but its data, and those of
 * a machine for one task are gone too.
 *
 * @throws Fault `vm_not_gone` when something survives, e.g. a process stuck in the kernel
 */
export async function tearDown(settings: Settings, record: MachineRecord): Promise<void> {
  if (record.bootId === (await kernelBootId())) await endProcesses(settings, record)
  for (const group of record.groups) await untilGone(settings, record.id, group)
  await rm(filesDirOf(settings.stateDir, record.id), { recursive: true, force: true })
  if (record.temporary) {
    await removeDataDir(settings.dataRoot, dataDirOf(settings.dataRoot, record.id))
  }
  // Last: as long as the record is there, a later launcher knows what to clear away.
  await rm(machineDir(settings.stateDir, record.id), { recursive: true, force: true })
}

async function endProcesses(settings: Settings, record: MachineRecord): Promise<void> {
  const wait = () => settings.clock.sleep(roundMs)
  const left = await endAll(() => survivors(settings, record), { most: rounds, wait })
  if (left.length > 0) throw notGone(record.id, `processes ${left.join(", ")}`)
}

/** Living processes that are this machine's beyond doubt. */
export async function survivors(settings: Settings, record: MachineRecord): Promise<number[]> {
  const named = [record.process, record.init].filter((name) => name !== undefined)
  const alive = await Promise.all(named.map(isAlive))
  const { first, count } = settings.uidRange
  const ownsUid = record.uid !== undefined && record.uid >= first && record.uid < first + count
  return [
    ...named.filter((_, at) => alive[at]).map((name) => name.pid),
    ...(await groupProcesses(record.groups)),
    ...(ownsUid ? await processesOfUid(record.uid ?? -1) : []),
    ...(await processesMarked(machineMark(record.id))),
  ].filter((pid) => pid > 1 && pid !== process.pid)
}

export const machineMark = (id: string): string => `VM_MACHINE=${id}`

async function untilGone(settings: Settings, id: string, group: string): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    if (await removeGroup(group)) return
    await settings.clock.sleep(roundMs)
  }
  throw notGone(id, `control group ${group}`)
}

function notGone(id: string, note: string) {
  return fault("vm_not_gone", {
    say: "The machine could not be ended completely. We keep trying.",
    note: `${id}: ${note}`,
    retryable: true,
  })
}
