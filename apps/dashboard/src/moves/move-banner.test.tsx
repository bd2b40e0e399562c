// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { Move } from "@vibecaas/contract/kinds/moves"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi } from "../testing/fake-api.ts"
import { at } from "../testing/numbered.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { MoveBanner } from "./move-banner.tsx"
// Loaded by the page when it is wanted; here before the first test, whose time it would take.
import "./retry-dialog.tsx"

const me = mara()

function open(given: Partial<Project> = {}) {
  const shown = project({
    organizationId: me.organizations[0]?.id ?? "org_",
    state: "empty",
    ...given,
  })
  const move: Move = {
    ...{ id: "mov_01k9x3v8hde8r8z6h3gk5c2v9w", organizationId: shown.organizationId },
    ...{ projectId: shown.id, way: "git", state: "failed", from: "https://host/you/ap.git" },
    ...{ branch: "next", doing: null, leftOut: [], failure: "There is nothing at this address." },
    // Long ago: who comes back later can still try again.
    ...{ startedBy: "Mara", createdAt: at, updatedAt: "2020-01-01T00:00:00.000Z" },
  }
  const api = fakeApi({
    "GET /projects/{projectId}/moves": () => ({ items: [move] }),
    "POST /moves/{moveId}/retry": () => ({ ...move, state: "waiting" }),
  })
  return { ...draw(<MoveBanner project={shown} />, { me, at: `/projects/${shown.id}` }), api }
}

test("a failed import is tried again from a corrected address, with the branch that it had", async () => {
  const { user, api } = open()
  await user.click(await screen.findByRole("button", { name: "Try again" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Try the import again" }))
  const address = dialog.getByLabelText("Address")
  await waitFor(() => expect((address as HTMLInputElement).value).toBe("https://host/you/ap.git"))
  await user.clear(address)
  await user.type(address, "https://host/you/app.git")
  await user.click(dialog.getByRole("button", { name: "Try again" }))
  await waitFor(() =>
    expect(api.sent("POST").map(({ body }) => body)).toEqual([
      { url: "https://host/you/app.git", branch: "next" },
    ]),
  )
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
})

test("an import that failed long ago is no news where the project has something else by now", async () => {
  const { api } = open({ state: "running" })
  await waitFor(() => expect(api.sent("GET")).toHaveLength(1))
  expect(screen.queryByText(/^Not imported/)).toBeNull()
})
