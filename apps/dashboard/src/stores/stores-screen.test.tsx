// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { Store, StoreRelease } from "@vibecaas/contract/store"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../testing/fake-api.ts"
import { at, id } from "../testing/numbered.ts"
import { mara, organization } from "../testing/people.ts"
import { engine, notInstalled, store } from "../testing/stores.ts"
import { StoreScreen } from "./store-screen.tsx"
import { StoresScreen } from "./stores-screen.tsx"
// Loaded by the page when they are wanted; here before the first test, whose time it would take.
import "../form/delete-dialog.tsx"
import "./credentials-dialog.tsx"
import "./new-store-dialog.tsx"
import "./store-backups.tsx"
import "./store-logs.tsx"
import "./store-orders.tsx"
import "./store-releases.tsx"
import "./store-settings.tsx"

const me = mara()
const organizationId = me.organizations[0]?.id ?? "org_"
const usage = { mine: { used: 1, limit: 5 }, organization: { used: 4, limit: 5 } }
const listed = (items: Store[]) => ({ ...page(items), usage })

const use = (disk: number) => ({
  memory: { used: 64, limit: 128 },
  disk: { used: disk, limit: 256 },
})

function openList(items: Store[], more: FakeHandlers = {}) {
  const api = fakeApi({
    "GET /stores": () => listed(items),
    "GET /store-engines": () => ({ items: [engine(), notInstalled] }),
    "GET /store-backups": () => ({ items: [] }),
    ...more,
  })
  return { ...draw(<StoresScreen />, { me, at: "/stores" }), api }
}

function openStore(given: Partial<Store>, more: FakeHandlers = {}, tab = "") {
  const known = store({ organizationId, ...given })
  const api = fakeApi({
    "GET /stores/{storeId}": () => known,
    "GET /store-engines": () => ({ items: [engine()] }),
    "GET /stores/{storeId}/probes": () => ({ items: [] }),
    "GET /stores/{storeId}/use": () => use(100),
    "GET /stores/{storeId}/events": () => page([]),
    "GET /stores/{storeId}/releases": () => ({ items: [] }),
    "GET /stores/{storeId}/backups": () => ({ items: [] }),
    "GET /stores/{storeId}/drills": () => ({ items: [] }),
    ...more,
  })
  window.history.replaceState(null, "", `/?tab=${tab}`)
  return { ...draw(<StoreScreen storeId={known.id} />, { me, at: `/stores/${known.id}` }), api }
}

test("a first store is made of a name, an engine and a plan; a refusal is said at its field, and nothing typed is lost", async () => {
  let refuse = true
  const { user, api, visited } = openList([], {
    "POST /stores": () => {
      if (!refuse) return store()
      const fields = { "/name": "There is a store “Tulips” already. Use another name." }
      return new Refused({ status: 409, code: "name_taken", detail: "Taken.", fields })
    },
  })
  await screen.findByText("No stores yet")
  await screen.findByText(/4\/5 of the organization/)
  await user.click((await screen.findAllByRole("button", { name: "New store" }))[0] as Element)
  const dialog = within(await screen.findByRole("dialog", { name: "New store" }))
  await user.type(await dialog.findByLabelText("Name"), "Tulips")
  await user.click(dialog.getByRole("button", { name: "Create store" }))
  await dialog.findByText(/There is a store “Tulips” already/)
  expect(dialog.getByLabelText<HTMLInputElement>("Name").value).toBe("Tulips")
  refuse = false
  await user.click(dialog.getByRole("button", { name: "Create store" }))
  await waitFor(() => expect(visited).toHaveLength(1))
  expect(api.sent("POST").at(-1)).toMatchObject({
    body: {
      ...{ name: "Tulips", engine: "simulator", plan: "basic", version: "1.0.0" },
      values: { currency: "EUR", sampleData: true },
    },
  })
})

test("an engine that is not installed says the command that installs it", async () => {
  const { user } = openList([])
  await user.click((await screen.findAllByRole("button", { name: "New store" }))[0] as Element)
  const dialog = within(await screen.findByRole("dialog", { name: "New store" }))
  await user.click(await dialog.findByRole("combobox", { name: "Engine" }))
  await user.click(await screen.findByRole("option", { name: "Medusa, not installed" }))
  await dialog.findByText("bin/engines install medusa@2.21.2")
  expect(dialog.getByRole("button", { name: "Create store" }).getAttribute("aria-disabled")).toBe(
    "true",
  )
})

test("who waits sees the place in the queue, in the list and on the store's page", async () => {
  const waiting = { state: "queued", position: 3, organizationId } as const
  const list = openList([store(waiting)])
  await screen.findByText("Position #3")
  list.unmount()
  openStore(waiting)
  await screen.findByText("Position #3")
  screen.getByRole("button", { name: "Cancel" })
})

