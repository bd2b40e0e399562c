import { readdir, readFile } from "node:fs/promises"

const pageBytes = 4096

/** Memory of processes and all their descendants in MiB; what several share is counted for each. */
export async function memoryMiB(roots: readonly number[]): Promise<number> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/.test(name))
  const all = (await Promise.all(names.map((name) => readOne(Number(name))))).filter(
    (each) => each !== undefined,
  )
  const wanted = new Set(roots)
  for (let size = 0; size !== wanted.size; ) {
    size = wanted.size
    for (const { pid, parent } of all) if (wanted.has(parent)) wanted.add(pid)
  }
  const bytes = all.reduce((sum, each) => sum + (wanted.has(each.pid) ? each.bytes : 0), 0)
  return bytes / 1024 / 1024
}

async function readOne(pid: number) {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => undefined)
  // The name in parentheses may hold spaces; what follows it does not.
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ")
  if (!fields) return undefined
  return { pid, parent: Number(fields[1]), bytes: Number(fields[21]) * pageBytes }
}

/** Looks at it again and again while something is done. @returns what was done, and the most that was seen */
export async function withPeak<T>(
  roots: readonly number[],
  action: () => Promise<T>,
): Promise<{ done: T; peakMiB: number }> {
  let peakMiB = 0
  const look = setInterval(() => {
    void memoryMiB(roots).then((now) => {
      peakMiB = Math.max(peakMiB, now)
    })
  }, 250)
  try {
    const done = await action()
    return { done, peakMiB }
  } finally {
    clearInterval(look)
  }
}
