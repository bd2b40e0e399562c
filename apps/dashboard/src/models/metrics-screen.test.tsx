// @vitest-environment jsdom
import { screen, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi } from "../testing/fake-api.ts"
import { metrics } from "../testing/metrics.ts"
// Loaded by the page when they are wanted; here before the tests, whose time it would take.
import "../ui/select-list.tsx"
import { MetricsScreen } from "./metrics-screen.tsx"

const route = "GET /organizations/{organizationId}/models/metrics"
type Reply = Exclude<
  Awaited<ReturnType<NonNullable<FakeHandlers[typeof route]>>>,
  { problem: object }
>
const span = { from: "2026-11-01T00:00:00.000Z", to: "2026-12-01T00:00:00.000Z" }

function open(reply: Partial<Reply> = {}) {
  const api = fakeApi({ [route]: () => ({ ...span, models: [], days: [], ...reply }) })
  return { api, ...draw(<MetricsScreen />, { at: "/agents" }) }
}

test("each agent and model has its numbers with their units", async () => {
  const { api } = open({ models: [metrics()] })
  const row = within(await screen.findByRole("row", { name: /^Backend ?claude-sonnet-4-5/ }))
  for (const words of ["0.8 s", "61.4 tokens/s", "1 min 35 s", "$0.31"])
    expect(row.getByText(words, { exact: false })).toBeTruthy()
  row.getByText("3 of 4 tasks", { exact: false })
  row.getByText("2 requests again, 1 unanswered", { exact: false })
  expect(api.calls[0]?.input.query).toMatchObject({ from: expect.any(String) })
})

test("another measure is another chart, with a table behind it", async () => {
  const { role: _, ...did } = metrics({ costCents: 1234 })
  const today = new Date().toISOString().slice(0, 10)
  const { user } = open({ models: [metrics()], days: [{ ...did, day: today }] })
  const first = within(
    await screen.findByRole("figure", { name: "Time to the first piece by day" }),
  )
  await user.click(first.getByRole("button", { name: "Show table" }))
  await user.click(screen.getByRole("combobox", { name: "Measure" }))
  await user.click(await screen.findByRole("option", { name: "Cost" }))
  const chart = within(await screen.findByRole("figure", { name: "Cost by day" }))
  chart.getByText("$12.34")
})

test("days without agents say what would be seen", async () => {
  open()
  await screen.findByText("No agent asked a model in these days")
})
