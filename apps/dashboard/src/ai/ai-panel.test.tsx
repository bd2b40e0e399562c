// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import { agentRoles } from "@vibecaas/contract/kinds/agents"
import type { ProjectAi } from "@vibecaas/contract/kinds/ai"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi } from "../testing/fake-api.ts"
import { app } from "../testing/machines.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { AiMark } from "./ai-mark.tsx"
import { AiModelsPanel } from "./ai-models-panel.tsx"
import { AiPanel } from "./ai-panel.tsx"

const me = mara()
const organizationId = me.organizations[0]?.id ?? "org_"
const tulips = project({ name: "Tulips", organizationId })
const simulated = { provider: "simulated", model: "simulated", simulated: true, label: "Simulated" }
const clever = { provider: "openai", model: "clever", simulated: false, label: "clever by OpenAI" }
const ai: ProjectAi = {
  ...{ organizationId, projectId: tulips.id, enabled: false, tokensMax: 1_000_000, centsMax: 500 },
  used: { tokens: 1200, cents: 2, calls: 3 },
  beginsAnew: "2026-12-01T00:00:00.000Z",
  models: [
    { alias: "default", ...simulated },
    { alias: "fast", ...simulated },
  ],
  ...{ changedAt: null, changedBy: null, version: 0 },
}
const on = {
  ...ai,
  enabled: true,
  changedAt: "2999-01-01T00:00:00.000Z",
  changedBy: "Mara",
  version: 1,
}

const rolesOf = () => {
  const model = { ...clever, price: null, fallbacks: [] }
  // One of each.
  return Object.fromEntries(agentRoles.map((role) => [role, model])) as never
}

function show(shown: ProjectAi, more: FakeHandlers = {}) {
  const api = fakeApi({ "GET /projects/{projectId}/ai": () => shown, ...more })
  const running = app({ projectId: tulips.id })
  return { ...draw(<AiPanel project={tulips} app={running} />, { me, at: "/" }), api }
}

test("turned on with a budget it says who answers, that they are simulated, and that a restart is due", async () => {
  const { user, api } = show(ai, { "PATCH /projects/{projectId}/ai": () => on })
  const dollars = await screen.findByLabelText("US dollars a month")
  await user.clear(dollars)
  await user.type(dollars, "2.50")
  await user.click(screen.getByRole("button", { name: "Turn AI on" }))
  await screen.findByText("AI: simulated.")
  screen.getByText("The app was started before AI was turned on.")
  expect(api.sent("PATCH")).toMatchObject([
    { body: { enabled: true, centsMax: 250, tokensMax: 1_000_000 } },
  ])
  screen.getByText("1,200 used this month")
})

test("turned off it is off, and a real model is named without a mark", async () => {
  const real = { ...on, models: [{ alias: "default" as const, ...clever }] }
  const { user, api } = show(real, {
    "PATCH /projects/{projectId}/ai": () => ({ ...real, enabled: false, version: 2 }),
  })
  await screen.findByText("clever by OpenAI")
  expect(screen.queryByText("AI: simulated.")).toBeNull()
  await user.click(screen.getByRole("button", { name: "Turn AI off" }))
  await screen.findByRole("button", { name: "Turn AI on" })
  expect(api.sent("PATCH")).toMatchObject([{ body: { enabled: false } }])
})

test("a preview says that its app’s answers are simulated, and nothing while AI is off", async () => {
  let shown = on
  const api = fakeApi({ "GET /projects/{projectId}/ai": () => shown })
  draw(<AiMark projectId={tulips.id} />, { me, at: "/" })
  await screen.findByText("AI: simulated")
  shown = ai as typeof on
  draw(<AiMark projectId={tulips.id} />, { me, at: "/" })
  await waitFor(() => expect(api.calls).toHaveLength(2))
})

test("an organization chooses who answers its apps", async () => {
  const models = {
    chosen: { default: null, fast: null },
    answering: [
      { alias: "default" as const, ...simulated },
      { alias: "fast" as const, ...simulated },
    ],
    version: 0,
  }
  const api = fakeApi({
    "GET /organizations/{organizationId}/ai/models": () => models,
    "GET /agents/models": () => ({
      roles: rolesOf(),
      choices: [{ ...clever, name: "openai:clever", price: null }],
    }),
    "PATCH /organizations/{organizationId}/ai/models": () => ({
      ...models,
      chosen: { default: "openai:clever", fast: null },
      answering: [{ alias: "default" as const, ...clever }],
      version: 1,
    }),
  })
  const { user } = draw(<AiModelsPanel />, { me, at: "/" })
  const panel = within(await screen.findByRole("region", { name: "Models for apps" }))
  await user.click(await panel.findByLabelText("Default"))
  await user.click(await screen.findByRole("option", { name: "openai:clever" }))
  await panel.findByText("clever by OpenAI")
  expect(api.sent("PATCH")).toMatchObject([{ body: { default: "openai:clever" } }])
})
