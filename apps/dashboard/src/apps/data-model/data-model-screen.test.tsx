// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { DataModel } from "@vibecaas/contract/data-model"
import { expect, test } from "vitest"
import { ProjectFrame } from "../../projects/project-frame.tsx"
import { draw } from "../../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../../testing/fake-api.ts"
import { app, commit } from "../../testing/machines.ts"
import { mara, organization } from "../../testing/people.ts"
import { project } from "../../testing/projects.ts"
import { DataModelScreen } from "./data-model-screen.tsx"

const me = mara()
const tulips = project({ name: "Tulips", organizationId: me.organizations[0]?.id ?? "org_" })
const projectId = tulips.id

const model: DataModel = {
  ...{ version: 1, name: "Library", unsupported: [] },
  entities: [
    {
      ...{ name: "book", plural: "books", label: "Book", labelPlural: "Books", filters: [] },
      fields: [
        { name: "title", label: "Title", type: "text", required: true },
        { name: "pages", label: "Pages", type: "text", required: false },
      ],
    },
    {
      ...{
        name: "author",
        plural: "authors",
        label: "Author",
        labelPlural: "Authors",
        filters: [],
      },
      fields: [{ name: "name", label: "Name", type: "text", required: true }],
    },
  ],
}
const kept = { commit: commit("a"), model, records: { books: 12, authors: 1 } }

function open(also: FakeHandlers = {}, who = me) {
  const api = fakeApi({
    "GET /projects/{projectId}": () => ({
      ...tulips,
      organizationId: who.organizations[0]?.id ?? "org_",
    }),
    "GET /agents/runs": () => page([]),
    "GET /projects/{projectId}/machines": () => page([]),
    "GET /projects/{projectId}/apps": () => page([app({ projectId, commit: commit("a") })]),
    "GET /projects/{projectId}/data-model": () => kept,
    "PUT /projects/{projectId}/data-model": ({ body }) => ({
      ...{ commit: commit("b"), model: body.model, records: null },
    }),
    ...also,
  })
  const drawn = draw(
    <ProjectFrame projectId={projectId}>
      <DataModelScreen />
    </ProjectFrame>,
    { me: who, at: `/projects/${projectId}/data-model` },
  )
  return { ...drawn, api }
}

const changes = () => within(screen.getByRole("region", { name: "What will change" }))
const button = (name: string) => screen.getByRole("button", { name })
const labels = () =>
  screen.getAllByRole("textbox", { name: "Field" }).map((each) => (each as HTMLInputElement).value)

test("a field that is added is told with the records that stay, and saved from what was read", async () => {
  const { user, api } = open()
  await user.type(await screen.findByRole("textbox", { name: "New field" }), "Due date{Enter}")
  changes().getByText("Adds Due date to Books")
  changes().getByText("12 records kept, empty there")
  await user.click(button("Save and run"))
  await waitFor(() => expect(api.sent("PUT")).toHaveLength(1))
  const sent = api.sent("PUT")[0]?.body as { model: DataModel }
  expect(sent.model.entities[0]?.fields.at(-1)).toEqual({
    ...{ name: "due_date", label: "Due date", type: "text", required: false },
  })
  await waitFor(() => expect(button("Save and run").getAttribute("aria-disabled")).toBe("true"))
})

test("what is removed says what becomes of its values, and comes back by undo", async () => {
  const { user } = open()
  await user.click(await screen.findByRole("button", { name: "Remove field Pages" }))
  expect(labels()).toEqual(["Title"])
  changes().getByText("Removes Pages from Books")
  changes().getByText("12 records kept; what they have there stays on disk")
  await user.click(button("Undo"))
  expect(labels()).toEqual(["Title", "Pages"])
  expect(button("Undo").getAttribute("aria-disabled")).toBe("true")
})

