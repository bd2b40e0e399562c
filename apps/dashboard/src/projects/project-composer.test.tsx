// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, Refused } from "../testing/fake-api.ts"
import { project } from "../testing/projects.ts"
import { ProjectComposer } from "./project-composer.tsx"

function compose(create: FakeHandlers["POST /projects"], off?: string) {
  const api = fakeApi(create ? { "POST /projects": create } : {})
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

test("who may not create projects reads why on the button, and Enter sends nothing", async () => {
  const { user, prompt, bodies } = compose(undefined, "Your role is viewer.")
  await user.type(prompt, "a list{Enter}")
  screen.getByRole("button", { name: "Create project", description: "Your role is viewer." })
  expect(bodies()).toEqual([])
})
