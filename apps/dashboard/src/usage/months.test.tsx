// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi } from "../testing/fake-api.ts"
import { monthsUntil } from "./month.ts"
import { Months } from "./months.tsx"

test("months follow each other over the turn of a year", () => {
  const months = monthsUntil(Date.parse("2026-01-31T23:59:59Z"), 3)
  expect(months.map(({ name }) => name)).toEqual(["Nov", "Dec", "Jan"])
  expect(months[1]).toMatchObject({
    from: "2025-12-01T00:00:00.000Z",
    to: "2026-01-01T00:00:00.000Z",
  })
})

test("months in which nothing was metered show no chart", async () => {
  const api = fakeApi({
    "GET /organizations/{organizationId}/usage": ({ query }) => ({
      ...{ from: query.from ?? "", to: query.to ?? "" },
      totals: [{ meter: "tokens", name: "Tokens", unit: "tokens", quantity: 0 }],
    }),
  })
  draw(<Months />, { at: "/usage" })
  await waitFor(() => expect(screen.queryByRole("region", { name: "By month" })).toBeNull())
  expect(api.calls).toHaveLength(6)
})

test("the numbers of the chart stand in a table too, of the meter that was chosen", async () => {
  const meter = (name: string, unit: string, quantity: number) => ({
    ...{ meter: name.toLowerCase(), name, unit, quantity },
  })
  fakeApi({
    "GET /organizations/{organizationId}/usage": ({ query }) => ({
      ...{ from: query.from ?? "", to: query.to ?? "" },
      totals: [meter("Machine time", "seconds", 90), meter("Tokens", "tokens", 1200)],
    }),
  })
  const { user } = draw(<Months />, { at: "/usage" })
  await user.click(await screen.findByRole("button", { name: "Show table" }))
  const table = (name: string) => within(screen.getByRole("table", { name }))
  expect(table("Machine time by month").getAllByText("1 min 30 s")).toHaveLength(6)
  screen.getByRole("combobox", { name: "Meter" }).focus()
  await user.keyboard("{Enter}")
  await screen.findByRole("option", { name: "Tokens" })
  await user.keyboard("t{Enter}")
  expect(table("Tokens by month").getAllByText("1,200 tokens")).toHaveLength(6)
})
