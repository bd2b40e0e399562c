import { type FaultCode, isFaultCode } from "@vibecaas/contract/faults"
import { fault } from "@vibecaas/kernel/fault"
import { z } from "zod"

/** What an agent may answer. Parsed, never trusted: a guest can send anything. */
export const execReply = z.object({
  exitCode: z.int().nullable(),
  signal: z.string().max(20).nullable(),
  timedOut: z.boolean(),
  truncated: z.boolean(),
  durationMs: z.number().nonnegative(),
})

/** The app of a machine. */
export const appReply = z.object({
  state: z.enum(["none", "starting", "listening", "exited"]),
  pid: z.int().optional(),
  exitCode: z.int().optional(),
  signal: z.string().max(20).optional(),
  /** why we stopped it */
  reason: z.enum(["disk_full"]).optional(),
  startedAt: z.iso.datetime().optional(),
  outputBytes: z.number().nonnegative(),
})
export type AppStatus = z.infer<typeof appReply>

/** `[bytes from the beginning of what was sent, instant in ms]`; agents of old say nothing of it */
export const logReply = z.object({
  printedAt: z
    .array(z.tuple([z.int().nonnegative(), z.int().nonnegative()]))
    .max(2000)
    .default([]),
})

/** What a machine uses at one moment. */
export const useReply = z.object({
  /** processors that are busy, e.g. 0.5 */
  processors: z.number().nonnegative(),
  memoryBytes: z.number().nonnegative(),
  /** of /data; `null` with too many files to count */
  diskBytes: z.number().nonnegative().nullable(),
  processes: z.int().nonnegative(),
})
export type MachineUse = z.infer<typeof useReply>

/** where a layer lies in the machine */
export const layerReply = z.object({ path: z.string().max(4096).nullable() })

export const portReply = z.object({ port: z.int().min(1).max(65535) })

/** `[path below the root, bytes, mode, git blob SHA-1]` */
export const scanLine = z.tuple([
  z.string().min(1).max(4096),
  z.int().nonnegative(),
  z.int(),
  z.string().regex(/^[0-9a-f]{40}$/),
])

export function parseReply<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw brokenGuest(parsed.error.message)
  return parsed.data
}

export function brokenGuest(note: string) {
  return fault("guest_broken", {
    say: "The machine gave an answer that makes no sense. Restart it; files and data are kept.",
    note,
    retryable: true,
  })
}

/** Nobody answers for the machine. */
export function silentGuest(cause: unknown) {
  return fault("guest_silent", {
    say: "The machine does not answer. It will be started again; your files and data are kept.",
    note: String(cause),
    retryable: true,
    cause,
  })
}

export function lostGuest(note: string) {
  return fault("guest_lost", {
    say: "The connection to the machine was lost. Try again; files and data are kept.",
    note,
    retryable: true,
  })
}

const sentences: Partial<Record<FaultCode, string>> = {
  not_found: "That file does not exist in the machine.",
  not_a_file: "That path is not a regular file.",
  outside: "That path or port does not belong to this project's machine.",
  too_large: "That file is larger than what was asked for.",
  too_many_files: "There are more files than the platform handles.",
  spawn_failed: "The command could not be started: the program was not found or may not run.",
  too_many_processes:
    "The machine runs as many programs as it may. Wait until some of them have ended, and try again.",
  port_closed: "Nothing answers on that port of the machine.",
  disk_full: "The machine's disk is full. Remove some files and try again.",
  refused: "The machine's system refused that: no permission.",
}

/** A failure that the agent reports: our own sentence, its words only as a note. */
export function guestFault(code: string, message: string) {
  const known = isFaultCode(code) && Object.hasOwn(sentences, code) ? code : undefined
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  const note = message.slice(0, 500).replace(/[\u0000-\u001f\u007f]/g, " ")
  return fault(known ?? "guest_failed", {
    say: (known && sentences[known]) ?? "The machine could not do that.",
    note,
    retryable: code === "port_closed" || code === "too_many_processes",
  })
}
