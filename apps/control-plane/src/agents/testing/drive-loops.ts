import { silentLog } from "@vibecaas/kernel/log"
import type { Key } from "@vibecaas/reconcile/key"
import { limitsOf, verdictOnFailure } from "@vibecaas/reconcile/limits"
import type { LoopDefinition, Turn } from "@vibecaas/reconcile/loop"
import type { Pool } from "pg"

/**
 * The smallest thing that can drive the kind's loops in a test: it asks what is due and runs a turn
 * for each key, again and again, until nothing is due. Leases and queues have tests of their own.
 */
export function makeDriver(pool: Pick<Pool, "query">) {
  const keys = async (kind: string): Promise<Key[]> => {
    const { rows } = await pool.query("select organization_id, id from due_objects($1)", [kind])
    return rows.map((row) => ({ organizationId: row.organization_id, id: row.id }))
  }
  const due = { runs: () => keys("runs"), tasks: () => keys("tasks") }
  return {
    due,
    async settle(loops: readonly LoopDefinition[]): Promise<void> {
      const never = new AbortController().signal
      for (let round = 0; round < 500; round++) {
        const open = await due.runs()
        if (open.length === 0) return
        for (const loop of loops) {
          const waiting = await loop.due(never)
          await Promise.all(waiting.map((key) => turn(loop, key)))
        }
      }
      throw new Error("the runs did not come to their end in 500 rounds")
    },
  }
}

let counter = 0
/** Higher than any before, in this process and in those that were killed. */
const nextFence = () => BigInt(Date.now()) * 1000n + BigInt(counter++ % 1000)

async function turn(loop: LoopDefinition, key: Key): Promise<void> {
  for (let failures = 1; ; failures++) {
    const now: Turn = {
      loop: loop.name,
      key,
      reason: "sweep",
      signal: new AbortController().signal,
      log: silentLog,
      fence: nextFence(),
      correction: () => {},
    }
    try {
      await loop.reconcile(now)
      return
    } catch (error) {
      const limits = limitsOf(loop.limits)
      const verdict = verdictOnFailure(limits, { error, failures, progress: undefined })
      if (verdict && (await loop.giveUp?.(now, verdict)) !== "keep-trying") return
    }
  }
}
