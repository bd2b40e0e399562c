import { systemClock } from "@vibecaas/kernel/clock"
import { makeNewId } from "@vibecaas/kernel/id"
import { afterAll, afterEach, beforeAll, beforeEach, test } from "vitest"
import { connectGuest, type Guest } from "../guest-client.ts"
import type { BootOrder, Vm, VmDriver } from "../port.ts"

/** A driver and what the suite needs to look at it from outside. */
export interface DriverWorld {
  driver: VmDriver
  /** which of the driver's rungs is tried */
  rung: string
  /** where on this host a machine's data would be, for one that tries to read another's */
  dataPath(id: string): string
  /** a directory of the host that no machine may see */
  outside: string
  /** what is still there of a machine, in words */
  leftovers(id: string): Promise<string[]>
  close(): Promise<void>
}

export interface SuiteOptions {
  /** facts that do not hold for this driver, each with the reason */
  skip?: Record<string, string>
}

/** What the facts of the suite are written with. */
export interface Suite {
  world(): DriverWorld
  orderOf(given?: Partial<BootOrder>): BootOrder
  guestOf(vm: Vm): Promise<Guest>
  /** a machine for one fact, destroyed after it */
  boot(given?: Partial<BootOrder>): Promise<{ order: BootOrder; vm: Vm; guest: Guest }>
  /** one machine for all facts of a group; its workspace is emptied before each */
  sharedGuest(): () => Guest
  fact(title: string, body: () => Promise<void>): void
  /** a fact about what not every driver can do; skipped where `able` answers nothing */
  factOf<T>(
    title: string,
    able: (driver: VmDriver) => T | undefined,
    body: (ability: T) => Promise<void>,
  ): void
}

export const mebibyte = 1024 * 1024
/** for what must come to be, however busy the machine that tests */
export const patient = { timeout: 20_000, interval: 50 }

const newId = makeNewId(systemClock)

export function makeSuite(makeWorld: () => Promise<DriverWorld>, options: SuiteOptions): Suite {
  let world: DriverWorld
  let guests: Guest[] = []
  let ids: string[] = []
  const orderOf = (given: Partial<BootOrder> = {}): BootOrder => {
    const id = newId("vm")
    ids.push(id)
    return {
      id,
      cpuCount: 1,
      memoryMiB: 256,
      diskMiB: 64,
      trust: "untrusted",
      rung: world.rung,
      ...given,
    }
  }
  const guestOf = async (vm: Vm) => {
    const guest = await connectGuest(vm, { clock: systemClock })
    guests.push(guest)
    return guest
  }
  const boot = async (given: Partial<BootOrder> = {}) => {
    const order = orderOf(given)
    const vm = await world.driver.boot(order)
    return { order, vm, guest: await guestOf(vm) }
  }
  /** One machine for all facts of a group; its workspace is emptied before each. */
  const sharedGuest = () => {
    let guest: Guest | undefined
    let id = ""
    beforeAll(async () => {
      const order = orderOf()
      id = order.id
      ids = ids.filter((other) => other !== id)
      guest = await connectGuest(await world.driver.boot(order), { clock: systemClock })
    })
    beforeEach(async () => {
      await guest?.exec(["sh", "-c", 'cd "$WORKSPACE_DIR" && rm -rf ./*'])
    })
    afterAll(async () => {
      guest?.close()
      await world.driver.destroy(id)
    })
    return () => {
      if (!guest) throw new Error("the group's machine did not start")
      return guest
    }
  }
  const fact = (title: string, body: () => Promise<void>) => {
    const reason = options.skip?.[title]
    if (reason === undefined) test(title, { timeout: 60_000 }, body)
    else test.skip(`${title} [skipped: ${reason}]`, body)
  }

  const factOf: Suite["factOf"] = (title, able, body) =>
    test(title, { timeout: 60_000 }, async ({ skip, task }) => {
      const ability = able(world.driver)
      const reason = "this driver has no such ability"
      // The report of a run keeps what a task says of itself, not what it skips with.
      if (ability === undefined) return skip(Object.assign(task.meta, { reason }).reason)
      await body(ability)
    })

  beforeAll(async () => {
    world = await makeWorld()
  }, 60_000)
  afterEach(async () => {
    for (const guest of guests) guest.close()
    await Promise.all(ids.map((id) => world.driver.destroy(id)))
    guests = []
    ids = []
  })
  afterAll(() => world?.close(), 60_000)
  return { world: () => world, orderOf, guestOf, boot, sharedGuest, fact, factOf }
}

/** Command lines of all processes that the guest sees. */
export async function guestProcesses(guest: Guest): Promise<string> {
  const script = "for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $f 2>/dev/null; echo; done"
  return String((await guest.exec(["sh", "-c", script])).stdout)
}
