// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../../testing/fake-api.ts"
import { mara } from "../../testing/people.ts"
import { project } from "../../testing/projects.ts"
import { ProjectFrame } from "../project-frame.tsx"
import { FilesScreen } from "./files-screen.tsx"

const me = mara()
const own = { organizationId: me.organizations[0]?.id ?? "org_", hasMachine: false }
const tulips = project({ ...own, name: "Tulips" })
const commit = (letter: string) => letter.repeat(40)
const file = (path: string) => ({ path, size: 12, sha: "a" })
const saved = {
  ...{ id: commit("b"), parent: commit("a"), message: "Change", author: "Mara" },
  at: tulips.createdAt,
}

function open(also: FakeHandlers = {}, path?: string) {
  const api = fakeApi({
    "GET /projects/{projectId}": () => tulips,
    "GET /agents/runs": () => page([]),
    "GET /projects/{projectId}/files": () => ({
      commit: commit("a"),
      items: [file("src/server.ts"), file("README.md"), file("src/page.html")],
    }),
    "GET /projects/{projectId}/file": ({ query }) => ({
      ...{ path: query.path, content: "# Tulips\n", truncated: false, binary: false },
    }),
    "GET /projects/{projectId}/search": () => ({ lines: [] }),
    "POST /projects/{projectId}/commits": () => saved,
    ...also,
  })
  const frame = (
    <ProjectFrame projectId={tulips.id}>
      <FilesScreen path={path} />
    </ProjectFrame>
  )
  return { ...draw(frame, { me, at: `/projects/${tulips.id}/files` }), api }
}
const press = async (user: ReturnType<typeof open>["user"], name: string) =>
  user.click(await screen.findByRole("button", { name }))
const loaded = () => screen.findByRole("figure", { name: "Text of README.md" })
const text = () => screen.findByRole("textbox", { name: "Text of README.md" })

test("files are found by a part of their path, and the README is open", async () => {
  const { user } = open()
  await screen.findByRole("figure", { name: "Text of README.md" })
  expect(screen.getByRole("link", { name: /README/ }).getAttribute("aria-current")).toBe("page")
  await user.type(screen.getByRole("searchbox", { name: "Filter files" }), "SERVER")
  expect(screen.getAllByRole("link", { name: /12 B/ }).map((link) => link.textContent)).toEqual([
    "server.ts, 12 B",
  ])
  await user.type(screen.getByRole("searchbox", { name: "Filter files" }), "x")
  screen.getByText("No file matches.")
})

test("files are found by what stands in them", async () => {
  const lines = [{ path: "src/server.ts", line: 7, text: "  listen(port)" }]
  const { user } = open({ "GET /projects/{projectId}/search": () => ({ lines }) })
  await user.type(await screen.findByRole("searchbox", { name: "Filter files" }), "listen")
  const found = await screen.findByRole("list", { name: "Lines that match" })
  expect(found.textContent).toBe("src/server.ts:7listen(port)")
})

test("folders fold and open again", async () => {
  const { user } = open()
  const folder = await screen.findByRole("button", { name: "src" })
  await user.click(folder)
  expect(folder.getAttribute("aria-expanded")).toBe("false")
  expect(screen.queryByRole("link", { name: /server/ })).toBeNull()
  await user.click(folder)
  screen.getByRole("link", { name: /server/ })
})

test("a text is changed and saved as one commit, based on what was shown", async () => {
  const { user, api } = open()
  await loaded()
  await press(user, "Edit")
  await user.type(await text(), "More")
  await press(user, "Save")
  await waitFor(() =>
    expect(api.sent("POST")[0]?.body).toEqual({
      message: "Change README.md",
      parent: commit("a"),
      changes: [{ path: "README.md", content: "# Tulips\nMore" }],
    }),
  )
  await screen.findByText("Saved as version bbbbbbb")
})

