// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import { expect, test } from "vitest"
import { ProjectFrame } from "../projects/project-frame.tsx"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../testing/fake-api.ts"
import { machine } from "../testing/machines.ts"
import { at, id } from "../testing/numbered.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { MachineScreen } from "./machine-screen.tsx"

const me = mara()
const tulips = project({ name: "Tulips", organizationId: me.organizations[0]?.id ?? "org_" })
const projectId = tulips.id
const draft = machine({ projectId, purpose: "draft" })
const main = machine({ projectId })
const worker = machine({ projectId, name: "Worker", state: "stopped", wanted: "stopped" })

const used = { processors: 0.5, memoryBytes: 100 * 1024 ** 2, diskBytes: null, processes: 3 }

function open(machines: readonly Machine[], also: FakeHandlers = {}, machineId?: Machine["id"]) {
  const api = fakeApi({
    "GET /projects/{projectId}": () => tulips,
    "GET /agents/runs": () => page([]),
    "GET /projects/{projectId}/apps": () => page([]),
    "GET /projects/{projectId}/machines": () => page(machines),
    "GET /machines/{machineId}/use": () => used,
    "GET /organizations/{organizationId}/audit": () => page([]),
    ...also,
  })
  const drawn = draw(
    <ProjectFrame projectId={projectId}>
      <MachineScreen machineId={machineId} />
    </ProjectFrame>,
    { me, at: `/projects/${projectId}/machine` },
  )
  return { ...drawn, api }
}
const table = async () => within(await screen.findByRole("table", { name: "Machines" }))
const panel = async (name: string) => within(await screen.findByRole("region", { name }))

test("machines of drafts are listed once they are asked for, and the first live one is shown", async () => {
  const { user } = open([draft, main, worker])
  const list = await table()
  expect(list.getAllByRole("row")).toHaveLength(3)
  list.getByRole("row", { name: /Main machine Running 1 CPU, 384 MB, 1 GB disk local/ })
  expect(list.getByRole("link", { current: true }).textContent).toBe("Main machine")
  await user.click(screen.getByRole("button", { name: "Show 1 machine of drafts" }))
  list.getByRole("row", { name: /^Draft’s machine/ })
  await panel("Main machine")
})

test("how much of a machine is in use is said beside each limit, and what was done with it", async () => {
  const started = {
    ...{ id: id("aud"), at, action: "machine.start", subject: main.id, projectId, number: 1 },
    ...{ actor: { kind: "user" as const, id: me.id, name: "Mara Halden" }, erased: false },
    ...{ ip: null, requestId: null, details: {} },
  }
  const { api } = open([main], {
    "GET /organizations/{organizationId}/audit": () => page([started]),
  })
  const use = await panel("In use")
  const said = async (name: string) =>
    (await use.findByRole("meter", { name })).getAttribute("aria-valuetext")
  expect(await said("Processor")).toBe("50 % of 1 CPU")
  expect(await said("Memory")).toBe("100 MB of 384 MB, 3 processes")
  expect(await said("Disk")).toMatch(/^More files than were counted/)
  await (await panel("Events")).findByText(/Machine started/)
  const asked = api.calls.find(({ input }) => JSON.stringify(input).includes(main.id))
  expect(asked).toBeDefined()
})

test("a machine that rests is not asked what it uses", async () => {
  const { api } = open([worker])
  await (await panel("In use")).findByText("Nothing while it does not run")
  expect(JSON.stringify(api.calls)).not.toContain("/use")
})

test("each machine leads to its own details, with what can be done with it", async () => {
  const { api, user } = open(
    [main, worker],
    { "POST /machines/{machineId}/start": () => ({ ...worker, state: "requested" }) },
    worker.id,
  )
  const details = await panel("Worker")
  expect(details.getByRole("button", { name: "Stop" }).getAttribute("aria-disabled")).toBe("true")
  await user.click(details.getByRole("button", { name: "Start" }))
  await waitFor(() => expect(api.sent("POST")[0]?.params).toEqual({ machineId: worker.id }))
  const to = (await table()).getByRole("link", { name: "Main machine" }).getAttribute("href")
  expect(to).toBe(`/o/mara-halden/projects/${projectId}/machine?machine=${main.id}`)
})

test("a machine of a size outside its limits is refused at the field, and nothing is sent", async () => {
  const { api, user, visited } = open([main], {
    "POST /projects/{projectId}/machines": ({ body }) => ({ ...worker, name: body.name ?? null }),
  })
  await user.click(await screen.findByRole("button", { name: "Add a machine" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Add a machine" }))
  const memory = dialog.getByLabelText("Memory in MiB")
  await user.clear(memory)
  await user.type(memory, "100")
  await user.type(dialog.getByLabelText("CPUs"), ".5{Enter}")
  await dialog.findByText("Use 256 to 4096 MiB.")
  dialog.getByText("Use a whole number.")
  dialog.getByText("Use at least 2 characters.")
  expect(api.sent("POST")).toEqual([])
  await user.type(dialog.getByLabelText("Name"), "Worker")
  await user.clear(dialog.getByLabelText("CPUs"))
  await user.type(dialog.getByLabelText("CPUs"), "2")
  await user.type(memory, "0{Enter}")
  await waitFor(() => expect(visited).toHaveLength(1))
  expect(api.sent("POST")[0]?.body).toEqual({
    name: "Worker",
    size: { cpuCount: 2, memoryMib: 1000, diskMib: 1024 },
  })
  expect(visited[0]).toContain(`machine=${worker.id}`)
  ;(await table()).getByRole("row", { name: /^Worker/ })
})

test("a plan that is used up is said above the form, which keeps what was typed", async () => {
  const refused = new Refused({ status: 409, detail: "Your plan has no memory left." })
  const { user } = open([main], { "POST /projects/{projectId}/machines": () => refused })
  await user.click(await screen.findByRole("button", { name: "Add a machine" }))
  const name = await screen.findByLabelText<HTMLInputElement>("Name")
  await user.type(name, "Worker{Enter}")
  await screen.findByText("Your plan has no memory left.")
  expect(name.value).toBe("Worker")
})

test("a machine is deleted once its name was typed", async () => {
  const { api, user } = open(
    [main, worker],
    { "DELETE /machines/{machineId}": () => ({ ...worker, wanted: "gone" }) },
    worker.id,
  )
  await user.click((await panel("Worker")).getByRole("button", { name: "Delete" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Delete Worker?" }))
  const remove = () => dialog.getByRole("button", { name: "Delete machine" })
  expect(remove().getAttribute("aria-disabled")).toBe("true")
  await user.type(dialog.getByLabelText("Type Worker to confirm"), "Worker")
  await user.click(remove())
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
  expect(api.sent("DELETE")[0]?.params).toEqual({ machineId: worker.id })
})

test("a machine that is not there is said not to be, beside those that are", async () => {
  open([main], {}, "vm_00000000000000000000009999")
  await screen.findByText("There is no such machine")
  await table()
})

test("what failed is told, and a list that cannot be read is read again on demand", async () => {
  const refused = () => new Refused({ status: 404, detail: "The database is away." })
  const { api, user } = open([], { "GET /projects/{projectId}/machines": refused })
  await screen.findByText("The machines could not be read")
  const failed = { ...main, state: "failed", failure: "No host has room." } as const
  api.answer({ "GET /projects/{projectId}/machines": () => page([failed]) })
  await user.click(screen.getByRole("button", { name: "Try again" }))
  await screen.findByText("No host has room.")
})
