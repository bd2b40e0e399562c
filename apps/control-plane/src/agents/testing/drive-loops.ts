import type { Key } from "@vibecaas/reconcile/key"
import { limitsOf, verdictOnFailure } from "@vibecaas/reconcile/limits"
import type { LoopDefinition } from "@vibecaas/reconcile/loop"
import type { Pool } from "pg"
import { testTurn } from "../../db/testing/test-turn.ts"

/**
 * The smallest thing that can drive the kind's loops in a test: it asks what is due and runs a turn
 * for each key, again and again, until nothing is due or all that is left waits for people. Leases and queues have tests of their own.
 */
export function makeDriver(pool: Pick<Pool, "query">) {
  const keys = async (kind: string): Promise<Key[]> => {
    const { rows } = await pool.query("select organization_id, id from due_objects($1)", [kind])
    return rows.map((row) => ({ organizationId: row.organization_id, id: row.id }))
  }
  const due = {
    runs: () => keys("runs"),
    tasks: () => keys("tasks"),
    comparisons: () => keys("comparisons"),
  }
  return {
    due,
    async settle(loops: readonly LoopDefinition[]): Promise<void> {
      const never = new AbortController().signal
      let idle = 0
      for (let round = 0; round < 500; round++) {
        const open = [...(await due.runs()), ...(await due.comparisons())]
        if (open.length === 0) return
        // Runs have a turn before what was not due counts as waiting for people.
        idle = (await due.tasks()).length > 0 ? 0 : idle + 1
        if (idle > 4 && (await someoneAsks(pool))) return
        for (const loop of loops) {
          const waiting = await loop.due(never)
          await Promise.all(waiting.map((key) => takeTurns(pool, loop, key)))
        }
      }
      throw new Error("the runs did not come to their end in 500 rounds")
    },
  }
}

async function someoneAsks(pool: Pick<Pool, "query">): Promise<boolean> {
  const { rows } = await pool.query(`
    select from run_inquiries where state = 'open'
    union all select from comparisons where state = 'deciding' limit 1`)
  return rows.length > 0
}

async function takeTurns(pool: Pick<Pool, "query">, loop: LoopDefinition, key: Key): Promise<void> {
  for (let failures = 1; ; failures++) {
    const turn = await testTurn(pool, { loop: loop.name, key })
    try {
      await loop.reconcile(turn)
      return
    } catch (error) {
      const limits = limitsOf(loop.limits)
      const verdict = verdictOnFailure(limits, { error, failures, progress: undefined })
      if (verdict && (await loop.giveUp?.(turn, verdict)) !== "keep-trying") return
    }
  }
}
