// @vitest-environment jsdom
import { screen } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi } from "../testing/fake-api.ts"
import { id } from "../testing/numbered.ts"
import { mara, organization } from "../testing/people.ts"
import { ActivityScreen } from "./activity-screen.tsx"

const record = (action: string, at: number) => ({
  id: id("aud", at),
  at: "2026-11-22T12:00:00.000Z",
  action,
  actor: { kind: "user" as const, id: null, name: "Mara Halden" },
  subject: "prj_01k9x3v8hde8r8z6h3gk5c2v9w",
  ...{ ip: null, requestId: null, details: {} },
})

test("what happened is said in the words of its kind, and can be narrowed to one action", async () => {
  const records = [record("run.start", 1), record("project.create", 2), record("new.thing", 3)]
  const api = fakeApi({
    "GET /organizations/{organizationId}/audit": ({ query }) => ({
      items: records.filter(({ action }) => !query.action || action === query.action),
      nextCursor: null,
    }),
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

test("who may not read the activity is told whom to ask, and nothing is asked of the server", () => {
  const api = fakeApi({})
  const halden = organization("Halden Works", "developer")
  draw(<ActivityScreen />, { me: mara([halden]), open: halden.slug })
  screen.getByText("Ask an owner of Halden Works.")
  expect(api.calls).toEqual([])
})
