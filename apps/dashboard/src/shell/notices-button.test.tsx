// @vitest-environment jsdom
import { screen, act as settle, waitFor } from "@testing-library/react"
import { expect, test } from "vitest"
import type { LiveEvent } from "../kind.ts"
import { LiveEvents } from "../live/live-provider.tsx"
import { draw } from "../testing/draw.tsx"
import { project } from "../testing/projects.ts"
import { Crumbs } from "./crumbs.tsx"
import { NoticesButton } from "./notices-button.tsx"
import { NoticesProvider } from "./notices-provider.tsx"

const become = (
  hearers: Iterable<(event: LiveEvent) => void>,
  { id, name }: { id: string; name: string },
  state: string,
) => {
  const event = { type: "event", topic: "t", cursor: "1", kind: "project.changed" }
  for (const hear of hearers) hear({ ...event, id, data: { id, name, state } } as never)
}

test("a run that ends while nobody looks stands in the title and in the list, until somebody does", async () => {
  const hearers = new Set<(event: LiveEvent) => void>()
  const tulips = project({ name: "Tulips" })
  let hidden = true
  Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden })
  const { user } = draw(
    <LiveEvents hearers={hearers}>
      <NoticesProvider>
        <Crumbs />
        <NoticesButton />
      </NoticesProvider>
    </LiveEvents>,
  )
  const becomes = (state: string) => settle(async () => become(hearers, tulips, state))
  await becomes("working")
  await becomes("running")
  await waitFor(() => expect(document.title).toBe("(1) Projects · VibeCaaS"))
  hidden = false
  await settle(async () => void document.dispatchEvent(new Event("visibilitychange")))
  await waitFor(() => expect(document.title).toBe("Projects · VibeCaaS"))
  await user.click(screen.getByRole("button", { name: "Notices, 1" }))
  const link = await screen.findByRole("link", { name: "Tulips: Running" })
  expect(link.getAttribute("href")).toBe(`/o/mara-halden/projects/${tulips.id}`)
  const browser = screen.getByRole("switch", { name: "Show them in this browser" })
  expect(browser.getAttribute("aria-disabled")).toBe("true")
})

test("runs of two projects that end at the same moment are both told of", async () => {
  const hearers = new Set<(event: LiveEvent) => void>()
  const both = [project({ name: "Tulips" }), project({ name: "Roses" })]
  draw(
    <LiveEvents hearers={hearers}>
      <NoticesProvider>
        <NoticesButton />
      </NoticesProvider>
    </LiveEvents>,
  )
  await settle(async () => {
    for (const each of both) become(hearers, each, "working")
    for (const each of both) become(hearers, each, "running")
  })
  screen.getByRole("button", { name: "Notices, 2" })
})
