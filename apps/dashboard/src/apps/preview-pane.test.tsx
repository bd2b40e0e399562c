// @vitest-environment jsdom
import { screen, act as settle } from "@testing-library/react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi, page } from "../testing/fake-api.ts"
import { app } from "../testing/machines.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { PreviewPane } from "./preview-pane.tsx"

test("while agents work on a draft one can look at it, and its end leads back to what is live", async () => {
  const me = mara()
  const tulips = project({ name: "Tulips", preview: "public" })
  const live = app({ projectId: tulips.id })
  const draft = app({ projectId: tulips.id, purpose: "draft", draftOf: "run_1", state: "running" })
  const api = fakeApi({
    "GET /projects/{projectId}/apps": () => page([live, draft]),
    "POST /projects/{projectId}/preview-links": ({ body }) => ({
      url: `https://x.test/?draft=${(body as { draftOf?: string }).draftOf}`,
      expiresAt: draft.updatedAt,
    }),
  })
  const { user, client } = draw(
    <PreviewPane project={tulips} runId="run_1" device="full" onDevice={() => {}} />,
    { me, at: `/projects/${tulips.id}` },
  )
  const frame = (name: string) => screen.findByTitle<HTMLIFrameElement>(`Preview of ${name}`)
  expect((await frame("Tulips")).src).toBe(`${tulips.previewUrl}/`)
  await user.click(screen.getByRole("radio", { name: "Draft" }))
  expect((await frame("the draft of Tulips")).src).toBe("https://x.test/?draft=run_1")
  screen.getByText("What agents work on, with a copy of the data.")
  api.answer({ "GET /projects/{projectId}/apps": () => page([live]) })
  await settle(() => client.invalidateQueries())
  await frame("Tulips")
  expect(screen.queryByRole("radio", { name: "Draft" })).toBeNull()
})
