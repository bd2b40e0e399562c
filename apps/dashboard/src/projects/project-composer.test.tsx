// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from "@testing-library/react"
import { agentRoles } from "@vibecaas/contract/kinds/agents"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, Refused } from "../testing/fake-api.ts"
import { project } from "../testing/projects.ts"
import { ProjectComposer } from "./project-composer.tsx"

function compose(create: FakeHandlers["POST /projects"], off?: string, more: FakeHandlers = {}) {
  const api = fakeApi({ ...(create ? { "POST /projects": create } : {}), ...more })
  const drawn = draw(<ProjectComposer promptRef={{ current: null }} off={off} focusNow />)
  const prompt = screen.getByLabelText<HTMLTextAreaElement>("What should it do?")
  const bodies = () => api.calls.filter(({ route }) => route === "POST /projects")
  return { ...drawn, api, prompt, bodies }
}

test("a sentence and a switch become a project that is opened; Shift and Enter begin a line", async () => {
  const made = project({ name: "Tulips" })
  const { user, prompt, bodies, visited } = compose(() => made)
  expect(document.activeElement).toBe(prompt)
  await user.click(screen.getByRole("switch", { name: "Public preview" }))
  await user.type(prompt, "a list{Shift>}{Enter}{/Shift}of tulips{Enter}")
  await waitFor(() => expect(visited).toEqual([`/o/mara-halden/projects/${made.id}`]))
  expect(bodies()[0]?.input.body).toMatchObject({ prompt: "a list\nof tulips", preview: "public" })
})

test("several candidates, each with a model of its own or as set, lead to their comparison", async () => {
  const made = project({ name: "Tulips" })
  const comparison = { id: "cmp_00000000000000000000000001" as const }
  const choice = { provider: "compatible", model: "own", simulated: true, price: null }
  const role = { ...choice, label: "Own model", fallbacks: [] }
  const roles = Object.fromEntries(agentRoles.map((name) => [name, role]))
  const choices = [{ ...choice, name: "compatible:own", label: "Own model" }]
  const models = { "GET /agents/models": () => ({ roles, choices }) as never }
  const create = () => ({ ...made, comparison })
  const { user, prompt, bodies, visited } = compose(create, undefined, models)
  await user.click(screen.getByRole("combobox", { name: "Candidates" }))
  await user.click(await screen.findByRole("option", { name: "Compare 3 candidates" }))
  await user.click(await screen.findByRole("combobox", { name: "Model of candidate 2" }))
  await user.click(await screen.findByRole("option", { name: "Own model" }))
  await user.type(prompt, "a list{Enter}")
  const page = `/o/mara-halden/projects/${made.id}/compare?comparison=${comparison.id}`
  await waitFor(() => expect(visited).toEqual([page]))
  const compare = [{ model: null }, { model: "compatible:own" }, { model: null }]
  expect(bodies()[0]?.input.body).toMatchObject({ compare })
})

test("where no language model plans there are no candidates to choose", async () => {
  const offline = { provider: "offline", model: "offline", simulated: true, price: null }
  const role = { ...offline, label: "Starters", fallbacks: [] }
  const roles = Object.fromEntries(agentRoles.map((name) => [name, role]))
  compose(undefined, undefined, {
    "GET /agents/models": () => ({ roles, choices: [] }) as never,
  })
  await screen.findByText("Starters")
  expect(screen.queryByRole("combobox", { name: "Candidates" })).toBeNull()
})

test("nothing is sent without words, and the sentence says what to type", async () => {
  const { user, prompt, bodies } = compose(undefined)
  await user.type(prompt, "{Enter}")
  await screen.findByText(/^Say what it should do/)
  expect(bodies()).toEqual([])
})

test("what was typed stays when the server refuses, with the reason", async () => {
  const { user, prompt } = compose(
    () => new Refused({ status: 429, detail: "10 of 10 projects are used." }),
  )
  await user.type(prompt, "a list{Enter}")
  await screen.findByText("10 of 10 projects are used.")
  expect(prompt.value).toBe("a list")
})

test("a prompt that is declined keeps the person where they are: the reason stands at it, and nothing typed is lost", async () => {
  const reason = "That would harm others."
  const { user, prompt, visited } = compose(
    () =>
      new Refused({ status: 422, code: "invalid", detail: reason, fields: { "/prompt": reason } }),
  )
  await user.type(prompt, "hack the wifi{Enter}")
  await screen.findByText(reason)
  expect(prompt.value).toBe("hack the wifi")
  expect(document.activeElement).toBe(prompt)
  expect(visited).toEqual([])
})

test("who may not create projects reads why on the button, and Enter sends nothing", async () => {
  const { user, prompt, bodies } = compose(undefined, "Your role is viewer.")
  await user.type(prompt, "a list{Enter}")
  screen.getByRole("button", { name: "Create project", description: "Your role is viewer." })
  expect(bodies()).toEqual([])
})

let uploads = 0
const uploaded = ({ query }: { query: { name: string } }) => {
  uploads += 1
  const id = `att_0000000000000000000000000${uploads}` as const
  const text = {
    kind: "text",
    mediaType: "text/plain",
    bytes: 5,
    width: null,
    height: null,
  } as const
  return { id, name: query.name, ...text, path: null, message: null }
}
const refuseExe: FakeHandlers["POST /attachments"] = (input) =>
  input.query.name.endsWith(".exe")
    ? new Refused({ status: 422, detail: `${input.query.name} is no image.` })
    : uploaded(input)

test("files that are chosen, pasted and dropped are sent with the prompt; what was removed is not", async () => {
  const made = project({ name: "Tulips" })
  const more = {
    "POST /attachments": uploaded,
    "DELETE /attachments/{attachmentId}": () => undefined,
  }
  const { user, prompt, bodies, api } = compose(() => made, undefined, more)
  const file = (name: string) => new File(["words"], name, { type: "text/plain" })
  await user.upload(screen.getByLabelText("Files to attach"), [file("a.csv"), file("b.csv")])
  await screen.findByText("b.csv")
  fireEvent.drop(prompt, { dataTransfer: { types: ["Files"], files: [file("c.csv")] } })
  fireEvent.paste(prompt, { clipboardData: { files: [file("d.csv")], getData: () => "" } })
  await waitFor(() => expect(screen.getAllByText("5 B")).toHaveLength(4))
  await user.click(screen.getByRole("button", { name: "Remove b.csv" }))
  await user.type(prompt, "a list{Enter}")
  await waitFor(() => expect(bodies()).toHaveLength(1))
  const removed = api.sent("DELETE").map(({ params }) => params)
  const sent = bodies()[0]?.input.body as { attachments: string[] }
  expect(sent.attachments).toHaveLength(3)
  expect(removed).toHaveLength(1)
  expect(sent.attachments).not.toContain((removed[0] as { attachmentId: string }).attachmentId)
})

test("a file that is refused says why, and nothing is sent until it is removed", async () => {
  const made = project({ name: "Tulips" })
  const { user, prompt, bodies } = compose(() => made, undefined, {
    "POST /attachments": refuseExe,
  })
  await user.upload(screen.getByLabelText("Files to attach"), new File(["MZ"], "setup.exe"))
  await screen.findByText("setup.exe is no image.")
  await user.type(prompt, "a list{Enter}")
  expect(bodies()).toEqual([])
  await user.click(screen.getByRole("button", { name: "Remove setup.exe" }))
  await user.type(prompt, "{Enter}")
  await waitFor(() => expect(bodies()).toHaveLength(1))
  expect(bodies()[0]?.input.body).not.toHaveProperty("attachments")
})
