import { open, readFile, rm, writeFile } from "node:fs/promises"
import { fault } from "@vibecaas/kernel/fault"
import { linesOf } from "../../log-lines.ts"
import type { RunTool } from "./datastore.ts"
import { placesOf } from "./layout.ts"
import type { Local } from "./local.ts"
import type { StoreRecord } from "./record.ts"
import { runInside } from "./run-inside.ts"

const limits = { memoryMiB: 512, cpuCount: 1, diskMiB: 64 * 1024, processesMax: 64 }

/** Runs small programs as a store: dumps, archives, files of its own. */
export function toolOf(local: Local, record: StoreRecord): RunTool {
  const places = placesOf(local.settings, record.storeId)
  return async (tool) => {
    const words = `${places.home}/tool.err`
    await using files = new AsyncDisposableStack()
    const opened = async (path: string, flags: string) => {
      const file = await open(path, flags, 0o600)
      files.defer(() => file.close())
      return file.fd
    }
    const err = await opened(words, "w")
    files.defer(() => rm(words, { force: true }))
    const out = tool.stdoutFile === undefined ? err : await opened(tool.stdoutFile, "w")
    const stdin = await inputOf(tool, `${places.home}/tool.in`, opened)
    const ended = await runInside(local, record, {
      timeoutMs: tool.timeoutMs,
      program: {
        ...{ argv: tool.argv, env: tool.env ?? {}, cwd: places.work, part: "tool" },
        ...{ group: "work", side: "a", network: false, limits, out, err },
        readOnly: tool.readOnly ?? [],
        ...(stdin === undefined ? {} : { stdin }),
      },
    })
    if (ended.exitCode === 0) return
    const said = linesOf(await readFile(words, "utf8").catch(() => "")).slice(-20)
    throw fault("spawn_failed", {
      say: `A program that keeps the store's data failed${ended.timedOut ? ": it took too long" : ""}.`,
      note: `${tool.argv[0]} ended by ${ended.signal ?? ended.exitCode}: ${said.join("\n")}`,
      retryable: true,
    })
  }
}

async function inputOf(
  tool: Parameters<RunTool>[0],
  path: string,
  opened: (path: string, flags: string) => Promise<number>,
): Promise<number | undefined> {
  if (tool.stdinFile !== undefined) return opened(tool.stdinFile, "r")
  if (tool.stdin === undefined) return undefined
  await rm(path, { force: true })
  await writeFile(path, tool.stdin, { mode: 0o600 })
  const fd = await opened(path, "r")
  // It has the file open: nobody needs its name.
  await rm(path, { force: true })
  return fd
}