test("what is typed has the colours of its language, letter over letter, with its lines counted", async () => {
  const { user } = open()
  await loaded()
  await press(user, "Edit")
  const field = (await text()) as HTMLTextAreaElement
  await user.type(field, "Some **bold** words")
  const over = field.nextElementSibling
  await waitFor(() => expect(over?.querySelector(".hljs-strong")?.textContent).toBe("**bold**"))
  expect(over?.textContent).toBe("1# Tulips2Some **bold** words")
})

test("who was slower keeps what they typed, is told, and may save it anyway", async () => {
  let tries = 0
  const { user, api } = open({
    "POST /projects/{projectId}/commits": () => {
      tries += 1
      const detail = "Changed at the same time."
      return tries === 1 ? new Refused({ status: 409, code: "conflict", detail }) : saved
    },
  })
  await loaded()
  await press(user, "Edit")
  await user.type(await text(), "Mine")
  await press(user, "Save")
  await screen.findByText("The project was changed meanwhile.")
  expect(((await text()) as HTMLTextAreaElement).value).toBe("# Tulips\nMine")
  await press(user, "Save README.md anyway")
  await screen.findByText("Saved as version bbbbbbb")
  expect(api.sent("POST")[1]?.body).not.toHaveProperty("parent")
})

test("a new file is made at a path that is free", async () => {
  const { user, api } = open()
  await press(user, "New file")
  const dialog = within(await screen.findByRole("dialog", { name: "New file" }))
  const path = dialog.getByRole("textbox", { name: "Path" })
  await user.type(path, "README.md{Enter}")
  dialog.getByText("There is a file at this path already.")
  expect(api.sent("POST")).toEqual([])
  await user.clear(path)
  await user.type(path, "docs/a.md{Enter}")
  await waitFor(() =>
    expect(api.sent("POST")[0]?.body).toMatchObject({
      changes: [{ path: "docs/a.md", content: "" }],
    }),
  )
})

test("a path that was refused is refused no more once it is typed anew", async () => {
  const detail = "A path stays in its project."
  const { user } = open({
    "POST /projects/{projectId}/commits": () =>
      new Refused({ status: 422, code: "path_refused", detail }),
  })
  await press(user, "New file")
  const path = within(await screen.findByRole("dialog")).getByRole("textbox", { name: "Path" })
  await user.type(path, "../a{Enter}")
  await screen.findByText(detail)
  await user.type(path, "b")
  expect(screen.queryByText(detail)).toBeNull()
  expect(path.getAttribute("aria-invalid")).toBeNull()
})

test("a file gets another path by one commit, and is deleted by one", async () => {
  const { user, api } = open()
  await loaded()
  await press(user, "Rename")
  const dialog = within(await screen.findByRole("dialog", { name: "Rename file" }))
  const path = dialog.getByRole("textbox", { name: "Path" })
  await user.clear(path)
  await user.type(path, "READ.md{Enter}")
  await waitFor(() =>
    expect(api.sent("POST")[0]?.body).toMatchObject({
      changes: [
        { path: "README.md", content: null },
        { path: "READ.md", content: "# Tulips\n" },
      ],
    }),
  )
  await press(user, "Delete")
  await press(user, "Delete file")
  await waitFor(() =>
    expect(api.sent("POST")[1]?.body).toMatchObject({
      changes: [{ path: "README.md", content: null }],
    }),
  )
})

test("what is no text is not changed here, and everything can be taken out", async () => {
  open({
    "GET /projects/{projectId}/file": ({ query }) => ({
      ...{ path: query.path, content: "", truncated: false, binary: true },
    }),
  })
  await screen.findByText("Not text")
  expect(screen.getByRole("button", { name: "Edit" }).getAttribute("aria-disabled")).toBe("true")
  const href = (name: string) => screen.getByRole("link", { name }).getAttribute("href")
  expect(href("Download")).toContain(`/projects/${tulips.id}/raw?path=README.md`)
  expect(href("Download ZIP")).toBe(`/api/v1/projects/${tulips.id}/archive`)
})
