import { readdir, readFile, rename, writeFile } from "node:fs/promises"
import { z } from "zod"
import { processEndSchema, revisionSchema } from "../../backend.ts"
import { placesOf, sides } from "./layout.ts"
import type { Settings } from "./options.ts"

const processNameSchema = z.object({ pid: z.int().min(2), startedAt: z.string() })

const processRecordSchema = z.object({
  side: z.enum(sides).default("a"),
  /** as the kernel names it, while it may live */
  process: processNameSchema.optional(),
  /** first process of its namespace: when it is gone, so are all others in there */
  init: processNameSchema.optional(),
  /** of the release with which it was started */
  digest: z.string(),
  /** ISO 8601 */
  startedAt: z.string(),
  startMs: z.number(),
  stopMs: z.number(),
  restarts: z.int(),
  /** absent for what listens nowhere */
  listen: z
    .union([z.object({ socket: z.string() }), z.object({ host: z.string(), port: z.int() })])
    .optional(),
  end: processEndSchema.optional(),
})
export type ProcessRecord = z.infer<typeof processRecordSchema>

const processSetSchema = z.record(z.string(), processRecordSchema)
/** Processes of one version by their names. */
export type ProcessSet = z.infer<typeof processSetSchema>

/** What is known of a store on disk, so that a later backend adopts it. Holds no secret. */
const recordSchema = z.object({
  storeId: z.string(),
  engine: z.string(),
  version: z.string(),
  plan: z.string(),
  digest: z.string(),
  /** the user that only this store has; absent when it runs as the backend's own */
  uid: z.int().optional(),
  /** the run of the kernel in which the processes live */
  bootId: z.string(),
  wanted: z.enum(["running", "stopped"]),
  fromTemplate: z.boolean(),
  /** its data were there once: without them now they are lost */
  hasData: z.boolean(),
  ports: z.record(z.string(), z.int()),
  /** where its processes run */
  side: z.enum(sides).default("a"),
  processes: processSetSchema,
  /** what runs on the other side, and has no visitors yet */
  beside: z
    .object({
      version: z.string(),
      plan: z.string(),
      digest: z.string(),
      processes: processSetSchema,
    })
    .optional(),
  /** what another version took the place of, and has to end */
  retiring: processSetSchema.default({}),
  /** a hook that runs, or ran when the backend ended */
  hook: z.object({ name: z.string(), process: processNameSchema }).optional(),
  revisions: z.array(revisionSchema),
  groups: z.array(z.string()),
})
export type StoreRecord = z.infer<typeof recordSchema>

/** All sets of its processes, whatever they are there for. */
export const setsOf = ({ processes, beside, retiring }: StoreRecord): ProcessSet[] => [
  processes,
  ...(beside ? [beside.processes] : []),
  retiring,
]

/** Every process of all of them. */
export const processesIn = (record: StoreRecord): ProcessSet[string][] =>
  setsOf(record).flatMap((set) => Object.values(set))

export async function saveRecord(settings: Settings, record: StoreRecord): Promise<void> {
  const text = JSON.stringify(record)
  if (written.get(record) === text) return
  const path = placesOf(settings, record.storeId).record
  await writeFile(`${path}.new`, text, { mode: 0o600 })
  await rename(`${path}.new`, path)
  written.set(record, text)
}

/** What is on disk of a record: most sweeps find nothing new to write. */
const written = new WeakMap<StoreRecord, string>()

/** Nothing when there is none, or none that can be read: then `ensure` makes it anew around what is there. */
export async function loadRecord(settings: Settings, id: string): Promise<StoreRecord | undefined> {
  const text = await readFile(placesOf(settings, id).record, "utf8").catch(() => undefined)
  if (text === undefined) return undefined
  const parsed = recordSchema.safeParse(parseJson(text))
  if (!parsed.success) settings.log.error({ store: id }, "the record of a store cannot be read")
  return parsed.data
}

export async function storeIdsOnDisk({ dataRoot }: Settings): Promise<string[]> {
  const names = await readdir(`${dataRoot}/stores`).catch(() => [])
  return names.filter((name) => name.startsWith("sto_"))
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Half a record: the disk was full or broke.
    return undefined
  }
}
