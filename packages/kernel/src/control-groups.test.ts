import { existsSync } from "node:fs"
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, expect, test } from "vitest"
import { findCgroups, outOfMemoryKills, removeGroup } from "./control-groups.ts"

let dir = ""
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "vm-cgroup-"))
  await mkdir(`${dir}/proc/self`, { recursive: true })
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const limits = { memoryMiB: 256, cpuCount: 2, processesMax: 100 }

/** A plain directory in place of the kernel's: what is written is what counts. */
async function fakeProc(mounts: string[], own: string): Promise<string> {
  const lines = mounts.map((mount) => `30 23 0:26 / ${dir}/${mount}`)
  await writeFile(`${dir}/proc/self/mountinfo`, lines.join("\n"))
  await writeFile(`${dir}/proc/self/cgroup`, own)
  return `${dir}/proc`
}

test("delegated groups of version 2 are used: we in a leaf, machines beside us", async () => {
  await mkdir(`${dir}/v2/me.scope/launcher`, { recursive: true })
  await writeFile(`${dir}/v2/me.scope/cgroup.controllers`, "cpu io memory pids\n")
  const proc = await fakeProc(["v2 rw - cgroup2 cgroup2 rw"], "0::/me.scope\n")
  const groups = await findCgroups(undefined, proc)
  expect(groups.limits).toEqual({ memory: true, processes: true, cpu: true })
  const [group] = await groups.make("one", limits)
  expect(group).toBe(`${dir}/v2/me.scope/one`)
  const read = (file: string) => readFile(`${dir}/v2/me.scope/${file}`, "utf8")
  expect(await read("launcher/cgroup.procs")).toBe(String(process.pid))
  expect(await read("cgroup.subtree_control")).toBe("+memory +pids +cpu")
  expect(await read("one/memory.max")).toBe(String(256 * 1024 * 1024))
  expect(await read("one/pids.max")).toBe("100")
  expect(await read("one/cpu.max")).toBe("200000 100000")
})

test("hierarchies of version 1 are used controller by controller", async () => {
  await mkdir(`${dir}/memory`)
  await mkdir(`${dir}/cpu`)
  const mounts = ["memory rw - cgroup cgroup rw,memory", "cpu rw - cgroup cgroup rw,cpu"]
  const groups = await findCgroups(undefined, await fakeProc(mounts, "1:memory:/\n"))
  expect(groups.limits).toEqual({ memory: true, processes: false, cpu: true })
  expect(await groups.make("one", limits)).toEqual([`${dir}/memory/one`, `${dir}/cpu/one`])
  const read = (file: string) => readFile(`${dir}/${file}`, "utf8")
  expect(await read("memory/one/memory.limit_in_bytes")).toBe(String(256 * 1024 * 1024))
  expect(await read("cpu/one/cpu.cfs_quota_us")).toBe("200000")
})

test("without control groups of ours there are no limits, and nothing is made", async () => {
  const groups = await findCgroups(undefined, await fakeProc([], ""))
  expect(groups.limits).toEqual({ memory: false, processes: false, cpu: false })
  expect(await groups.make("one", limits)).toEqual([])
})

test.skipIf(process.getuid?.() !== 0)(
  "the limits of a group that is there are raised and lowered, and its ends by memory counted",
  async (context) => {
    const groups = await findCgroups()
    if (!groups.limits.memory) return context.skip("the kernel lets us limit no memory")
    const name = `vibecaas-test-${process.pid}`
    let made: string[] = []
    for (const memoryMiB of [256, 512, 128]) {
      made = await groups.make(name, { ...limits, memoryMiB })
    }
    try {
      const [file] = made
        .flatMap((group) => [`${group}/memory.limit_in_bytes`, `${group}/memory.max`])
        .filter(existsSync)
      expect(Number(await readFile(file ?? "", "utf8"))).toBe(128 * 1024 * 1024)
      expect(await outOfMemoryKills(made)).toBe(0)
    } finally {
      for (const group of made) await removeGroup(group)
    }
  },
)
