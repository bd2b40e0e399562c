// @vitest-environment jsdom
import { screen, waitFor } from "@testing-library/react"
import { expect, test } from "vitest"
import { pages } from "../kinds.ts"
import { draw } from "../testing/draw.tsx"
import { Crumbs } from "./crumbs.tsx"
import { KeysSheet } from "./keys-sheet.tsx"
import { mainPages } from "./pages.ts"
import { useGoKeys } from "./use-go-keys.ts"
import { useShortcut } from "./use-shortcut.ts"

function Keys({ onUsed = () => {} }: { onUsed?: () => void }) {
  useGoKeys()
  useShortcut("s", onUsed)
  return <input aria-label="Field" />
}

test("G and a key lead to a page; typed into a field they are text", async () => {
  const used: string[] = []
  const { user, visited } = draw(<Keys onUsed={() => used.push("s")} />)
  await user.keyboard("gu")
  expect(visited).toEqual(["/o/mara-halden/usage"])
  await user.keyboard("gs")
  expect(visited.at(-1)).toBe("/o/mara-halden/settings")
  expect(used).toEqual([])
  await user.keyboard("s")
  expect(used).toEqual(["s"])
  const field = screen.getByLabelText<HTMLInputElement>("Field")
  await user.type(field, "gp")
  expect(field.value).toBe("gp")
  expect(visited).toHaveLength(2)
})

test("each page has a key of its own, and the sheet names them", () => {
  const all = mainPages(pages, () => true).flatMap(({ goKey }) => goKey ?? [])
  expect(new Set(all).size).toBe(all.length)
  draw(<KeysSheet open onClose={() => {}} />)
  screen.getByText("Go to Projects")
  screen.getByText("Search or jump to")
})

test("the tab of the browser is named by where one is, the narrowest first", async () => {
  draw(<Crumbs />, { at: "/projects/prj_01k9x3v8hde8r8z6h3gk5c2v9w/files" })
  await waitFor(() => expect(document.title).toBe("Files · Project · VibeCaaS"))
  document.title = "Files · VibeCaaS"
  await waitFor(() => expect(document.title).toBe("Files · Project · VibeCaaS"))
})
