// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi, page } from "../testing/fake-api.ts"
import { id } from "../testing/numbered.ts"
import { mara, organization } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { ActivityScreen } from "./activity-screen.tsx"

const tulips = project({ name: "Tulips" })
const record = (action: string, at: number) => ({
  id: id("aud", at),
  at: "2026-11-22T12:00:00.000Z",
  action,
  actor: { kind: "user" as const, id: "user_1", name: "Mara Halden" },
  subject: "run_01k9x3v8hde8r8z6h3gk5c2v9w",
  projectId: tulips.id,
  ...{ ip: null, requestId: null, details: { about: "Add a rating" }, number: at, erased: false },
})

test("what happened is said in the words of its kind, and can be narrowed to one action", async () => {
  const records = [record("run.start", 1), record("project.create", 2), record("new.thing", 3)]
  const api = fakeApi({
    "GET /organizations/{organizationId}/audit": ({ query }) => ({
      items: records.filter(({ action }) => !query.action || action === query.action),
      nextCursor: null,
    }),
    "GET /projects": () => page([tulips]),
  })
  const { user } = draw(<ActivityScreen />, { at: "/activity" })
  await screen.findByText("Run started")
  screen.getByText("Project created")
  screen.getByText("New thing")
  await user.click(screen.getByRole("combobox", { name: "Action" }))
  await user.click(await screen.findByRole("option", { name: "Run started" }))
  await screen.findByText("1 record")
  expect(api.calls.at(-1)?.input.query).toMatchObject({ action: "run.start" })
})

test("records are narrowed to a person, a project and days, lead to their object, and are saved as shown", async () => {
  const api = fakeApi({
    "GET /organizations/{organizationId}/audit": () => page([record("run.start", 1)]),
    "GET /projects": () => page([tulips]),
  })
  const { user } = draw(<ActivityScreen />, { at: "/activity" })
  const link = await screen.findByRole("link", { name: "Add a rating" })
  expect(link.getAttribute("href")).toContain(`/projects/${tulips.id}?run=run_01k9`)
  await user.click(screen.getByRole("button", { name: "Mara Halden" }))
  await screen.findByRole("button", { name: /^Only Mara Halden/ })
  await user.click(screen.getByRole("combobox", { name: "Project" }))
  await user.click(await screen.findByRole("option", { name: "Tulips" }))
  await user.type(screen.getByLabelText("To"), "2026-11-22")
  const narrowed = { actor: "user_1", projectId: tulips.id, until: "2026-11-23T00:00:00.000Z" }
  await waitFor(() => expect(api.calls.at(-1)?.input.query).toMatchObject(narrowed))
  const csv = screen.getByRole("link", { name: "CSV" }).getAttribute("href") ?? ""
  expect(Object.fromEntries(new URLSearchParams(csv.split("?")[1]))).toEqual(narrowed)
})

test("somebody who asks is told that the records are whole, or which is not", async () => {
  const head = { number: 3, hash: "0".repeat(64) }
  const whole = { valid: true, records: 3, erased: 1, head, broken: null }
  const api = fakeApi({
    "GET /organizations/{organizationId}/audit": () => page([record("run.start", 1)]),
    "GET /projects": () => page([tulips]),
    "GET /organizations/{organizationId}/audit/verification": () => whole,
  })
  const { user } = draw(<ActivityScreen />, { at: "/activity" })
  await user.click(await screen.findByRole("button", { name: "Check the records" }))
  await screen.findByText(/^3 records, all there and as they were written; of 1 the words/)
  const broken = { number: 2, why: "Its content was changed." }
  api.answer({
    "GET /organizations/{organizationId}/audit/verification": () => ({
      ...whole,
      ...{ valid: false, broken },
    }),
  })
  await user.click(screen.getByRole("button", { name: "Check the records" }))
  await screen.findByText("Record 2 is not as it was written.")
  screen.getByText("Its content was changed.")
})

test("who may not read the activity is told whom to ask, and nothing is asked of the server", () => {
  const api = fakeApi({})
  const halden = organization("Halden Works", "developer")
  draw(<ActivityScreen />, { me: mara([halden]), open: halden.slug })
  screen.getByText("Ask an owner of Halden Works.")
  expect(api.calls).toEqual([])
})
