// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react"
import { expect, test } from "vitest"
import { ProjectFrame } from "../projects/project-frame.tsx"
import { draw } from "../testing/draw.tsx"
import { fakeApi, page } from "../testing/fake-api.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { OpenAppScreen } from "./open-app-screen.tsx"

test("who comes from a private address is let in and led back there, once; who comes back is told why", async () => {
  const me = mara()
  const tulips = project({ organizationId: me.organizations[0]?.id ?? "org_" })
  const api = fakeApi({
    "GET /projects/{projectId}": () => tulips,
    "GET /projects/{projectId}/apps": () => page([]),
    "GET /agents/runs": () => page([]),
    "POST /projects/{projectId}/preview-links": () => ({
      url: `https://x.test/?opened=${api.sent("POST").length}`,
      expiresAt: tulips.updatedAt,
    }),
  })
  const went: string[] = []
  const go = (address: string) => void went.push(address)
  const show = () =>
    draw(
      <ProjectFrame projectId={tulips.id}>
        <OpenAppScreen path="/books" draftOf={null} go={go} />
      </ProjectFrame>,
      { me, at: `/projects/${tulips.id}/open` },
    )
  const { unmount } = show()
  await waitFor(() => expect(went).toEqual(["https://x.test/?opened=1"]))
  expect(api.sent("POST")).toMatchObject([{ body: { returnTo: "/books" } }])
  unmount()
  const { user } = show()
  await screen.findByText("The app did not let you in.")
  expect(went).toHaveLength(1)
  await user.click(screen.getByRole("button", { name: "Open it again" }))
  await waitFor(() => expect(went.at(-1)).toBe("https://x.test/?opened=2"))
})