test("what failed says why, what was seen and what to do, and is tried again", async () => {
  const failure: Store["failure"] = {
    ...{ kind: "seed_failed", work: "provision", step: "seed", exitCode: 1, probe: null, at },
    ...{ say: "The first data could not be written.", remedy: "Retry with diagnostics." },
    ...{ guide: "/guides/store-failures#seed-failed", logTail: ["seed fails"] },
  }
  const { user, api } = openStore(
    { state: "failed", failure },
    { "POST /stores/{storeId}/retry": () => store({ organizationId, state: "requested" }) },
  )
  await screen.findByText("The first data could not be written.")
  screen.getByText("seed fails")
  await user.click(screen.getByRole("button", { name: "Retry with diagnostics" }))
  await waitFor(() => expect(api.sent("POST")).toMatchObject([{ body: { diagnostics: true } }]))
})

test("going back says which orders would be lost before it is done", async () => {
  const past: StoreRelease = {
    ...{ id: id("srl", 1), number: 1, version: "1.0.0", way: "made", ordersSince: 2 },
    ...{ backupId: id("sbk", 1), startedAt: at, endedAt: at },
    state: "past",
  }
  const { user, api } = openStore(
    {},
    {
      "GET /stores/{storeId}/releases": () => ({ items: [past] }),
      "POST /stores/{storeId}/rollback": () => store({ organizationId, state: "rolling_back" }),
    },
    "releases",
  )
  await user.click(await screen.findByRole("button", { name: "Roll back to release 1" }))
  await screen.findByText("2 orders since then would be lost.")
  await user.click(screen.getByRole("button", { name: "Roll back store" }))
  await waitFor(() => expect(api.sent("POST")).toMatchObject([{ body: { losesOrders: true } }]))
})

test("how to sign in is shown to who says why, and is gone when the dialog closes", async () => {
  const { user } = openStore(
    {},
    {
      "POST /stores/{storeId}/credentials/reveal": () => ({
        items: [{ name: "Password", value: "correct-horse" }],
      }),
    },
  )
  await user.click(await screen.findByRole("button", { name: "Show how to sign in" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Sign in to Tulips" }))
  await user.type(dialog.getByLabelText("Why do you need it?"), "to add products")
  await user.click(dialog.getByRole("button", { name: "Show" }))
  await dialog.findByText("correct-horse")
  await user.click(dialog.getByRole("button", { name: "Done" }))
  await waitFor(() => expect(screen.queryByText("correct-horse")).toBeNull())
})

test("what a store uses is on its page, with a warning from 80 % of its plan", async () => {
  openStore({}, { "GET /stores/{storeId}/use": () => use(210) })
  await screen.findByText("210 of 256 MB, 82 %")
  await screen.findByText("64 of 128 MB, 50 %")
  await screen.findByText(/82 % of its disk is used/)
})

test("what a store was made with is shown with why it stays, and the rest can be changed", async () => {
  const values = { currency: "EUR", sampleData: true, countries: "DE" }
  const { user, api } = openStore(
    { values },
    { "PATCH /stores/{storeId}": () => store({ organizationId }) },
    "settings",
  )
  const countries = await screen.findByLabelText<HTMLInputElement>("Countries")
  expect(countries.readOnly).toBe(true)
  await screen.findByText("Change it in the shop’s admin.")
  const samples = screen.getByRole("checkbox", { name: /Sample data/ })
  expect(samples.getAttribute("aria-disabled")).toBe("true")
  await user.click(screen.getByRole("combobox", { name: "Currency" }))
  await user.click(await screen.findByRole("option", { name: "USD" }))
  await user.click(screen.getByRole("button", { name: "Save settings" }))
  await waitFor(() =>
    expect(api.sent("PATCH")).toMatchObject([{ body: { values: { ...values, currency: "USD" } } }]),
  )
})

test("a store is deleted by its name, with or without a last backup", async () => {
  const { user, api } = openStore(
    {},
    { "DELETE /stores/{storeId}": () => store({ organizationId, state: "deleting" }) },
    "settings",
  )
  await user.click(await screen.findByRole("checkbox", { name: /Keep a last backup/ }))
  await user.click(screen.getByRole("button", { name: "Delete store" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Delete Tulips?" }))
  await user.type(dialog.getByRole("textbox"), "Tulips")
  await user.click(dialog.getByRole("button", { name: "Delete store" }))
  await waitFor(() =>
    expect(api.sent("DELETE")).toMatchObject([{ body: { name: "Tulips", backup: true } }]),
  )
})

test("viewers see a store and neither its orders nor its logs, and each switched-off button says why", async () => {
  const halden = { ...organization("Halden", "viewer"), id: organizationId }
  fakeApi({
    "GET /stores/{storeId}": () => store({ organizationId }),
    "GET /stores/{storeId}/probes": () => ({ items: [] }),
    "GET /stores/{storeId}/use": () => use(100),
  })
  window.history.replaceState(null, "", "/")
  draw(<StoreScreen storeId={store().id} />, {
    ...{ me: { ...me, organizations: [halden] }, at: "/stores/x" },
  })
  await screen.findByRole("tab", { name: "Overview" })
  expect(screen.queryByRole("tab", { name: "Orders" })).toBeNull()
  expect(screen.queryByRole("tab", { name: "Logs" })).toBeNull()
  const stop = screen.getByRole("button", { name: "Stop" })
  expect(stop.getAttribute("aria-disabled")).toBe("true")
})
