import { fault } from "@vibecaas/kernel/fault"
import { type Lock, tryLock } from "@vibecaas/kernel/name-lock"
import { isUnused } from "@vibecaas/kernel/processes"
import { startedByRoot } from "./root.ts"

/** The users of stores: each has one that no other store on this host has, whoever launched it. */
export interface Uids {
  /** @returns nothing when we are not root: stores then run as ourselves */
  claim(preferred: number | undefined): Promise<number | undefined>
  /** true for one that is ours alone, so that all its processes may be ended */
  owns(uid: number | undefined): boolean
  release(uid: number | undefined): void
  close(): void
}

export function makeUids(range: { first: number; count: number }): Uids {
  const locks = new Map<number, Lock>()
  const take = async (uid: number, mayRun: boolean): Promise<boolean> => {
    if (locks.has(uid)) return false
    const lock = await tryLock(`vibecaas-store-uid-${uid}`)
    if (!lock) return false
    if (!mayRun && !(await isUnused(uid))) {
      lock.release()
      return false
    }
    locks.set(uid, lock)
    return true
  }
  return {
    async claim(preferred) {
      if (!startedByRoot()) return undefined
      // The store's own processes may have it already: we adopt them.
      if (preferred !== undefined && (locks.has(preferred) || (await take(preferred, true)))) {
        return preferred
      }
      for (let uid = range.first; uid < range.first + range.count; uid++) {
        if (await take(uid, false)) return uid
      }
      throw fault("host_full", {
        say: "This host runs as many stores as it has user ids for. Delete one and try again.",
        note: `uids ${range.first} and ${range.count - 1} more`,
        retryable: true,
      })
    },
    owns: (uid) => uid !== undefined && locks.has(uid),
    release(uid) {
      if (uid === undefined) return
      locks.get(uid)?.release()
      locks.delete(uid)
    },
    close() {
      for (const lock of locks.values()) lock.release()
      locks.clear()
    },
  }
}
