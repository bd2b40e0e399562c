import { access, constants, mkdir, readFile, rmdir, writeFile } from "node:fs/promises"

/** Control groups as far as this process may make them; version 1 and 2 may both be mounted. */
export interface Cgroups {
  limits: { memory: boolean; processes: boolean; cpu: boolean }
  /** Makes one machine's groups and sets its limits. */
  make(name: string, limits: GroupLimits): Promise<string[]>
}

export interface GroupLimits {
  memoryMiB: number
  cpuCount: number
  processesMax: number
}

type Controller = "memory" | "pids" | "cpu"
type Place = { parent: string; version: 1 | 2 }

/**
 * @param parent path inside the hierarchies; by default the root of version 1, which has no
 *   delegation, and our own group in version 2, which has
 * @param proc where `self/mountinfo` and `self/cgroup` are read
 */
export async function findCgroups(parent?: string, proc = "/proc"): Promise<Cgroups> {
  const mounts = (await readFile(`${proc}/self/mountinfo`, "utf8")).split("\n").map(parseMount)
  const places = new Map<Controller, Place>()
  for (const controller of ["memory", "pids", "cpu"] as const) {
    const mount = mounts.find((m) => m.type === "cgroup" && m.options.includes(controller))
    const place = mount && { parent: `${mount.path}${parent ?? ""}`, version: 1 as const }
    if (place && (await isWritable(place.parent))) places.set(controller, place)
  }
  const unified = mounts.find((mount) => mount.type === "cgroup2")
  if (unified) await addUnified(places, unified.path, parent ?? (await ownGroup(proc)))
  return {
    limits: {
      memory: places.has("memory"),
      processes: places.has("pids"),
      cpu: places.has("cpu"),
    },
    make: (name, limits) => makeGroups(places, name, limits),
  }
}

export async function addToGroups(groups: string[], pid: number): Promise<void> {
  for (const group of groups) await writeFile(`${group}/cgroup.procs`, String(pid))
}

/** Processes in the groups; a group that is gone has none. */
export async function groupProcesses(groups: string[]): Promise<number[]> {
  const lists = await Promise.all(
    groups.map((group) => readFile(`${group}/cgroup.procs`, "utf8").catch(() => "")),
  )
  return [...new Set(lists.flatMap((list) => list.split("\n").filter(Boolean).map(Number)))]
}

/** How often the kernel has ended a process of these groups because they had no memory left. */
export async function outOfMemoryKills(groups: readonly string[]): Promise<number> {
  const files = groups.flatMap((group) => [`${group}/memory.events`, `${group}/memory.oom_control`])
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8").catch(() => "")))
  return texts.reduce((sum, text) => sum + Number(/^oom_kill (\d+)$/m.exec(text)?.[1] ?? 0), 0)
}

/** False while the kernel still counts something inside. */
export async function removeGroup(group: string): Promise<boolean> {
  try {
    await rmdir(group)
    return true
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "ENOENT"
  }
}

async function makeGroups(
  places: Map<Controller, Place>,
  name: string,
  limits: GroupLimits,
): Promise<string[]> {
  const groups = new Set<string>()
  for (const [controller, { parent, version }] of places) {
    const group = `${parent}/${name}`
    await mkdir(group, { recursive: true })
    groups.add(group)
    for (const [file, value, optional] of settings[controller](limits, version)) {
      const written = writeFile(`${group}/${file}`, value)
      await (optional ? written.catch(() => {}) : written)
    }
  }
  return [...groups]
}

type Setting = [file: string, value: string, optional?: boolean]

const settings: Record<Controller, (limits: GroupLimits, version: 1 | 2) => Setting[]> = {
  memory({ memoryMiB }, version) {
    const bytes = String(memoryMiB * 1024 * 1024)
    // Swap accounting is often compiled out or off: the limit then holds for memory alone.
    return version === 1
      ? [
          // Never above the one with swap, nor that below this one: a group that is there is lowered by the
          // first two, and raised by the last two.
          ["memory.limit_in_bytes", bytes, true],
          ["memory.memsw.limit_in_bytes", bytes, true],
          ["memory.limit_in_bytes", bytes],
        ]
      : [
          ["memory.max", bytes],
          ["memory.swap.max", "0", true],
        ]
  },
  pids: ({ processesMax }) => [["pids.max", String(processesMax)]],
  cpu({ cpuCount }, version) {
    const quota = String(cpuCount * 100_000)
    return version === 1
      ? [
          ["cpu.cfs_period_us", "100000"],
          ["cpu.cfs_quota_us", quota],
        ]
      : [["cpu.max", `${quota} 100000`]]
  },
}

/** A group of version 2 with members cannot have children with limits: we move into a leaf first. */
async function addUnified(places: Map<Controller, Place>, mount: string, own: string) {
  const parent = `${mount}${own === "/" ? "" : own}`
  const available = await readFile(`${parent}/cgroup.controllers`, "utf8").catch(() => "")
  const wanted = (["memory", "pids", "cpu"] as const).filter(
    (controller) => !places.has(controller) && available.split(/\s+/).includes(controller),
  )
  if (wanted.length === 0 || !(await isWritable(parent))) return
  try {
    if (own !== "/") {
      await mkdir(`${parent}/launcher`, { recursive: true })
      await writeFile(`${parent}/launcher/cgroup.procs`, String(process.pid))
    }
    const enable = wanted.map((controller) => `+${controller}`).join(" ")
    await writeFile(`${parent}/cgroup.subtree_control`, enable)
    for (const controller of wanted) places.set(controller, { parent, version: 2 })
  } catch {
    // Not delegated to us, or others live in our group: then there are no limits, and caps say so.
  }
}

async function ownGroup(proc: string): Promise<string> {
  const lines = (await readFile(`${proc}/self/cgroup`, "utf8")).split("\n")
  const own = lines.find((line) => line.startsWith("0::"))?.slice(3) ?? "/"
  return own.replace(/\/launcher$/, "") || "/"
}

function parseMount(line: string): { path: string; type: string; options: string[] } {
  const [before = "", after = ""] = line.split(" - ")
  const [type = "", , options = ""] = after.split(" ")
  return { path: before.split(" ")[4] ?? "", type, options: options.split(",") }
}

async function isWritable(directory: string): Promise<boolean> {
  try {
    await access(directory, constants.W_OK)
    return true
  } catch {
    return false
  }
}
