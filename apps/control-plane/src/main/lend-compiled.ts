import { symlink } from "node:fs/promises"
import { getCompileCacheDir } from "node:module"
import { basename, dirname } from "node:path"
import type { Account } from "../db/cluster/run-as.ts"

/**
 * Lets another account find what Node compiled for us before: it reads there and can change nothing.
 * Node names the folder of each user `…-<uid>` (lib `module`, `getCompileCacheDir`).
 *
 * @returns the value of `NODE_COMPILE_CACHE` for a process of that account; nothing when this process
 *   was started without a cache
 */
export async function lendCompiled(account: Account | undefined): Promise<string | undefined> {
  const own = getCompileCacheDir()
  if (own === undefined) return undefined
  const lent = own.replace(/-\d+$/, `-${account?.uid}`)
  // A start without the cache is slower and nothing else; most often the link is there already.
  if (account && lent !== own) await symlink(basename(own), lent).catch(() => {})
  return dirname(own)
}
