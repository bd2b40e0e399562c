// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { Store } from "@vibecaas/contract/store"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../testing/fake-api.ts"
import { id } from "../testing/numbered.ts"
import { mara } from "../testing/people.ts"
import { engine, store } from "../testing/stores.ts"
import { StoresScreen } from "./stores-screen.tsx"

const me = mara()
const organizationId = me.organizations[0]?.id ?? "org_"
const usage = { mine: { used: 1, limit: 50 }, organization: { used: 3, limit: 50 } }
const shop = (number: number, name: string, state: Store["state"] = "ready") =>
  store({ organizationId, id: id("sto", number), name, state })

function open(items: Store[], more: FakeHandlers = {}) {
  const api = fakeApi({
    "GET /stores": () => ({ ...page(items), usage }),
    "GET /store-engines": () => ({ items: [engine()] }),
    "GET /store-backups": () => ({ items: [] }),
    ...more,
  })
  return { ...draw(<StoresScreen />, { me, at: "/stores" }), api }
}

test("several stores are stopped at once, and each that refuses is named with why", async () => {
  const items = [shop(1, "Tulips"), shop(2, "Roses"), shop(3, "Lilies", "stopped")]
  const { user, api } = open(items, {
    "POST /stores/{storeId}/stop": ({ params }) =>
      params.storeId === items[1]?.id
        ? new Refused({ status: 409, code: "wrong_state", detail: "It is being upgraded." })
        : shop(1, "Tulips"),
  })
  const all = await screen.findByRole("checkbox", { name: "Select all" })
  all.focus()
  await user.keyboard(" ")
  const bar = within(screen.getByRole("toolbar", { name: "Selected stores" }))
  await user.click(bar.getByRole("button", { name: "Stop" }))
  const told = within(await screen.findByRole("alert"))
  told.getByText("1 of 3 are being stopped.")
  const lines = told.getAllByRole("listitem").map(({ textContent }) => textContent)
  expect(lines.toSorted()).toEqual(["Lilies: It is stopped.", "Roses: It is being upgraded."])
  expect(api.sent("POST")).toHaveLength(2)
  const still = screen.getByRole("checkbox", { name: "Select Roses" })
  expect(still.getAttribute("aria-checked")).toBe("true")
  await user.keyboard("{Escape}")
  expect(still.getAttribute("aria-checked")).toBe("false")
})

test("several stores are deleted once their number is typed, each with a last backup", async () => {
  const items = [shop(1, "Tulips"), shop(2, "Roses")]
  const { user, api } = open(items, {
    "DELETE /stores/{storeId}": () => shop(1, "Tulips", "deleting"),
  })
  await user.click(await screen.findByRole("checkbox", { name: "Select Tulips" }))
  await user.click(screen.getByRole("checkbox", { name: "Select Roses" }))
  await user.click(screen.getByRole("button", { name: "Delete" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Delete 2 stores?" }))
  const button = dialog.getByRole("button", { name: "Delete 2 stores" })
  expect(button.getAttribute("aria-disabled")).toBe("true")
  await user.type(dialog.getByRole("textbox"), "2{Enter}")
  await waitFor(() => expect(api.sent("DELETE")).toHaveLength(2))
  expect(api.sent("DELETE").map(({ body }) => body)).toEqual([
    { name: "Tulips", backup: true },
    { name: "Roses", backup: true },
  ])
})
