import { copyFile, open, readdir, stat, truncate } from "node:fs/promises"
import type { LogPart, LogQuery } from "../../backend.ts"
import { linesOf } from "../../log-lines.ts"
import { nameOfPart, placesOf } from "./layout.ts"
import type { Settings } from "./options.ts"

const bytesRead = 256 * 1024

/** Opens the log of a process or hook for adding to it; whoever has it open writes at its end. */
export async function openLog(settings: Settings, storeId: string, of: string) {
  const path = logPath(settings, storeId, of)
  await rotate(settings, path)
  return open(path, "a", 0o600)
}

export const logPath = (settings: Settings, storeId: string, of: string) =>
  `${placesOf(settings, storeId).logs}/${of}.log`

/** A log that grew long becomes `….log.1`; what was written in between is in one of the two. */
export async function rotateLogs(settings: Settings, storeId: string): Promise<void> {
  for (const of of await logsOf(settings, storeId)) {
    await rotate(settings, logPath(settings, storeId, of))
  }
}

async function rotate({ logBytesMax }: Settings, path: string): Promise<void> {
  const { size } = await stat(path).catch(() => ({ size: 0 }))
  if (size < logBytesMax) return
  await copyFile(path, `${path}.1`)
  // Writers have it open for appending: the next line is the first.
  await truncate(path, 0)
}

export async function readLogs(
  settings: Settings,
  storeId: string,
  { of, linesMax }: LogQuery,
): Promise<LogPart> {
  const all = await logsOf(settings, storeId)
  const logs = await Promise.all(
    all
      .filter((name) => of === undefined || nameOfPart(name) === of)
      .map(async (name) => ({ name, at: await writtenAt(logPath(settings, storeId, name)) })),
  )
  // What was written last stands at the end, whichever program wrote it.
  const inOrder = logs.toSorted((one, other) => one.at - other.at)
  const parts = await Promise.all(
    inOrder.map(async ({ name }) => {
      const { text, cut } = await readEnd(logPath(settings, storeId, name), bytesRead)
      return { cut, lines: linesOf(text).map((line) => ({ of: nameOfPart(name), text: line })) }
    }),
  )
  const lines = parts.flatMap((part) => part.lines)
  return {
    lines: lines.slice(-linesMax),
    cut: lines.length > linesMax || parts.some(({ cut }) => cut),
  }
}

/** The end of a file from a byte on, or of its last `bytes`. */
export async function readEnd(
  path: string,
  bytes: number,
  from = 0,
): Promise<{ text: string; cut: boolean }> {
  const file = await open(path, "r").catch(() => undefined)
  if (!file) return { text: "", cut: false }
  try {
    const { size } = await file.stat()
    const start = Math.max(from, size - bytes)
    const buffer = Buffer.alloc(Math.max(0, size - start))
    await file.read(buffer, 0, buffer.length, start)
    return { text: buffer.toString("utf8"), cut: start > from }
  } finally {
    await file.close()
  }
}

const writtenAt = async (path: string) => (await stat(path).catch(() => undefined))?.mtimeMs ?? 0

async function logsOf(settings: Settings, storeId: string): Promise<string[]> {
  const names = await readdir(placesOf(settings, storeId).logs).catch(() => [])
  return names.filter((name) => name.endsWith(".log")).map((name) => name.slice(0, -4))
}
