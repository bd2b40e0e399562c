// @vitest-environment jsdom
import { useMutation } from "@tanstack/react-query"
import { fireEvent, screen, act as settle, waitFor } from "@testing-library/react"
import { hydrateRoot } from "react-dom/client"
import { renderToString } from "react-dom/server"
import { expect, onTestFinished, test } from "vitest"
import { updateProject } from "../projects/queries.ts"
import { draw } from "../testing/draw.tsx"
import { fakeApi, Refused } from "../testing/fake-api.ts"
import { project } from "../testing/projects.ts"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { Form } from "./form.tsx"
import { schemaOf } from "./schema-of.ts"
import { useForm } from "./use-form.ts"

const tulips = project({ name: "Tulips" })

function Example({ guarded }: { guarded?: boolean }) {
  const update = useMutation(updateProject)
  const params = { projectId: tulips.id }
  const form = useForm({
    values: { other: "", name: "" },
    body: ({ name }) => ({ name }),
    schema: () => schemaOf("PATCH /projects/{projectId}"),
    send: (_, { name }) => update.mutateAsync({ params, body: { name } }),
    check: ({ other }) => ({ other: other === "bad" ? "Not that." : undefined }),
    ...(guarded ? { guarded } : {}),
  })
  return (
    <Form form={form} label="Example">
      <TextField label="Other" {...form.text("other")} />
      <TextField label="Name" help="Any." {...form.text("name")} />
      <Button type="submit" busy={form.pending ? "Saving" : undefined}>
        Save
      </Button>
    </Form>
  )
}

const field = (name: string) => screen.getByLabelText<HTMLInputElement>(name)
const save = () => screen.getByRole("button", { name: "Save" })
const saved = { "PATCH /projects/{projectId}": () => tulips }

test("what the contract refuses is said at its field, which gets the focus, and nothing is sent", async () => {
  const api = fakeApi(saved)
  const { user } = draw(<Example />)
  await user.type(field("Name"), "x")
  await user.click(save())
  await screen.findByText("Use at least 2 characters, for example “Reading list”.")
  expect(document.activeElement).toBe(field("Name"))
  expect(field("Name").getAttribute("aria-invalid")).toBe("true")
  expect(field("Name").value).toBe("x")
  expect(api.calls).toEqual([])
})

test("of several wrong fields the first gets the focus, and each has its own sentence", async () => {
  fakeApi(saved)
  const { user } = draw(<Example />)
  await user.type(field("Other"), "bad")
  await user.type(field("Name"), "x{Enter}")
  await screen.findByText("Not that.")
  screen.getByText(/^Use at least 2 characters/)
  expect(document.activeElement).toBe(field("Other"))
})

test("a sentence goes once its field is right", async () => {
  fakeApi(saved)
  const { user } = draw(<Example />)
  await user.type(field("Name"), "x{Enter}")
  await screen.findByText(/^Use at least 2 characters/)
  await user.type(field("Name"), "yz")
  await waitFor(() => expect(screen.queryByText(/^Use at least 2/)).toBeNull())
  screen.getByText("Any.")
})

test("what the server refuses is said at its field by its pointer, and what was typed stays", async () => {
  fakeApi({
    "PATCH /projects/{projectId}": () =>
      new Refused({ status: 422, detail: "No.", fields: { "/name": "That name is taken." } }),
  })
  const { user } = draw(<Example />)
  await user.type(field("Name"), "Roses{Enter}")
  await screen.findByText("That name is taken.")
  expect(document.activeElement).toBe(field("Name"))
  expect(field("Name").value).toBe("Roses")
})

test("a refusal that belongs to no field stands above them with its request id", async () => {
  fakeApi({
    "PATCH /projects/{projectId}": () => new Refused({ status: 503, detail: "Try again." }),
  })
  const { user } = draw(<Example />)
  await user.type(field("Name"), "Roses{Enter}")
  const alert = await screen.findByRole("alert")
  expect(alert.textContent).toContain("Try again.")
  expect(alert.textContent).toContain("req_")
  expect(field("Name").value).toBe("Roses")
})

test("a form that is submitted twice is sent once, and says meanwhile what it does", async () => {
  const answer = Promise.withResolvers<typeof tulips>()
  const api = fakeApi({ "PATCH /projects/{projectId}": () => answer.promise })
  const { user } = draw(<Example />)
  await user.type(field("Name"), "Roses{Enter}{Enter}")
  fireEvent.submit(screen.getByRole("form", { name: "Example" }))
  await screen.findByRole("button", { name: "Saving" })
  await settle(async () => answer.resolve(tulips))
  await screen.findByRole("button", { name: "Save" })
  expect(api.calls).toHaveLength(1)
})

test("leaving the page is asked about only while something typed was not sent", async () => {
  fakeApi(saved)
  const { user } = draw(<Example guarded />)
  const leave = () => window.dispatchEvent(new Event("beforeunload", { cancelable: true }))
  expect(leave()).toBe(true)
  await user.type(field("Name"), "Roses")
  expect(leave()).toBe(false)
  await user.click(save())
  await waitFor(() => expect(leave()).toBe(true))
})

function Early() {
  const form = useForm<{ email: string }, void>({
    body: (typed) => typed,
    send: async (body) => void sent.push(body),
  })
  return (
    <Form form={form} label="Early">
      <TextField label="Email" {...form.text("email")} />
    </Form>
  )
}
const sent: object[] = []

test("what was typed before the script ran is kept and sent", async () => {
  const place = document.createElement("div")
  document.body.append(place)
  onTestFinished(() => place.remove())
  place.innerHTML = renderToString(<Early />)
  field("Email").value = "early@example.com"
  const root = await settle(async () => hydrateRoot(place, <Early />))
  onTestFinished(() => settle(async () => root.unmount()))
  expect(field("Email").value).toBe("early@example.com")
  await settle(async () => void fireEvent.submit(screen.getByRole("form", { name: "Early" })))
  expect(sent).toEqual([{ email: "early@example.com" }])
})
