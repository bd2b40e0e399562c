// @vitest-environment jsdom
import { act, screen, waitFor } from "@testing-library/react"
import { Play } from "lucide-react"
import { type ReactNode, useState } from "react"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { fakeApi } from "../testing/fake-api.ts"
import { mara, organization } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
import { CommandsProvider, useCommands } from "./commands.tsx"
import { Palette } from "./palette.tsx"

const tulips = project({ name: "Tulips", state: "crashed" })

function openPalette(me = mara(), page: ReactNode = null) {
  const api = fakeApi({ "GET /projects": () => ({ items: [tulips], nextCursor: null }) })
  const closed: unknown[] = []
  const palette = (
    <CommandsProvider>
      {page}
      <Palette
        open
        onClose={(then) => {
          closed.push(then)
          then?.()
        }}
      />
    </CommandsProvider>
  )
  const drawn = draw(palette, { me })
  return {
    ...drawn,
    api,
    closed,
    type: (keys: string) => drawn.user.type(screen.getByRole("combobox"), keys),
  }
}

test("what is typed finds a page, and Enter goes there", async () => {
  const { type, visited } = openPalette()
  await type("usag{Enter}")
  expect(visited).toEqual(["/o/mara-halden/usage"])
})

test("projects are looked for on the server, shown with their state, and opened", async () => {
  const { type, visited, api } = openPalette()
  await screen.findByRole("option", { name: /Tulips.*Crashed/ })
  await type("tulip")
  await waitFor(() => expect(api.calls.at(-1)?.input.query).toMatchObject({ search: "tulip" }))
  await type("{Enter}")
  expect(visited).toEqual([`/o/mara-halden/projects/${tulips.id}`])
})

test("a project that the server finds after everything was typed is chosen, and Enter opens it", async () => {
  const { user, api, visited } = openPalette()
  await screen.findByRole("option", { name: /Tulips/ })
  const late = project({ name: "Reading list" })
  let answer = () => {}
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  api.answer({
    "GET /projects": async () => {
      await asked
      return { items: [late], nextCursor: null }
    },
  })
  const field = screen.getByRole("combobox")
  field.focus()
  await user.paste("readi")
  await screen.findByText("Nothing here is called “readi”.")
  answer()
  const found = await screen.findByRole("option", { name: /Reading list/, selected: true })
  await waitFor(() => expect(field.getAttribute("aria-activedescendant")).toBe(found.id))
  await user.keyboard("{Enter}")
  expect(visited).toEqual([`/o/mara-halden/projects/${late.id}`])
})

test("only who runs the installation finds its page", async () => {
  const { unmount } = openPalette()
  expect(screen.queryByRole("option", { name: "Platform" })).toBeNull()
  unmount()
  const { type, visited } = openPalette({ ...mara(), platformAdmin: true })
  await type("platform{Enter}")
  expect(visited).toEqual(["/o/mara-halden/platform"])
})

test("a viewer is not offered to create projects, and reaches the other organizations", async () => {
  const halden = organization("Halden Works", "viewer")
  const me = mara([halden])
  me.organizations.reverse()
  const { type, visited } = openPalette(me)
  expect(screen.queryByRole("option", { name: "New project" })).toBeNull()
  await type("switch{Enter}")
  expect(visited).toEqual(["/o/mara-halden/projects"])
})

test("words that fit nothing are repeated, and Escape closes", async () => {
  const { type, closed } = openPalette()
  await screen.findByRole("option", { name: /Tulips/ })
  await type("qqqq")
  screen.getByText("Nothing here is called “qqqq”.")
  await type("{Escape}")
  expect(closed).toEqual([undefined])
})

test("what a page offers only after something was typed is found", async () => {
  let offer: (names: string[]) => void = () => {}
  function Page() {
    const [names, setNames] = useState<string[]>([])
    offer = setNames
    useCommands(
      "Tulips",
      names.map((name) => ({ name, icon: Play, run: () => {} })),
    )
    return null
  }
  const { type } = openPalette(mara(), <Page />)
  await type("start mach")
  act(() => offer(["Start machine"]))
  await screen.findByRole("option", { name: "Start machine", selected: true })
})
