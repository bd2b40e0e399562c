import { fault } from "@vibecaas/kernel/fault"
import { type Lock, tryLock } from "@vibecaas/kernel/name-lock"
import { isUnused } from "@vibecaas/kernel/processes"

export interface ClaimedUid {
  uid: number
  release(): void
}

/**
 * A uid that no other live machine on this host has, whoever launched it.
 *
 * @param preferred the owner of the data directory, so that a restarted machine finds its files
 */
export async function claimUid(
  range: { first: number; count: number },
  preferred: number,
): Promise<ClaimedUid> {
  for (const uid of candidates(range, preferred)) {
    const lock: Lock | undefined = await tryLock(`vibecaas-uid-${uid}`)
    if (!lock) continue
    if (await isUnused(uid)) return { uid, release: lock.release }
    lock.release()
  }
  throw fault("host_full", {
    say: "This host runs as many machines as it has user ids for. Stop one and try again.",
    note: `uids ${range.first} and ${range.count - 1} more`,
    retryable: true,
  })
}

function* candidates(range: { first: number; count: number }, preferred: number) {
  const end = range.first + range.count
  if (preferred >= range.first && preferred < end) yield preferred
  for (let uid = range.first; uid < end; uid++) if (uid !== preferred) yield uid
}
