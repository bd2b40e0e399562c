import { Counter, Gauge, Histogram, type Registry } from "prom-client"
import type { StoreMeters } from "../stores/index.ts"

const provisionSeconds = [0.5, 1, 2, 4, 8, 15, 25, 45, 90, 180, 300, 600]

export interface CountedStores extends StoreMeters {
  /** who knows how many stores are in which state, asked whenever the metrics are read */
  countBy(count: () => Promise<{ engine: string; state: string; count: number }[]>): void
}

/** Counts what is done to stores. Labels are bounded: engines, works and kinds of failure are ours. */
export function makeStoreMeters(registry: Registry): CountedStores {
  const registers = [registry]
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter({ name: `vibecaas_store_${name}`, help, labelNames, registers })
  const made = counter("requests_total", "stores that were asked for", ["engine"])
  const failures = counter("failures_total", "works on stores that failed, by why", [
    "engine",
    "kind",
  ])
  const corrections = counter("corrections_total", "repairs of what changed without us", ["engine"])
  const works = counter("works_total", "works on stores that ended", ["engine", "work", "outcome"])
  const seconds = new Histogram({
    name: "vibecaas_store_provision_seconds",
    help: "from leaving the queue to the first order, or to failure",
    labelNames: ["engine", "outcome"],
    buckets: provisionSeconds,
    registers,
  })
  let count: Parameters<CountedStores["countBy"]>[0] = async () => []
  new Gauge({
    name: "vibecaas_stores",
    help: "stores of all organizations",
    labelNames: ["engine", "state"],
    registers,
    async collect() {
      this.reset()
      for (const row of await count()) this.set({ engine: row.engine, state: row.state }, row.count)
    },
  })
  return {
    made: (engine) => made.inc({ engine }),
    failed: (engine, kind) => failures.inc({ engine, kind }),
    corrected: (engine) => corrections.inc({ engine }),
    workEnded({ engine, work, outcome, seconds: took }) {
      works.inc({ engine, work, outcome })
      if (work === "provision") seconds.observe({ engine, outcome }, took)
    },
    countBy(counting) {
      count = counting
    },
  }
}
