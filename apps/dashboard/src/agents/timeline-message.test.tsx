// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { expect, test } from "vitest"
import { ProjectFrame } from "../projects/project-frame.tsx"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi } from "../testing/fake-api.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { run } from "../testing/runs.ts"
import { TimelineMessage } from "./timeline-message.tsx"

const me = mara()
const app = project({ name: "Tulips", organizationId: me.organizations[0]?.id ?? "org_" })
const ended = run({ projectId: app.id, state: "succeeded" })
const message = {
  ...{ id: "msg_01k9x3v8hde8r8z6h3gk5c2v9w" as const, number: 1, text: "Use euros" },
  ...{ sentBy: "Mara Halden", sentAt: ended.createdAt, heardAt: null },
}
const note = {
  ...{ id: "att_01k9x3v8hde8r8z6h3gk5c2v9w" as const, name: "note.txt", kind: "text" as const },
  ...{ mediaType: "text/plain", bytes: 4, width: null, height: null, message: 1 },
  path: "attachments/note.txt",
}

function show(shown: Run, heardAt: string | null = null, more: FakeHandlers = {}) {
  const api = fakeApi({ "GET /projects/{projectId}": () => app, ...more })
  const drawn = draw(
    <ProjectFrame projectId={app.id}>
      <ul>
        <TimelineMessage run={shown} message={{ ...message, heardAt }} startedAt={0} />
      </ul>
    </ProjectFrame>,
    { me, at: `/projects/${app.id}` },
  )
  return { ...drawn, api }
}

test("a message that came too late says so, and becomes a run of its own", async () => {
  const next = run({ projectId: app.id, number: 2, goal: "Use euros" })
  const { user, api, visited } = show(ended, null, { "POST /agents/runs": () => next })
  await screen.findByText("It came too late: no agent read it.")
  await user.click(screen.getByRole("button", { name: "Ask for it in a new run" }))
  await waitFor(() => expect(visited.at(-1)).toContain(`?run=${next.id}`))
  expect(api.sent("POST")).toMatchObject([{ body: { goal: "Use euros" } }])
})

test("while the run works a message is not read yet, and what came with it can be saved", async () => {
  show({ ...ended, state: "running", attachments: [note] })
  await screen.findByText("Not read yet")
  const link = screen.getByRole("link", { name: /note\.txt/ })
  expect(link.getAttribute("download")).toBe("note.txt")
  expect(link.getAttribute("href")).toMatch(/\/runs\/run_.*\/attachments\/att_/)
})

test("of a message that was read nothing more is said", async () => {
  show(ended, ended.createdAt)
  await screen.findByText("Use euros")
  expect(screen.queryByText(/read/)).toBeNull()
})
