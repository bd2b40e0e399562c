import { stat } from "node:fs/promises"
import { dirname } from "node:path"
import type { Account } from "./run-as.ts"

/** The outermost folder on the way to `path`, itself included, that an account may not pass through. */
export async function blockedFolder(path: string, account: Account): Promise<string | undefined> {
  const parent = dirname(path)
  const above = parent === path ? undefined : await blockedFolder(parent, account)
  if (above !== undefined) return above
  const { mode, uid, gid } = await stat(path)
  const own = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001
  return (mode & own) === 0 ? path : undefined
}
