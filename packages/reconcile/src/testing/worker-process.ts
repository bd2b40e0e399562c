import { setTimeout as delay } from "node:timers/promises"
import { systemClock } from "@vibecaas/kernel/clock"
import { silentLog } from "@vibecaas/kernel/log"
import { fenceArguments } from "../fence.ts"
import { makeListener } from "../listen.ts"
import type { Turn } from "../loop.ts"
import { makeLoops } from "../loops.ts"
import { done } from "../next.ts"
import { makePool } from "./world.ts"

/**
 * A process with one loop, to be killed or stopped in mid-turn: each turn writes `begins`, works
 * for `workMs` whatever its signal says, then writes `ends` if its fence is current, else `late`.
 * The key `poison` ends its process at once. Four tries are too many.
 *
 * argv: connection string, loop, worker's name (the lease's holder), instance, workMs
 */
const [connectionString = "", loop = "", worker = "", instance = "", workMs = "0"] =
  process.argv.slice(2)
const pool = makePool(connectionString)

async function write(turn: Turn, event: string, onlyIfCurrent: boolean): Promise<boolean> {
  const { rowCount } = await pool.query(
    `insert into journal (key, worker, event, fence) select $2, $4, $5, $3
     where not $6 or reconcile_fence_current($1, $2, $3)`,
    [...fenceArguments(turn), worker, event, onlyIfCurrent],
  )
  return rowCount === 1
}

const parts = { clock: systemClock, log: silentLog }
const listener = makeListener({ url: connectionString, ...parts })
const loops = makeLoops({
  ...{ ...parts, pool, listener },
  backoff: { delayMs: 100 },
  holder: { holder: worker, instance },
})
loops.add({
  name: loop,
  description: "Works for a while and writes it down.",
  concurrency: 4,
  sweepEveryMs: 600_000,
  due: async () => [],
  limits: { triesMax: 4 },
  giveUp: async (turn, { cause }) => {
    await write(turn, `gives up after ${cause}`, true)
    return "give-up"
  },
  reconcile: async (turn) => {
    await write(turn, "begins", false)
    if (turn.key.id === "poison") process.kill(process.pid, "SIGKILL")
    await delay(Number(workMs))
    const current = await write(turn, "ends", true)
    if (!current) await write(turn, "late", false)
    return done
  },
})
listener.start()
await loops.start()
await pool.query("insert into journal (key, worker, event) values ('', $1, 'started')", [worker])
process.on("SIGTERM", () => void loops.stop(0).then(() => process.exit(0)))
