import { readFile, rename, writeFile } from "node:fs/promises"
import { z } from "zod"

const processName = z.object({ pid: z.int().min(2), startedAt: z.string() })

/** What is known of a machine on disk, so that a later launcher can clear it away. */
const recordSchema = z.object({
  id: z.string(),
  /** the run of the kernel in which the processes live */
  bootId: z.string(),
  /** the user that only this machine has; absent when it runs as the launcher's own */
  uid: z.int().min(1).optional(),
  process: processName.optional(),
  /** first process of its namespace: when it is gone, so are all others in there */
  init: processName.optional(),
  groups: z.array(z.string()),
  /** its data go with it */
  temporary: z.boolean().optional(),
})
export type MachineRecord = z.infer<typeof recordSchema>

/** The directory of one machine's record and socket. */
export const machineDir = (stateDir: string, id: string): string => `${stateDir}/machines/${id}`

/** Workspace and tmp of a machine whose rung has no mounts. */
export const filesDirOf = (stateDir: string, id: string): string => `${stateDir}/files/${id}`

export async function saveRecord(stateDir: string, record: MachineRecord): Promise<void> {
  const path = `${machineDir(stateDir, record.id)}/machine.json`
  await writeFile(`${path}.new`, JSON.stringify(record), { mode: 0o600 })
  await rename(`${path}.new`, path)
}

/** Nothing when the launcher ended before it wrote one: then no process was let go either. */
export async function loadRecord(stateDir: string, id: string): Promise<MachineRecord | undefined> {
  try {
    const text = await readFile(`${machineDir(stateDir, id)}/machine.json`, "utf8")
    return recordSchema.parse(JSON.parse(text))
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined
    throw error
  }
}
