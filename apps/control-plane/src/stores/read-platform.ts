import {
  type QueuedStore,
  queuedStore,
  type StoreMetrics,
  storeMetrics,
} from "@vibecaas/contract/store-platform"
import { storeSells, storeStates } from "@vibecaas/contract/store-states"
import type { FileContent } from "../core/kind.ts"
import { countByState, listDays, listFailures, listQueue } from "./queries/platform.ts"
import type { StoresParts } from "./stores-parts.ts"

type Reading = Pick<StoresParts, "database" | "clock">

/** Stores that are made now, then those that wait, with their places. */
export async function readQueue({ database }: Reading): Promise<QueuedStore[]> {
  const rows = await database.asPlatform(listQueue)
  let place = 0
  return rows.map(({ admittedAt, queuedAt, ...row }) =>
    queuedStore.parse({
      ...row,
      position: admittedAt ? null : ++place,
      since: queuedAt.toISOString(),
      admittedAt: admittedAt?.toISOString() ?? null,
    }),
  )
}

const dayMs = 24 * 60 * 60 * 1000

/** What was made and what failed on the last days, of all organizations and of nobody. */
export async function readMetrics(
  { database, clock }: Reading,
  days: number,
): Promise<StoreMetrics> {
  const until = clock.now()
  const since = new Date(until.getTime() - (days - 1) * dayMs)
  return database.asPlatform(async (tx) => {
    const states = await countByState(tx)
    const sum = (wanted: readonly string[]) =>
      states
        .filter(({ state }) => wanted.includes(state))
        .reduce((all, { count }) => all + count, 0)
    const made = await listDays(tx, { since, until })
    return storeMetrics.parse({
      active: sum(storeStates.filter(storeSells)),
      queued: sum(["requested", "queued"]),
      days: made.map(({ p50, p95, p99, ...day }) => ({
        ...day,
        ...{ p50Seconds: p50, p95Seconds: p95, p99Seconds: p99 },
      })),
      failures: await listFailures(tx, since),
    })
  })
}

/** The same as lines for a spreadsheet. */
export function metricsCsv(parts: Reading, days: number): FileContent {
  return { name: "store-metrics.csv", pieces: linesOf(parts, days) }
}

const columns = [
  "day",
  "engine",
  "created",
  "ready",
  "failed",
  "active",
  "p50Seconds",
  "p95Seconds",
  "p99Seconds",
] as const

async function* linesOf(parts: Reading, days: number) {
  yield `${columns.join(",")}\r\n`
  const { days: rows } = await readMetrics(parts, days)
  // Names of engines are words, so nothing here needs quotes.
  for (const row of rows) yield `${columns.map((column) => row[column] ?? "").join(",")}\r\n`
}
