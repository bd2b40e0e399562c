// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { Store, StoreBackup, StoreDrill } from "@vibecaas/contract/store"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../testing/fake-api.ts"
import { at } from "../testing/numbered.ts"
import { mara, organization } from "../testing/people.ts"
import { engine, store, storeBackup } from "../testing/stores.ts"
import { StoreBackups } from "./store-backups.tsx"
import { StoresScreen } from "./stores-screen.tsx"
// Loaded by the page when it is wanted; here before the first test, whose time it would take.
import "./new-store-dialog.tsx"

const me = mara()
const organizationId = me.organizations[0]?.id ?? "org_"
const usage = { mine: { used: 1, limit: 5 }, organization: { used: 1, limit: 5 } }

function openTab(
  items: StoreBackup[],
  more: FakeHandlers = {},
  { who = me, given = {} }: { who?: typeof me; given?: Partial<Store> } = {},
) {
  const api = fakeApi({
    "GET /stores/{storeId}/backups": () => ({ items }),
    "GET /stores/{storeId}/drills": () => ({ items: [] }),
    "GET /store-engines": () => ({ items: [engine()] }),
    ...more,
  })
  const shop = store({ organizationId, ...given })
  return { ...draw(<StoreBackups store={shop} />, { me: who, at: "/stores/x" }), api, shop }
}

test("a backup is downloaded by its own address, and begins another store", async () => {
  const { user, api, visited } = openTab([storeBackup()], {
    "POST /stores": () => store({ organizationId, name: "Roses" }),
  })
  const link = await screen.findByRole("link", { name: /Download the backup of/ })
  expect(link.getAttribute("href")).toBe(`/api/v1/store-backups/${storeBackup().id}/archive`)
  await user.click(screen.getByRole("button", { name: /^New store from/ }))
  const dialog = within(await screen.findByRole("dialog", { name: "New store" }))
  await dialog.findByText("It begins with the data of a backup.")
  await user.type(dialog.getByLabelText("Name"), "Roses")
  await user.click(dialog.getByRole("button", { name: "Create store" }))
  await waitFor(() => expect(visited).toHaveLength(1))
  expect(api.sent("POST").at(-1)).toMatchObject({
    body: { name: "Roses", backupId: storeBackup().id, version: "1.0.0" },
  })
})

test("an archive is uploaded for the store; a damaged one says why nothing was kept", async () => {
  const detail = "This is no whole backup of a store. It is damaged. Nothing was kept."
  let refuse = true
  const { user, api, shop } = openTab([], {
    "POST /store-backups": () =>
      refuse ? new Refused({ status: 400, code: "invalid", detail }) : storeBackup(),
  })
  await screen.findByText("No backups yet")
  const file = () => new File(["x"], "shop.tar", { type: "application/x-tar" })
  await user.upload(screen.getByLabelText("Backup to upload"), file())
  await screen.findByText(detail)
  refuse = false
  await user.upload(screen.getByLabelText("Backup to upload"), file())
  await screen.findByText("Backup uploaded")
  expect(api.sent("POST").at(-1)).toMatchObject({ query: { organizationId, storeId: shop.id } })
})

test("who may not read credentials downloads no backup, and is told so", async () => {
  const developer = { ...organization("Halden", "developer"), id: organizationId }
  openTab([storeBackup()], {}, { who: { ...me, organizations: [developer] } })
  const button = await screen.findByRole("button", { name: /Download the backup of/ })
  expect(button.getAttribute("aria-disabled")).toBe("true")
})

test("the last backup of a store that is gone is downloaded, begins a new one, or is deleted", async () => {
  const kept = storeBackup({ reason: "final", keptUntil: at, storeName: "Gone shop" })
  const api = fakeApi({
    "GET /stores": () => ({ ...page([]), usage }),
    "GET /store-engines": () => ({ items: [engine()] }),
    "GET /store-backups": () => ({ items: [kept, storeBackup({ storeName: "Alive" })] }),
    "DELETE /store-backups/{backupId}": () => undefined,
  })
  const { user } = draw(<StoresScreen />, { me, at: "/stores" })
  const table = within(await screen.findByRole("table", { name: "Backups without a store" }))
  expect(table.queryByText("Alive")).toBeNull()
  table.getByRole("link", { name: "Download the backup of Gone shop" })
  table.getByRole("button", { name: "New store from the backup of Gone shop" })
  await user.click(table.getByRole("button", { name: "Delete the backup of Gone shop" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Delete this backup?" }))
  await user.click(dialog.getByRole("button", { name: "Delete backup" }))
  await waitFor(() => expect(api.sent("DELETE")).toMatchObject([{ params: { backupId: kept.id } }]))
})

test("a drill shows how long a backup took to sell, and warns of one that does not", async () => {
  const drill = (given: Partial<StoreDrill>): StoreDrill => ({
    ...{ at, ok: true, backupId: storeBackup().id, version: "1.0.0", recoveryMs: 12_300 },
    ...{ say: "Order o3 went through", by: "Mara", ...given },
  })
  const bad = drill({ ok: false, recoveryMs: null, say: "The backup is damaged." })
  const { user, api, shop } = openTab(
    [storeBackup()],
    {
      "GET /stores/{storeId}/drills": () => ({
        items: [bad, drill({ at: "2026-01-02T03:04:05.000Z" })],
      }),
      "POST /stores/{storeId}/drills": () => store({ organizationId, state: "drilling" }),
      "PATCH /stores/{storeId}": () => store({ organizationId, drillEveryDays: 7 }),
    },
    { given: { lastDrill: bad } },
  )
  await screen.findByText("The last backup that was tried would not bring the store back.")
  await screen.findByText("Sells after 12.3 s")
  screen.getByText("Does not sell")
  await user.click(screen.getByRole("button", { name: "Drill now" }))
  await waitFor(() => expect(api.sent("POST")).toMatchObject([{ params: { storeId: shop.id } }]))
  await user.click(screen.getByRole("combobox", { name: "How often" }))
  await user.click(await screen.findByRole("option", { name: "Every week" }))
  await waitFor(() => expect(api.sent("PATCH")).toMatchObject([{ body: { drillEveryDays: 7 } }]))
})
