// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react"
import type { ProjectBudget } from "@vibecaas/contract/project-budget"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, Refused } from "../testing/fake-api.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { BudgetPanel } from "./budget-panel.tsx"

const me = mara()
const app = project({ name: "Tulips", organizationId: me.organizations[0]?.id ?? "org_" })
const budget: ProjectBudget = {
  ...{ tokensMax: null, centsMax: 500, minutesMax: null, version: 3 },
  used: { tokens: 31_000, cents: 120, minutes: 4.25 },
  beginsAnew: "2026-12-01T00:00:00.000Z",
}

function show(more: FakeHandlers = {}) {
  const api = fakeApi({ "GET /projects/{projectId}/budget": () => budget, ...more })
  return { ...draw(<BudgetPanel project={app} />, { me, at: "/" }), api }
}
const field = (name: string) => screen.findByLabelText<HTMLInputElement>(name)
const save = () => screen.getByRole("button", { name: "Save budget" })

test("what a month may have stands beside what it used, and empty is no limit", async () => {
  show()
  expect((await field("US dollars")).value).toBe("5")
  expect((await field("Tokens")).value).toBe("")
  screen.getByText("$1.20 used this month")
  screen.getByText("31,000 used this month")
  screen.getByText("4.3 used this month")
})

test("a change is sent in cents, on the version that was read, and an emptied field is no limit", async () => {
  const changed = { ...budget, centsMax: null, tokensMax: 2_000_000, version: 4 }
  const { user, api } = show({ "PATCH /projects/{projectId}/budget": () => changed })
  await user.clear(await field("US dollars"))
  await user.type(await field("Tokens"), "2,000,000")
  await user.click(save())
  await waitFor(() =>
    expect(api.sent("PATCH")).toMatchObject([
      { body: { centsMax: null, tokensMax: 2_000_000, minutesMax: null } },
    ]),
  )
})

test("what is no number is not sent, and a change that somebody else was faster with is told so", async () => {
  const late = () => new Refused({ status: 412, detail: "Somebody else changed this budget." })
  const { user, api } = show({ "PATCH /projects/{projectId}/budget": late })
  await user.type(await field("Tokens"), "many")
  await user.click(save())
  await screen.findByText("Use a number.")
  expect(api.sent("PATCH")).toEqual([])
  await user.clear(await field("Tokens"))
  await user.type(await field("Tokens"), "5")
  await user.click(save())
  await screen.findByText(/Somebody changed the budget meanwhile/)
  expect((await field("Tokens")).value).toBe("5")
})
