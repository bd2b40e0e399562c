// @vitest-environment jsdom
import { fireEvent, screen, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, Refused } from "../testing/fake-api.ts"
import { id } from "../testing/numbered.ts"
import { UsageScreen } from "./usage-screen.tsx"

const quotas = {
  plan: "starter" as const,
  quotas: [
    { resource: "projects" as const, name: "Projects", used: 9, limit: 10 },
    { resource: "microvms" as const, name: "Machines", used: 2, limit: 2 },
  ],
  rates: [{ resource: "requests_a_minute", name: "Requests a minute", limit: 1000 }],
}
const usageRoute = "GET /organizations/{organizationId}/usage"
const quotaRoute = "GET /organizations/{organizationId}/quotas"
const projectsRoute = "GET /organizations/{organizationId}/usage/projects"
const period = { from: "2026-11-01T00:00:00.000Z", to: "2026-12-01T00:00:00.000Z" }
const none = { ...period, totals: [] }

function open(handlers: FakeHandlers = {}) {
  const api = fakeApi({
    [quotaRoute]: () => quotas,
    [usageRoute]: () => none,
    [projectsRoute]: () => ({ ...period, items: [] }),
    ...handlers,
  })
  return { ...draw(<UsageScreen />, { at: "/usage" }), api }
}

test("each limit is a meter that says how much of it is used", async () => {
  open()
  const meter = await screen.findByRole("meter", { name: "Projects" })
  expect(meter.getAttribute("aria-valuetext")).toBe("9 of 10 used")
  screen.getByText("Starter plan")
  screen.getByText("up to 1,000")
  await screen.findByText("Nothing metered in these days")
})

test("limits that could not be read leave the rest of the page, and are read again", async () => {
  const { user, api } = open({
    [quotaRoute]: () => new Refused({ status: 500, detail: "The database is away." }),
  })
  const limits = within(screen.getByRole("region", { name: "Limits" }))
  await limits.findByText("The database is away.")
  await screen.findByText("Nothing metered in these days")
  api.answer({ [quotaRoute]: () => quotas })
  await user.click(limits.getByRole("button", { name: "Try again" }))
  await limits.findByRole("meter", { name: "Machines" })
})

test("other days are asked for when one of them is changed", async () => {
  const { api } = open()
  await screen.findByText("Nothing metered in these days")
  fireEvent.change(screen.getByLabelText("From"), { target: { value: "2026-01-05" } })
  await screen.findByText("Nothing metered in these days")
  expect(api.calls.some(({ input }) => JSON.stringify(input).includes("2026-01-05"))).toBe(true)
})

test("what was metered is saved as a table, in the units it is counted in", async () => {
  const total = { meter: "machine.seconds", name: "Machine time", unit: "seconds", quantity: 90 }
  const saved: Blob[] = []
  URL.createObjectURL = (file) => `blob:${saved.push(file as Blob)}`
  URL.revokeObjectURL = () => undefined
  const { user } = open({ [usageRoute]: () => ({ ...none, totals: [total] }) })
  await screen.findByText("1 min 30 s", { selector: "td" })
  const metered = within(screen.getByRole("region", { name: "Metered" }))
  await user.click(metered.getByRole("button", { name: "Save as CSV" }))
  expect(await saved[0]?.text()).toMatch(
    /^From,To,Meter,What,Quantity,Unit\r\n[\d-]+,[\d-]+,machine.seconds,Machine time,90,seconds\r\n$/,
  )
})

test("what each project used and costs is a table that leads to it", async () => {
  const projectId = id("prj")
  const used = { machineSeconds: 3600, agentSeconds: 90, tokens: 12_000, cents: 130 }
  open({ [projectsRoute]: () => ({ ...period, items: [{ projectId, name: "Tulips", ...used }] }) })
  const row = await screen.findByRole("row", { name: /Tulips.*1 h 0 min.*1 min 30 s.*12,000/ })
  within(row).getByText("$1.30")
  const to = within(row).getByRole("link", { name: "Tulips" }).getAttribute("href")
  expect(to).toMatch(new RegExp(`/projects/${projectId}$`))
})

test("who runs the installation is led to where plans are changed, others read who can", async () => {
  open()
  await screen.findByText(/Who runs this installation can change it/)
  expect(screen.queryByRole("link", { name: "Change plan" })).toBeNull()
})
