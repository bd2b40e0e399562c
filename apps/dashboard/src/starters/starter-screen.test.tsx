// @vitest-environment jsdom
import "../apps/data-model/model-field.tsx"
import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, Refused } from "../testing/fake-api.ts"
import { mara, organization } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { books, starter } from "../testing/starters.ts"
import { MakeStarterPanel } from "./make-starter-panel.tsx"
import { StarterScreen } from "./starter-screen.tsx"

function show(handlers: FakeHandlers = {}, options: Parameters<typeof draw>[1] = {}) {
  const api = fakeApi({ "GET /starters/{starterId}": () => starter(), ...handlers })
  const drawn = draw(<StarterScreen starterId="live-board" />, options)
  return { ...drawn, api }
}
/** In the form: the data model above it filters by fields that may be called the same. */
async function field(name: string): Promise<HTMLInputElement> {
  const form = await screen.findByRole("form", { name: "Begin with Live board" })
  return within(form).getByLabelText<HTMLInputElement>(name)
}
const create = () => screen.getByRole("button", { name: "Create project" })

test("it says what it is and includes, and a project begins with what was chosen", async () => {
  const made = project()
  const { user, api, visited } = show({ "POST /projects": () => made })
  await screen.findByText("Cards are moved between columns")
  screen.getByText(/It does not send mail\./)
  await user.clear(await field("Title"))
  await user.type(await field("Title"), "Kitchen")
  await user.clear(await field("Size"))
  await user.type(await field("Size"), "5")
  await user.click(screen.getByRole("combobox", { name: "Shape" }))
  await user.click(await screen.findByRole("option", { name: "Square" }))
  await user.click(screen.getByRole("switch", { name: "Comments" }))
  await user.type(await field("Columns"), "\nLater\n")
  await user.click(create())
  await waitFor(() => expect(visited).toEqual([`/o/mara-halden/projects/${made.id}`]))
  expect(api.sent("POST")[0]?.body).toMatchObject({
    preview: "private",
    starter: {
      id: "live-board",
      parameters: {
        ...{ title: "Kitchen", about: "", size: 5, shape: "square", comments: false },
        ...{ accent: "#1d4ed8", columns: ["To do", "Done", "Later"], model: books },
      },
    },
  })
})

test("a value that is refused says why at its field, and what was typed stays", async () => {
  const fields = { "/starter/parameters/size": "Use 9 or less." }
  const { user } = show({
    "POST /projects": () => new Refused({ status: 422, detail: "No.", fields }),
  })
  await user.clear(await field("Size"))
  await user.type(await field("Size"), "99")
  await user.click(create())
  await screen.findByText("Use 9 or less.")
  expect((await field("Size")).value).toBe("99")
  expect(document.activeElement).toBe(await field("Size"))
})

test("who may not create projects reads why on the button", async () => {
  const halden = organization("Halden Works", "viewer")
  show({}, { me: mara([halden]), open: halden.slug })
  await screen.findByText("Cards are moved between columns")
  expect(create().getAttribute("aria-disabled")).toBe("true")
})

test("a starter that is not there says so", async () => {
  show({
    "GET /starters/{starterId}": () =>
      new Refused({ status: 404, detail: "There is no such starter." }),
  })
  await screen.findByText("There is no such starter.")
})

test("one of the organization is deleted once that was confirmed; one of the platform cannot be", async () => {
  const own = starter({ id: "str_00000000000000000000000001", own: true, includes: [] })
  const { user, api, visited } = show({
    "GET /starters/{starterId}": () => own,
    "DELETE /starters/{starterId}": () => undefined,
  })
  await user.click(await screen.findByRole("button", { name: "Delete" }))
  expect(api.sent("DELETE")).toEqual([])
  await user.click(await screen.findByRole("button", { name: "Delete starter" }))
  await waitFor(() => expect(visited).toEqual(["/o/mara-halden/starters"]))
  expect(api.sent("DELETE")[0]?.params).toEqual({ starterId: own.id })
})

test("a project becomes a starter, which is opened; what is missing is said first", async () => {
  const tulips = project({ name: "Tulips" })
  const own = starter({ id: "str_00000000000000000000000002", own: true })
  const api = fakeApi({ "POST /starters": () => own })
  const { user, visited } = draw(<MakeStarterPanel project={tulips} />)
  await user.click(screen.getByRole("button", { name: "Make a starter" }))
  await screen.findByText("Say in a sentence what it is for.")
  expect(api.calls).toEqual([])
  await user.type(screen.getByLabelText("What it is for"), "A list of flowers.")
  await user.click(screen.getByRole("button", { name: "Make a starter" }))
  await waitFor(() => expect(visited).toEqual([`/o/mara-halden/starters/${own.id}`]))
  expect(api.sent("POST")[0]?.body).toEqual({
    ...{ projectId: tulips.id, name: "Tulips", summary: "A list of flowers." },
    category: "productivity",
  })
})

test("a starter in a language that this host does not have says what is needed", async () => {
  const needs = "This host has no Go. Its admin can install it."
  show({ "GET /starters/{starterId}": () => starter({ stack: "go", needs }) })
  expect(await screen.findByText(needs)).toBeDefined()
})
