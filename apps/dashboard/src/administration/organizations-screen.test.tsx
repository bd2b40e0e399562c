// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { PlatformOrganizationDetail } from "@vibecaas/contract/kinds/administration"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page } from "../testing/fake-api.ts"
import { at, id } from "../testing/numbered.ts"
import { mara } from "../testing/people.ts"
import { OrganizationsScreen } from "./organizations-screen.tsx"
// Loaded by the page when it is wanted; here before the first test, whose time it would take.
import "./organization-dialog.tsx"

const me = { ...mara(), platformAdmin: true }

function organization(given: Partial<PlatformOrganizationDetail> = {}): PlatformOrganizationDetail {
  return {
    ...{ id: id("org", 7), name: "Halden Works", slug: "halden-works", personal: false },
    ...{ plan: "starter", owners: ["Ines Bell"], members: 2, projects: 3, state: "present" },
    ...{ createdAt: at, disabled: null },
    people: [{ id: "usr_1", name: "Ines Bell", email: "ines@example.com", role: "owner" }],
    quotas: [
      {
        ...{ resource: "projects", name: "Projects", used: 3, limit: 10 },
        ...{ planLimit: 10, own: false },
      },
    ],
    rates: [
      {
        ...{ resource: "requests_a_minute", name: "Requests a minute" },
        ...{ limit: 1000, planLimit: 1000, own: false },
      },
    ],
    ...given,
  }
}

function show(shown: PlatformOrganizationDetail, more: FakeHandlers = {}) {
  const api = fakeApi({
    "GET /platform/organizations": () => page([shown]),
    "GET /platform/organizations/{organizationId}": () => shown,
    ...more,
  })
  return { ...draw(<OrganizationsScreen />, { me, at: "/platform/organizations" }), api }
}

async function open(user: ReturnType<typeof show>["user"]) {
  await user.click(await screen.findByRole("button", { name: "Manage Halden Works of Ines Bell" }))
  const dialog = within(await screen.findByRole("dialog"))
  await dialog.findByText("Limits")
  return dialog
}

test("an organization gets a limit of its own, or its plan's again", async () => {
  const { user, api } = show(organization(), {
    "PUT /platform/organizations/{organizationId}/limit": () => organization(),
  })
  const dialog = await open(user)
  await user.click(dialog.getByRole("button", { name: "Change limit of Projects" }))
  const field = dialog.getByLabelText("Projects")
  await user.clear(field)
  await user.type(field, "a few")
  await user.click(dialog.getByRole("button", { name: "Change limit" }))
  await dialog.findByRole("alert")
  await user.clear(field)
  await user.type(field, "25")
  await user.click(dialog.getByRole("button", { name: "Change limit" }))
  await waitFor(() =>
    expect(api.sent("PUT")).toMatchObject([{ body: { resource: "projects", limit: 25 } }]),
  )
})

test("a disabled organization says by whom and why, and is enabled again", async () => {
  const disabled = { at, byName: "Mara Halden", reason: "Sends spam" }
  const { user, api } = show(organization({ disabled }), {
    "POST /platform/organizations/{organizationId}/enable": () => organization(),
  })
  const dialog = await open(user)
  dialog.getByText(/Sends spam/)
  await user.click(dialog.getByRole("button", { name: "Enable" }))
  await waitFor(() => expect(api.sent("POST")).toHaveLength(1))
})

test("any organization is put on another plan where it is found", async () => {
  const { user, api } = show(organization(), {
    "PUT /organizations/{organizationId}/plan": ({ body }) => ({
      plan: body.plan,
      quotas: [],
      rates: [],
    }),
    "GET /me": () => me,
  })
  const dialog = await open(user)
  await user.click(dialog.getByRole("combobox", { name: "Plan" }))
  await user.click(await screen.findByRole("option", { name: "Pro" }))
  await screen.findByText("The plan is Pro now")
  expect(api.sent("PUT")).toMatchObject([
    { params: { organizationId: organization().id }, body: { plan: "pro" } },
  ])
})
