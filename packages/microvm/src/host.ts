import { fault } from "@vibecaas/kernel/fault"
import { makeNewId } from "@vibecaas/kernel/id"
import { bestEffort } from "@vibecaas/kernel/log"
import { checkMemory } from "./free-memory.ts"
import { checkTrust, climb, type IsolationPolicy, ladderOf, type Step } from "./ladder.ts"
import type { Caps, DriverOptions, Vm, VmDriver, VmSpec } from "./port.ts"
import { proveRung } from "./prove-rung.ts"

/** A machine of a host. Without a driver, because none was ever told, all of the host's are asked. */
export interface MachineRef {
  id: string
  driver: string | null
}

/**
 * One host with its drivers, as whoever runs machines there sees it: in this process, behind a
 * launcher's channel, or far away. Answers are about this host alone.
 */
export interface VmHost {
  readonly id: string
  /** Proves by really booting which isolation machines get here; slow, and remembered. */
  probe(): Promise<Caps>
  /**
   * Idempotent by id: a live machine of that id is adopted as it is.
   *
   * @param driver where the machine's data lie; the strongest allowed one when there are none yet
   * @throws Fault `isolation_refused`, `vm_boot_failed`
   */
  boot(spec: VmSpec, driver: string | null): Promise<Vm>
  find(ref: MachineRef): Promise<Vm | undefined>
  list(): Promise<{ id: string; driver: string }[]>
  /** Resolves when it was seen that nothing is left but the data; also when there was nothing. */
  destroy(ref: MachineRef): Promise<void>
  deleteData(ref: MachineRef): Promise<void>
}

/** A host in this process. */
export interface OwnHost extends VmHost {
  /** Ends every machine. */
  close(): Promise<void>
}

export interface HostParts extends Pick<DriverOptions, "clock" | "log"> {
  /** the same for as long as the host keeps machines' data */
  id: string
  drivers: readonly VmDriver[]
  policy: IsolationPolicy
  /** MiB that are free on the host now; without it machines start whatever is */
  freeMiB?: () => Promise<number | undefined>
}

export function makeHost(parts: HostParts): OwnHost {
  const { drivers, policy } = parts
  const probes = new Set<string>()
  const tasks = makeTasks(parts, (ref) => end(ref))
  const newId = makeNewId(parts.clock)
  const prove = async (step: Step) => {
    const id = newId("vm")
    probes.add(id)
    return proveRung(step, { ...parts, id }).finally(() => probes.delete(id))
  }
  const proven = makeProofs((name) => climb(ladderOf(driversOf(drivers, name)), policy, prove))
  const find = async ({ id, driver }: MachineRef): Promise<Vm | undefined> => {
    for (const one of driversOf(drivers, driver)) {
      const vm = await one.find(id)
      if (vm) return vm
    }
    return undefined
  }
  const end = async ({ id, driver }: MachineRef) => {
    for (const one of driversOf(drivers, driver)) await one.destroy(id)
    tasks.over(id)
  }
  return {
    id: parts.id,
    probe: async () => (await proven(null, { again: true })).caps,
    async boot(spec, driver) {
      const found = await find({ id: spec.id, driver })
      if (found) return found
      const { step } = await proven(driver)
      checkTrust(step.rung.wall, spec.trust, policy)
      checkAbilities(step.driver, spec)
      checkMemory(await parts.freeMiB?.(), spec)
      tasks.begin(spec)
      return step.driver.boot({ ...spec, rung: step.rung.name })
    },
    find,
    async list() {
      const found = await Promise.all(
        drivers.map(async (driver) =>
          (await driver.list()).map((id) => ({ id, driver: driver.name })),
        ),
      )
      // A machine that only proves a rung, or does one task, is no row's, and not a leftover either.
      return found.flat().filter(({ id }) => !probes.has(id) && !tasks.has(id))
    },
    destroy: end,
    async deleteData({ id, driver }) {
      for (const one of driversOf(drivers, driver)) await one.deleteData(id)
    },
    async close() {
      tasks.close()
      await Promise.all(drivers.map((driver) => driver.close()))
    },
  }
}

/** Machines for one task, each with the time after which nobody is believed to want it any more. */
function makeTasks({ clock, log }: HostParts, end: (ref: MachineRef) => Promise<void>) {
  const running = new Map<string, AbortController>()
  return {
    begin({ id, endsAfterMs }: VmSpec) {
      if (endsAfterMs === undefined) return
      const over = new AbortController()
      running.set(id, over)
      const late = async () => {
        log.warn({ vm: id }, "ending a machine whose task took too long")
        await bestEffort(log, "end a task's machine", () => end({ id, driver: null }))
        // A machine that is still there is a leftover now, like any other that no row knows.
        running.delete(id)
      }
      clock.sleep(endsAfterMs, over.signal).then(late, () => {})
    },
    has: (id: string) => running.has(id),
    over(id: string) {
      running.get(id)?.abort()
      running.delete(id)
    },
    close() {
      for (const over of running.values()) over.abort()
    },
  }
}

/** @throws Fault `driver_unknown` */
function driversOf(drivers: readonly VmDriver[], name: string | null): readonly VmDriver[] {
  if (name === null) return drivers
  const found = drivers.filter((driver) => driver.name === name)
  if (found.length > 0) return found
  throw fault("driver_unknown", {
    say: "What this machine was made with is not installed on its host any more.",
    note: `driver ${name}`,
  })
}

/** @throws Fault `vm_spec_invalid` for what this driver does not offer */
function checkAbilities(driver: VmDriver, spec: VmSpec): void {
  const lacking = [
    ...(spec.image !== undefined && !driver.images ? ["images to choose from"] : []),
    ...(spec.egress !== undefined && !driver.egress ? ["machines that reach the network"] : []),
  ]
  if (lacking.length === 0) return
  throw fault("vm_spec_invalid", { say: `This host has no ${lacking.join(" and no ")}.` })
}

type Proof = Awaited<ReturnType<typeof climb>>

/** Remembers what was proven last, by driver; a failed proof is tried anew: somebody may have installed what was missing. */
function makeProofs(prove: (driver: string | null) => Promise<Proof>) {
  const known = new Map<string | null, Promise<Proof>>()
  return async (driver: string | null, { again = false } = {}): Promise<Proof> => {
    const best = again ? undefined : await known.get(null)?.catch(() => undefined)
    if (best && (driver === null || best.step.driver.name === driver)) return best
    const remembered = again ? undefined : known.get(driver)
    if (remembered) return remembered
    const proof = prove(driver)
    known.set(driver, proof)
    proof.catch(() => {
      if (known.get(driver) === proof) known.delete(driver)
    })
    return proof
  }
}
