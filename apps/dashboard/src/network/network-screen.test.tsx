// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { EgressEntry, EgressRule } from "@vibecaas/contract/kinds/network"
import { expect, test } from "vitest"
import { ProjectFrame } from "../projects/project-frame.tsx"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page } from "../testing/fake-api.ts"
import { at, id } from "../testing/numbered.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { NetworkScreen } from "./network-screen.tsx"

const me = mara()
const organizationId = me.organizations[0]?.id ?? "org_"
const tulips = project({ name: "Tulips", organizationId })
const rule = (given: Partial<EgressRule>): EgressRule => ({
  ...{ id: id("egr"), organizationId, projectId: tulips.id, host: "api.example.com", port: 443 },
  ...{ service: null, reason: "rates", allowedBy: "Mara", createdAt: at, version: 1 },
  ...given,
})
const entry: EgressEntry = {
  ...{ at, host: "evil.test", port: 443, purpose: "draft", decision: "refused" },
  ...{ why: "evil.test:443 is not allowed for this project.", bytesSent: 0, bytesReceived: 0 },
}

function open(items: EgressRule[], log: EgressEntry[] = [], more: FakeHandlers = {}) {
  const api = fakeApi({
    "GET /projects/{projectId}": () => tulips,
    "GET /agents/runs": () => page([]),
    "GET /projects/{projectId}/machines": () => page([]),
    "GET /projects/{projectId}/apps": () => page([]),
    "GET /projects/{projectId}/network": () => ({ items, log }),
    ...more,
  })
  const drawn = draw(
    <ProjectFrame projectId={tulips.id}>
      <NetworkScreen />
    </ProjectFrame>,
    { me, at: `/projects/${tulips.id}/network` },
  )
  return { ...drawn, api }
}

test("nothing is reached until somebody allows a domain, with a secret that is sent once", async () => {
  const made = rule({ service: { name: "payments", header: "Authorization", hasValue: true } })
  const { user, api } = open([], [], { "POST /projects/{projectId}/network/rules": () => made })
  await user.click(await screen.findByRole("button", { name: "Allow a domain" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Allow a domain" }))
  await user.type(dialog.getByLabelText("Domain"), "not a domain")
  await user.click(dialog.getByRole("button", { name: "Allow" }))
  await dialog.findByText(/Use a domain/)
  await user.clear(dialog.getByLabelText("Domain"))
  await user.type(dialog.getByLabelText("Domain"), "api.example.com")
  await user.click(dialog.getByRole("checkbox", { name: /The platform asks it/ }))
  await user.type(dialog.getByLabelText("Name of the service"), "payments")
  await user.type(dialog.getByLabelText("Value"), "Bearer x")
  await user.click(dialog.getByRole("button", { name: "Allow" }))
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
  expect(api.sent("POST")).toMatchObject([
    {
      body: {
        ...{ host: "api.example.com", port: 443 },
        service: { name: "payments", header: "Authorization", value: "Bearer x" },
      },
    },
  ])
})

test("a service without a secret says so, and gets one; a domain is revoked; the log says why something was refused", async () => {
  const service = { name: "payments", header: "Authorization", hasValue: false }
  const waits = rule({ host: "pay.example.com", service })
  const { user, api } = open([rule({}), waits], [entry], {
    "PUT /projects/{projectId}/network/rules/{ruleId}/value": () => waits,
    "DELETE /projects/{projectId}/network/rules/{ruleId}": () => null as never,
  })
  await screen.findByText("No secret yet")
  screen.getByText("evil.test:443 is not allowed for this project.")
  await user.click(screen.getByRole("button", { name: "Set secret of payments" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Secret of payments" }))
  await user.type(dialog.getByLabelText("Authorization"), "Bearer y")
  await user.click(dialog.getByRole("button", { name: "Set secret" }))
  await waitFor(() => expect(api.sent("PUT")).toMatchObject([{ body: { value: "Bearer y" } }]))
  await user.click(await screen.findByRole("button", { name: "Revoke api.example.com" }))
  await waitFor(() => expect(api.sent("DELETE")).toHaveLength(1))
})
