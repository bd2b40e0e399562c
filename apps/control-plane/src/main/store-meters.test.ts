import { Registry } from "prom-client"
import { expect, test } from "vitest"
import { makeStoreMeters } from "./store-meters.ts"

test("what is done to stores is counted by engine, work and why it failed, and how long making takes", async () => {
  const registry = new Registry()
  const meters = makeStoreMeters(registry)
  meters.countBy(async () => [{ engine: "medusa", state: "ready", count: 3 }])
  meters.made("medusa")
  meters.workEnded({ engine: "medusa", work: "provision", outcome: "done", seconds: 12 })
  meters.workEnded({ engine: "medusa", work: "upgrade", outcome: "failed", seconds: 30 })
  meters.failed("medusa", "upgrade_failed")
  meters.corrected("medusa")
  const text = await registry.metrics()
  for (const line of [
    'vibecaas_store_requests_total{engine="medusa"} 1',
    'vibecaas_store_works_total{engine="medusa",work="upgrade",outcome="failed"} 1',
    'vibecaas_store_failures_total{engine="medusa",kind="upgrade_failed"} 1',
    'vibecaas_store_corrections_total{engine="medusa"} 1',
    'vibecaas_store_provision_seconds_bucket{le="8",engine="medusa",outcome="done"} 0',
    'vibecaas_store_provision_seconds_bucket{le="15",engine="medusa",outcome="done"} 1',
    'vibecaas_store_provision_seconds_count{engine="medusa",outcome="done"} 1',
    'vibecaas_stores{engine="medusa",state="ready"} 3',
  ])
    expect(text).toContain(`${line}\n`)
})
