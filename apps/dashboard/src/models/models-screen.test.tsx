// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import { agentRoles } from "@vibecaas/contract/kinds/agents"
import type { ModelProviderStatus, ModelRoleStatus } from "@vibecaas/contract/kinds/models"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, Refused } from "../testing/fake-api.ts"
import { mara } from "../testing/people.ts"
import { ModelsScreen } from "./models-screen.tsx"
// Loaded by the page when they are wanted; here before the first test, whose time it would take.
import "./provider-dialog.tsx"
import "./remove-dialog.tsx"
import "./role-dialog.tsx"
import "./test-dialog.tsx"

const me = { ...mara(), platformAdmin: true }
const at = "2026-11-22T12:00:00.000Z"

function provider(given: Partial<ModelProviderStatus> = {}): ModelProviderStatus {
  return {
    ...{ name: "anthropic", maker: "Anthropic", needs: "key", from: null },
    ...{ hasKey: false, address: null, usual: "claude-sonnet-4-5", wrong: null },
    models: ["claude-sonnet-4-5", "claude-haiku-4-5"],
    ...{ setAt: null, setBy: null },
    ...given,
  }
}
const setHere = provider({ from: "here", hasKey: true, setAt: at, setBy: "Ada" })
const offline = {
  ...{ provider: "offline", model: "offline", simulated: true, price: null },
  label: "Starters, no language model",
}

function role(given: Partial<ModelRoleStatus> = {}): ModelRoleStatus {
  const unset = { models: null, temperature: null, outputTokensMax: null, tokensMax: null }
  return {
    ...{ role: "planning", from: "offline", asks: { ...offline, fallbacks: [] } },
    ...{ set: { ...unset, centsMax: null }, setAt: null, setBy: null },
    usual: { models: "offline", outputTokensMax: 32_000, tokensMax: 1_000_000 },
    ...given,
  }
}

function open(handlers: FakeHandlers = {}, as = me) {
  const api = fakeApi({
    "GET /models/providers": () => ({ items: [provider()] }),
    "GET /models/roles": () => ({ items: agentRoles.map((name) => role({ role: name })) }),
    ...handlers,
  })
  return { api, ...draw(<ModelsScreen />, { me: as, at: "/models" }) }
}

test("a key is sent once and not kept on the page", async () => {
  const { api, user } = open({
    "PUT /models/providers/{provider}": () => setHere,
  })
  await screen.findByText("No language model can be asked yet.")
  await user.click(screen.getByRole("button", { name: "Set key of Anthropic" }))
  const dialog = within(await screen.findByRole("dialog"))
  await user.click(dialog.getByRole("button", { name: "Set key" }))
  await dialog.findByText("Paste the key.")
  api.answer({ "GET /models/providers": () => ({ items: [setHere] }) })
  await user.type(dialog.getByLabelText("Key"), "sk-ant-0123456789abcd{Enter}")
  await screen.findByText("A key is set")
  expect(api.sent("PUT")).toEqual([
    expect.objectContaining({
      params: { provider: "anthropic" },
      body: { key: "sk-ant-0123456789abcd" },
    }),
  ])
  expect(document.body.innerHTML).not.toContain("sk-ant-0123456789abcd")
})

test("a test shows the provider's own fault in words", async () => {
  const say = "The model's server refused the key (401)."
  const { user } = open({
    "GET /models/providers": () => ({ items: [setHere] }),
    "POST /models/providers/{provider}/test": () => ({
      ...{ ok: false, model: "claude-haiku-4-5", say, tookMs: 120 },
    }),
  })
  await user.click(await screen.findByRole("button", { name: "Test Anthropic" }))
  const dialog = within(await screen.findByRole("dialog"))
  await user.click(dialog.getByRole("button", { name: "Ask" }))
  await dialog.findByText(say)
  dialog.getByText("It does not")
})

test("what is set is removed after a question", async () => {
  const { api, user } = open({
    "GET /models/providers": () => ({ items: [setHere] }),
    "DELETE /models/providers/{provider}": () => provider(),
  })
  await user.click(await screen.findByRole("button", { name: "Remove Anthropic" }))
  const dialog = within(await screen.findByRole("dialog"))
  await user.click(dialog.getByRole("button", { name: "Remove" }))
  await waitFor(() => expect(api.sent("DELETE")).toHaveLength(1))
})

test("a role's model of unknown price is said to be that", async () => {
  const info = { provider: "compatible", model: "llama3", simulated: false, price: null }
  const asks = { ...info, label: "llama3 by 10.0.0.4", fallbacks: [offline] }
  open({ "GET /models/roles": () => ({ items: [role({ asks, from: "environment" })] }) })
  await screen.findByText(/What llama3 costs is not known here/)
  screen.getByText("Chosen by the environment")
  screen.getByText("then Starters, no language model")
})

test("how a role works is changed as a whole, and a refused model is told at its field", async () => {
  const refused = "Models of OpenAI need a key."
  const { api, user } = open({
    "PUT /models/roles/{role}": () =>
      new Refused({ status: 422, detail: refused, fields: { "/models": refused } }),
  })
  await user.click(await screen.findByRole("button", { name: "Change Planning" }))
  const dialog = within(await screen.findByRole("dialog"))
  const save = () => dialog.getByRole("button", { name: "Save" })
  expect(save().getAttribute("aria-disabled")).toBe("true")
  await user.type(dialog.getByLabelText("Models"), "openai:gpt-5.1")
  await user.type(dialog.getByLabelText("Temperature"), "warm")
  await user.click(save())
  await dialog.findByText("Use a number.")
  expect(api.sent("PUT")).toEqual([])
  await user.clear(dialog.getByLabelText("Temperature"))
  await user.type(dialog.getByLabelText("Temperature"), "0.2")
  await user.type(dialog.getByLabelText("US cents of a task"), "50{Enter}")
  await dialog.findByText(refused)
  expect(api.sent("PUT")[0]).toMatchObject({
    params: { role: "planning" },
    body: { models: "openai:gpt-5.1", temperature: 0.2, tokensMax: null, centsMax: 50 },
  })
})

test("who does not run the installation reads whom to ask, and nothing is asked for", async () => {
  const { api } = open({}, mara())
  await screen.findByText("Only platform admins see this")
  expect(api.calls).toEqual([])
})