test("fields and lists change places by keyboard", async () => {
  const { user } = open()
  const down = await screen.findByRole("button", { name: "Move Title down" })
  down.focus()
  await user.keyboard("{Enter}")
  expect(labels()).toEqual(["Pages", "Title"])
  button("Move Authors up").focus()
  await user.keyboard("{Enter}")
  changes().getByText("Puts the fields of Books in another order")
})

test("typing is one step of undo, and a name that is there twice is said at its field", async () => {
  const { user, api } = open()
  const [, pages] = await screen.findAllByRole("textbox", { name: "Field" })
  if (pages) await user.clear(pages)
  if (pages) await user.type(pages, "Length")
  changes().getByText("Calls Pages of Books Length")
  if (pages) await user.clear(pages)
  await user.click(button("Save and run"))
  await screen.findByText("Give it a name.", { selector: "p[role=alert] span" })
  expect(api.sent("PUT")).toEqual([])
  await user.click(button("Undo"))
  expect(labels()).toEqual(["Title", "Pages"])
})

test("what the server refuses stands at its part", async () => {
  const says = "Another list is called this already."
  const fields = { "/model/entities/0/labelPlural": says }
  const { user } = open({
    "PUT /projects/{projectId}/data-model": () =>
      new Refused({ status: 422, detail: says, fields }),
  })
  const plural = await screen.findByRole("textbox", { name: "Several are called" })
  await user.type(plural, "!")
  await user.click(button("Save and run"))
  await waitFor(() => expect(plural.getAttribute("aria-invalid")).toBe("true"))
})

test("a change of somebody else is told, and what was typed stays", async () => {
  const detail = "Somebody else changed this data model meanwhile. Nothing was changed."
  const { user } = open({
    "PUT /projects/{projectId}/data-model": () => new Refused({ status: 412, detail }),
  })
  await user.type(await screen.findByRole("textbox", { name: "New field" }), "Year{Enter}")
  await user.click(button("Save and run"))
  await screen.findByText(detail)
  expect(labels()).toEqual(["Title", "Pages", "Year"])
})

test("a new list is shown at once, with a field to begin with", async () => {
  const { user } = open()
  await user.type(await screen.findByRole("textbox", { name: "One record" }), "Shelf")
  await user.type(screen.getByRole("textbox", { name: "Several" }), "Shelves{Enter}")
  await screen.findByRole("region", { name: "Fields of Shelves" })
  expect(labels()).toEqual(["Name"])
  changes().getByText("Adds Shelves")
})

test("a model that did not run says which record stopped it, and leads back", async () => {
  const why = "Book 2 (“Dune”): Pages “many” cannot become whole number. Nothing was changed."
  const refused = app({
    ...{ projectId, commit: commit("c"), commitWanted: commit("a"), commitRefused: commit("a") },
    logTail: [why],
  })
  const other = structuredClone(model)
  other.entities[0]?.fields.pop()
  const { user } = open({
    "GET /projects/{projectId}/apps": () => page([refused]),
    "GET /projects/{projectId}/data-model": ({ query }) =>
      query.commit ? { ...kept, commit: commit("c"), model: other } : kept,
  })
  await screen.findByText(why, { exact: false })
  await user.click(button("Go back to the one that runs"))
  await waitFor(() => expect(labels()).toEqual(["Title"]))
})

test("an app without a data model says so", async () => {
  const detail = "This app has no data model: none of its files is the app.json of a record keeper."
  open({
    "GET /projects/{projectId}/data-model": () => new Refused({ status: 404, detail }),
  })
  await screen.findByText("No data model")
  screen.getByText(detail, { exact: false })
})

test("who may only look sees the model and why nothing can be changed", async () => {
  const who = { ...mara(), organizations: [organization("Halden Works", "viewer")] }
  open({}, who)
  await screen.findAllByRole("textbox", { name: "Field" })
  expect(button("Save and run").getAttribute("aria-disabled")).toBe("true")
  expect(screen.queryByRole("form", { name: "Add a field" })).toBeNull()
})
