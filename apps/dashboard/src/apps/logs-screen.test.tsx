// @vitest-environment jsdom
import { screen } from "@testing-library/react"
import { expect, test } from "vitest"
import { ProjectFrame } from "../projects/project-frame.tsx"
import { draw } from "../testing/draw.tsx"
import { fakeApi, page } from "../testing/fake-api.ts"
import { app } from "../testing/machines.ts"
import { mara } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { LogsScreen } from "./logs-screen.tsx"

const me = mara()
const tulips = project({ name: "Tulips", organizationId: me.organizations[0]?.id ?? "org_" })
const text = [
  "[started at 2026-11-22T10:31:05.120Z]",
  "listening",
  "WARN slow query",
  "TypeError: bulb is not a function",
  "    at plant.js:3",
  "GET / 200",
].join("\n")

function open() {
  fakeApi({
    "GET /projects/{projectId}": () => tulips,
    "GET /agents/runs": () => page([]),
    "GET /projects/{projectId}/machines": () => page([]),
    "GET /projects/{projectId}/apps": () => page([app({ projectId: tulips.id })]),
    "GET /apps/{appId}/logs": () => ({ text, times: [] }),
  })
  return draw(
    <ProjectFrame projectId={tulips.id}>
      <LogsScreen />
    </ProjectFrame>,
    { me, at: `/projects/${tulips.id}/logs` },
  )
}

const lines = () => {
  const output = screen.getByRole("figure", { name: "Output of the app" })
  return [...output.querySelectorAll(".code-line")].map(({ textContent }) => textContent)
}

test("a log is narrowed to what went wrong, with the stack of it, and to words", async () => {
  const { user, unmount } = open()
  await user.click(await screen.findByRole("radio", { name: /^Errors ?2$/ }))
  expect(lines()).toEqual(["TypeError: bulb is not a function", "    at plant.js:3"])
  expect(window.location.search).toBe("?level=error")
  await user.click(screen.getByRole("radio", { name: /^Warnings and errors ?3$/ }))
  expect(lines()).toHaveLength(3)
  await user.type(screen.getByRole("searchbox", { name: "Search the log" }), "slow")
  expect(lines()).toEqual(["WARN slow query"])
  unmount()
  open()
  await screen.findByText("WARN slow query")
  expect(lines()).toHaveLength(1)
  window.history.replaceState(null, "", "/")
})
