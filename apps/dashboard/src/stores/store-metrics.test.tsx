// @vitest-environment jsdom
import { screen, within } from "@testing-library/react"
import type { StoreMetrics } from "@vibecaas/contract/store-platform"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi } from "../testing/fake-api.ts"
import { at, id } from "../testing/numbered.ts"
import { mara } from "../testing/people.ts"
import { StoreMetricsScreen } from "./store-metrics-screen.tsx"

const me = { ...mara(), platformAdmin: true }
const organizationId = me.organizations[0]?.id ?? "org_"

const none = { created: 0, ready: 0, failed: 0, active: 0 } as const
const untimed = { p50Seconds: null, p95Seconds: null, p99Seconds: null } as const
const timed = { p50Seconds: 22, p95Seconds: 31, p99Seconds: 40 }
const metrics: StoreMetrics = {
  ...{ active: 4, queued: 1 },
  days: [
    { day: "2026-11-29", engine: "medusa", ...none, ...untimed },
    { day: "2026-11-29", engine: "simulator", ...none, ...untimed },
    { day: "2026-11-30", engine: "medusa", created: 3, ready: 2, failed: 1, active: 2, ...timed },
    { day: "2026-11-30", engine: "simulator", ...none, created: 1, ready: 1, active: 1, ...timed },
  ],
  failures: [{ kind: "out_of_memory", count: 1 }],
}
const queued = (name: string, position: number | null) => ({
  ...{ storeId: id("sto", name.length), organizationId, name, engine: "medusa", position },
  ...{ since: at, admittedAt: position === null ? at : null },
})

test("who runs the installation sees who waits, and each day's stores, failures and times by engine", async () => {
  fakeApi({
    "GET /queue": () => ({ atOnce: 1, items: [queued("Tulips", null), queued("Mugs", 1)] }),
    "GET /platform/store-metrics": () => metrics,
  })
  const { user } = draw(<StoreMetricsScreen />, { me, at: "/store-metrics" })
  const queue = await screen.findByRole("table", { name: "Queue" })
  within(queue).getByRole("row", { name: /Being made Tulips medusa/ })
  within(queue).getByRole("row", { name: /#1 Mugs medusa/ })
  await screen.findByText("4 stores ready now, 1 waiting. What failed: out of memory 1.")
  const rowsOf = async (label: string) => {
    const figure = within(screen.getByRole("figure", { name: label }))
    await user.click(figure.getByRole("button", { name: "Show table" }))
    return figure.getAllByRole("row").map(({ textContent }) => textContent)
  }
  expect(await rowsOf("Stores asked for, by engine")).toEqual([
    ...["Daymedusasimulator", "2026-11-2900", "2026-11-3031"],
  ])
  expect(await rowsOf("Active stores at the end of the day")).toContain("2026-11-3021")
  expect(await rowsOf("Of those asked for: ready and failed")).toContain("2026-11-3031")
  expect(await rowsOf("Time to ready, medusa")).toContain("2026-11-3022.0 s31.0 s40.0 s")
  const csv = screen.getByRole("link", { name: "Save as CSV" })
  expect(csv.getAttribute("href")).toBe("/api/v1/platform/store-metrics/csv?days=30")
})
