import { fault } from "@vibecaas/kernel/fault"
import type { HookSpec, ProcessSpec } from "../../engine.ts"
import type { Side } from "./layout.ts"
import { placesOf } from "./layout.ts"
import type { Local } from "./local.ts"
import type { StoreRecord } from "./record.ts"
import { toolOf } from "./tool.ts"

type WithFiles = Pick<ProcessSpec | HookSpec, "workFiles" | "workLinks">

/**
 * Lays an engine's files and links into the store's work folder. The store itself does it: the folder is
 * its own, and what it may have put there must not lead us elsewhere.
 */
export async function layWorkFiles(
  local: Local,
  { record, side }: { record: StoreRecord; side: Side },
  { workFiles = {}, workLinks = {} }: WithFiles,
): Promise<void> {
  const paths = [...Object.keys(workFiles), ...Object.keys(workLinks)]
  if (paths.length === 0) return
  for (const path of paths) checkRelative(path)
  const { settings, staged } = local
  const program = await staged.program(`${import.meta.dirname}/program`)
  const { works, files } = placesOf(settings, record.storeId)
  await toolOf(
    local,
    record,
  )({
    argv: [staged.nodePath, `${program}/lay-files.ts`, works[side], `${files}/`],
    stdin: JSON.stringify({ files: workFiles, links: workLinks }),
    readOnly: [program],
    timeoutMs: 60_000,
  })
}

function checkRelative(path: string): void {
  const parts = path.split("/")
  if (!parts.some((part) => part === "" || part === "." || part === "..")) return
  throw fault("invalid", { say: "The engine names a file outside of the store.", note: path })
}
