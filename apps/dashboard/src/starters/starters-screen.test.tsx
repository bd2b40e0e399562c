// @vitest-environment jsdom
import { screen, act as settle, waitFor } from "@testing-library/react"
import type { StarterSummary } from "@vibecaas/contract/kinds/starters"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi, page, Refused } from "../testing/fake-api.ts"
import { inAll, starterSummary } from "../testing/starters.ts"
import { StartersScreen } from "./starters-screen.tsx"
import { StartersStrip } from "./starters-strip.tsx"

const board = starterSummary()
const shop = starterSummary({
  id: "shop",
  name: inAll("Shop"),
  category: "commerce",
  picture: null,
})
const listed = (items: StarterSummary[]) => ({
  ...page(items),
  ...{ categories: ["productivity" as const, "commerce" as const], tags: ["kanban"] },
})

test("starters have the shape of their cards while they are read, then each leads to its page", async () => {
  const answer = Promise.withResolvers<ReturnType<typeof listed>>()
  fakeApi({ "GET /starters": () => answer.promise })
  const { container } = draw(<StartersScreen />)
  screen.getByText("Loading starters")
  await settle(async () => answer.resolve(listed([board, shop])))
  const link = await screen.findByRole("link", { name: "Live board" })
  expect(link.getAttribute("href")).toBe("/o/mara-halden/starters/live-board")
  const pictures = [...container.querySelectorAll("img")].map((image) => image.getAttribute("src"))
  expect(pictures).toHaveLength(2)
  expect(pictures[0]).toContain("/live-board/picture?scheme=light&version=abc")
})

test("a category, a tag and a search are asked for, and nothing that fits leads back to all", async () => {
  const api = fakeApi({
    "GET /starters": ({ query }) => listed(query.search ? [] : [board, shop]),
  })
  const { user } = draw(<StartersScreen />)
  await user.click(await screen.findByRole("radio", { name: "Commerce" }))
  await user.click(screen.getByRole("combobox", { name: "Tag" }))
  await user.click(await screen.findByRole("option", { name: "kanban" }))
  await user.keyboard("/")
  await user.type(screen.getByRole("searchbox", { name: "Search starters" }), "zeppelin")
  await screen.findByText("No starter matches")
  expect(api.calls.at(-1)?.input.query).toMatchObject({
    ...{ category: "commerce", tag: "kanban", search: "zeppelin" },
  })
  await user.click(screen.getByRole("button", { name: "Show all starters" }))
  await screen.findByRole("link", { name: "Shop" })
})

test("an installation without starters says so, and what failed is read again on demand", async () => {
  const api = fakeApi({
    "GET /starters": () => new Refused({ status: 500, detail: "The disk does not answer." }),
  })
  const { user } = draw(<StartersScreen />)
  await screen.findByText("The disk does not answer.")
  api.answer({ "GET /starters": () => listed([]) })
  await user.click(screen.getByRole("button", { name: "Try again" }))
  await screen.findByText("No starters here")
})

test("below the prompt a few stand in a row; it is not there when they cannot be read", async () => {
  const api = fakeApi({ "GET /starters": () => listed([board]) })
  const drawn = draw(<StartersStrip />)
  await screen.findByRole("link", { name: "Live board" })
  const all = screen.getByRole("link", { name: "All starters" })
  expect(all.getAttribute("href")).toBe("/o/mara-halden/starters")
  drawn.unmount()
  api.answer({ "GET /starters": () => new Refused({ status: 500, detail: "No." }) })
  const { container } = draw(<StartersStrip />)
  await waitFor(() => expect(container.querySelector("section")).toBeNull())
})
