import { readdir, readFile } from "node:fs/promises"
import { expect } from "vitest"
import { patient, type Suite } from "./context.suite.ts"

/** A machine's life. */
export function machineFacts({ boot, fact, guestOf, specOf, world }: Suite): void {
  fact("probe names a rung and what an app can reach", async () => {
    const caps = await world().driver.probe()
    expect(caps.reaches.length).toBeGreaterThan(0)
    expect(caps.label).toContain(":")
  })

  fact("a machine booted twice is the same machine", async () => {
    const { spec, guest } = await boot()
    await guest.writeFiles([{ path: "/workspace/mark", content: Buffer.from("first") }])
    const again = await guestOf(await world().driver.boot(spec))
    expect(String(await again.readFile("/workspace/mark", 100))).toBe("first")
    expect(await world().driver.list()).toContain(spec.id)
  })

  fact("two boots of one id at the same time give one machine", async () => {
    const spec = specOf()
    const vms = await Promise.all([world().driver.boot(spec), world().driver.boot(spec)])
    const listed = (await world().driver.list()).filter((id) => id === spec.id)
    expect([vms[0].id, vms[1].id, listed.length]).toEqual([spec.id, spec.id, 1])
  })

  fact("data of a running machine are refused to a second one", async () => {
    const { spec } = await boot()
    const second = world().driver.boot(specOf({ dataDir: spec.dataDir }))
    await expect(second).rejects.toMatchObject({ code: "data_in_use" })
    await expect(world().driver.deleteData(spec.dataDir)).rejects.toMatchObject({
      code: "data_in_use",
    })
  })

  fact("a destroyed machine leaves nothing, and destroying it again is fine", async () => {
    const { spec, vm, guest } = await boot()
    void guest.exec(["sleep", "1000"]).catch(() => "the machine went away")
    await world().driver.destroy(spec.id)
    expect(await world().leftovers(spec.id)).toEqual([])
    expect(await vm.alive()).toBe(false)
    expect(await world().driver.find(spec.id)).toBeUndefined()
    await world().driver.destroy(spec.id)
  })

  fact("a process that cut all its ties ends with the machine", async () => {
    const { spec, guest } = await boot()
    const marker = `31${Date.now() % 1e7}`
    await guest.exec(["sh", "-c", `env -i setsid sh -c 'sleep ${marker}' >/dev/null 2>&1 &`])
    await world().driver.destroy(spec.id)
    expect(await commandLines()).not.toContain(marker)
  })

  fact("a machine whose agent ends is gone without a trace", async () => {
    const { spec, vm, guest } = await boot()
    await guest.exec(["sh", "-c", "kill -9 $PPID"]).catch(() => "it went away")
    await expect.poll(() => vm.alive(), patient).toBe(false)
    await expect.poll(() => world().leftovers(spec.id), patient).toEqual([])
  })

  fact("data survive a destroyed machine; what was elsewhere does not", async () => {
    const { spec, guest } = await boot()
    await guest.writeFiles([
      { path: "/data/kept.txt", content: Buffer.from("kept") },
      { path: "/workspace/lost.txt", content: Buffer.from("lost") },
    ])
    await world().driver.destroy(spec.id)
    const again = await guestOf(await world().driver.boot(spec))
    expect(String(await again.readFile("/data/kept.txt", 100))).toBe("kept")
    await expect(again.readFile("/workspace/lost.txt", 100)).rejects.toMatchObject({
      code: "not_found",
    })
  })

  fact("deleted data are gone, and deleting them again is fine", async () => {
    const { spec, guest } = await boot()
    await guest.writeFiles([{ path: "/data/a/b", content: Buffer.from("x") }])
    await world().driver.destroy(spec.id)
    await world().driver.deleteData(spec.dataDir)
    await world().driver.deleteData(spec.dataDir)
    const again = await guestOf(await world().driver.boot(spec))
    expect(await again.scan("/data", { maxFiles: 10 })).toEqual([])
  })

  fact("a data directory outside the root or behind a link is refused", async () => {
    for (const dataDir of ["/etc", `${world().dataRoot}/../x`, world().dataRoot]) {
      const booted = world().driver.boot(specOf({ dataDir }))
      await expect(booted).rejects.toMatchObject({
        code: expect.stringMatching(/^(vm_spec_invalid|data_dir_refused)$/),
      })
    }
  })
}

/** Command lines of all processes on this host. */
async function commandLines(): Promise<string> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  const lines = pids.map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => ""))
  return (await Promise.all(lines)).join("\n")
}
