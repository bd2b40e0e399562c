import { readdir, readFile } from "node:fs/promises"
import { expect } from "vitest"
import { patient, type Suite } from "./context.suite.ts"

/** A machine's life. */
export function machineFacts({ boot, fact, guestOf, orderOf, world }: Suite): void {
  fact("a machine names its rung and what an app in it can reach", async () => {
    const { caps } = (await boot()).vm
    expect([caps.driver, caps.rung]).toEqual([world().driver.name, world().rung])
    expect(caps.reaches.length).toBeGreaterThan(0)
    expect(caps.label).toContain(":")
  })

  fact("a machine booted twice is the same machine", async () => {
    const { order, guest } = await boot()
    await guest.writeFiles([{ path: "/workspace/mark", content: Buffer.from("first") }])
    const again = await guestOf(await world().driver.boot(order))
    expect(String(await again.readFile("/workspace/mark", 100))).toBe("first")
    expect(await world().driver.list()).toContain(order.id)
  })

  fact("two boots of one id at the same time give one machine", async () => {
    const order = orderOf()
    const vms = await Promise.all([world().driver.boot(order), world().driver.boot(order)])
    const listed = (await world().driver.list()).filter((id) => id === order.id)
    expect([vms[0].id, vms[1].id, listed.length]).toEqual([order.id, order.id, 1])
  })

  fact("data of a running machine are not deleted", async () => {
    const { order } = await boot()
    await expect(world().driver.deleteData(order.id)).rejects.toMatchObject({
      code: "data_in_use",
    })
  })

  fact("a destroyed machine leaves nothing, and destroying it again is fine", async () => {
    const { order, vm, guest } = await boot()
    void guest.exec(["sleep", "1000"]).catch(() => "the machine went away")
    await world().driver.destroy(order.id)
    expect(await world().leftovers(order.id)).toEqual([])
    expect(await vm.alive()).toBe(false)
    expect(await world().driver.find(order.id)).toBeUndefined()
    await world().driver.destroy(order.id)
  })

  fact("a process that cut all its ties ends with the machine", async () => {
    const { order, guest } = await boot()
    const marker = `31${Date.now() % 1e7}`
    await guest.exec(["sh", "-c", `env -i setsid sh -c 'sleep ${marker}' >/dev/null 2>&1 &`])
    await world().driver.destroy(order.id)
    expect(await commandLines()).not.toContain(marker)
  })

  fact("a machine whose agent ends is gone without a trace", async () => {
    const { order, vm, guest } = await boot()
    await guest.exec(["sh", "-c", "kill -9 $PPID"]).catch(() => "it went away")
    await expect.poll(() => vm.alive(), patient).toBe(false)
    await expect.poll(() => world().leftovers(order.id), patient).toEqual([])
  })

  fact("data survive a destroyed machine; what was elsewhere does not", async () => {
    const { order, guest } = await boot()
    await guest.writeFiles([
      { path: "/data/kept.txt", content: Buffer.from("kept") },
      { path: "/workspace/lost.txt", content: Buffer.from("lost") },
    ])
    await world().driver.destroy(order.id)
    const again = await guestOf(await world().driver.boot(order))
    expect(String(await again.readFile("/data/kept.txt", 100))).toBe("kept")
    await expect(again.readFile("/workspace/lost.txt", 100)).rejects.toMatchObject({
      code: "not_found",
    })
  })

  fact("deleted data are gone, and deleting them again is fine", async () => {
    const { order, guest } = await boot()
    await guest.writeFiles([{ path: "/data/a/b", content: Buffer.from("x") }])
    await world().driver.destroy(order.id)
    await world().driver.deleteData(order.id)
    await world().driver.deleteData(order.id)
    const again = await guestOf(await world().driver.boot(order))
    expect(await again.scan("/data", { maxFiles: 10 })).toEqual([])
  })

  fact("what is no machine's id reaches nothing", async () => {
    const { driver } = world()
    for (const id of ["../../etc", "vm_../../../etc", "", `${orderOf().id}/..`]) {
      const refused = { code: "vm_spec_invalid" }
      await expect(driver.boot(orderOf({ id }))).rejects.toMatchObject(refused)
      await expect(driver.find(id)).rejects.toMatchObject(refused)
      await expect(driver.destroy(id)).rejects.toMatchObject(refused)
      await expect(driver.deleteData(id)).rejects.toMatchObject(refused)
    }
  })
}

/** Command lines of all processes on this host. */
async function commandLines(): Promise<string> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  const lines = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""))
  return (await Promise.all(lines)).join("\n")
}
