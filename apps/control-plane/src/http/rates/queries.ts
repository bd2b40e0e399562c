import type { Database } from "../../db/tenant.ts"
import type { RateStore } from "./shared-rate-limiter.ts"
import type { Counter } from "./sliding-window.ts"

/** Counters in PostgreSQL: see `count_call` in the migration `rate_counters`. */
export function rateStoreInDatabase(database: Database): RateStore {
  return {
    async count(key, { window, share, max, windowSeconds }) {
      // Nothing of a window matters once the next one is over.
      const ends = new Date((window + 2) * windowSeconds * 1000)
      const text = `select count_was as "count", before_was as "before" from count_call($1, $2, $3, $4, $5)`
      const values = [key, window, share, max, ends]
      const [was] = await database.asPlatform((tx) =>
        tx.query<Omit<Counter, "window">>({ name: "rate_count", text }, values),
      )
      return was ?? { count: 0, before: 0 }
    },
    async uncount(key) {
      const text = `select uncount_call($1)`
      await database.asPlatform((tx) => tx.query({ name: "rate_uncount", text }, [key]))
    },
  }
}
