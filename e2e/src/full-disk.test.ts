import { spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { ApiError } from "@vibecaas/contract/client"
import { expect, test } from "vitest"
import { type Person, signIn } from "./api.ts"
import { startPlatform } from "./platform.ts"
import { untilReady } from "./processes.ts"

/** A disk of its own that can be filled; only root may make one. */
async function smallDisk(): Promise<string | undefined> {
  const place = await mkdtemp(join(tmpdir(), "vibecaas-disk-"))
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=320m", "tmpfs", place])
  if (mounted.status === 0) return place
  await rm(place, { recursive: true })
  return undefined
}

test("a full disk is a sentence, loses nothing, and is over when there is room again", async ({
  skip,
  task,
}) => {
  const dataDir = await smallDisk()
  const reason = "needs root, to mount a disk that can be filled"
  if (!dataDir) return skip(Object.assign(task.meta, { reason }).reason)
  const platform = await startPlatform({ dataDir })
  try {
    const person = await signIn(platform)
    const project = await person.call("POST /projects", {
      body: { name: "Kept", preview: "private" },
    })
    const write = (path: string) => commit(person, project.id, path)
    const first = await write("before.txt")

    const filler = join(dataDir, "filler")
    await fill(filler)
    const refused = await write("during.txt").catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ApiError)
    const { problem } = refused as ApiError // just checked
    expect(["disk_full", "unavailable"]).toContain(problem.code)
    expect(problem.detail.length).toBeGreaterThan(20)

    await rm(filler)
    await untilReady(platform, 60)
    const second = await untilWritten(() => write("after.txt"))
    expect(second.parent).toBe(first.id)
    const { items } = await person.call("GET /projects", {})
    expect(items.map(({ name }) => name)).toEqual(["Kept"])
  } finally {
    await platform.stop()
    spawnSync("umount", ["-l", dataDir])
    await rm(dataDir, { recursive: true, force: true })
  }
})

function commit(person: Person, projectId: `prj_${string}`, path: string) {
  const content = randomBytes(350_000).toString("hex")
  return person.call("POST /projects/{projectId}/commits", {
    params: { projectId },
    body: { message: `write ${path}`, changes: [{ path, content }] },
  })
}

/** Writes until nothing more fits. */
async function fill(file: string): Promise<void> {
  for (const size of [1_000_000, 4096, 1]) {
    for (let n = 0; n < 1000; n++) {
      const full = await writeFile(`${file}`, Buffer.alloc(size), { flag: "a" }).then(
        () => false,
        () => true,
      )
      if (full) break
    }
  }
}

/** The database may still be recovering from what it could not write. */
async function untilWritten<T>(write: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await write()
    } catch (error) {
      if (tries === 40) throw error
      await sleep(500)
    }
  }
}
