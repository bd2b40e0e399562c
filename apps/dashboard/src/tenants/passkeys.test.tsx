// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import { ApiError } from "@vibecaas/contract/client"
import type { Passkey } from "@vibecaas/contract/passkey"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi } from "../testing/fake-api.ts"
import { at } from "../testing/numbered.ts"
// Loaded when they are wanted; here before the first test, whose time it would take.
import "./passkey-dialogs.tsx"
import { passkeyProblem } from "./passkey-browser.ts"
import { PasskeysPanel } from "./passkeys-panel.tsx"

const passkey = (given: Partial<Passkey> = {}): Passkey => ({
  ...{ id: "pk1", name: "Chrome on Linux", synced: false, createdAt: at },
  ...given,
})
const press = (name: string) => screen.findByRole("button", { name })

test("a passkey is renamed and removed by its name", async () => {
  const items = [passkey(), passkey({ id: "pk2", name: "Phone", synced: true })]
  const api = fakeApi({
    "GET /auth/passkeys": () => ({ items }),
    "PATCH /auth/passkeys/{passkeyId}": () => passkey({ name: "Laptop" }),
    "DELETE /auth/passkeys/{passkeyId}": () => undefined,
  })
  const { user } = draw(<PasskeysPanel />)
  const list = within(await screen.findByRole("list", { name: "Passkeys" }))
  list.getByText(/Kept on all devices/)
  await user.click(await press("Rename Chrome on Linux"))
  const name = await screen.findByLabelText("Name")
  await user.clear(name)
  await user.type(name, "Laptop{Enter}")
  await waitFor(() => expect(api.sent("PATCH")).toMatchObject([{ body: { name: "Laptop" } }]))
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
  await user.click(await press("Remove Phone"))
  await user.click(await press("Remove"))
  await waitFor(() => expect(api.sent("DELETE")).toMatchObject([{ params: { passkeyId: "pk2" } }]))
})

test("a browser that knows no passkeys cannot add one, and is told why", async () => {
  fakeApi({ "GET /auth/passkeys": () => ({ items: [] }) })
  draw(<PasskeysPanel />)
  await screen.findByText(/None yet/)
  const add = await press("Add passkey")
  await waitFor(() => expect(add.getAttribute("aria-disabled")).toBe("true"))
})

test("what the browser refuses is said in words, and the server's refusals stay as they are", () => {
  expect(passkeyProblem(new DOMException("x", "NotAllowedError")).detail).toMatch(/picked/)
  const refused = new ApiError({
    ...{ type: "about:blank", title: "No", status: 409, code: "wrong_state", requestId: "" },
    detail: "The time for the passkey is over.",
  })
  expect(passkeyProblem(refused)).toBe(refused.problem)
})
