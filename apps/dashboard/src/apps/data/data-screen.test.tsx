// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { Backup } from "@vibecaas/contract/backups"
import { expect, test } from "vitest"
import { ProjectFrame } from "../../projects/project-frame.tsx"
import { draw } from "../../testing/draw.tsx"
import { type FakeHandlers, fakeApi, page, Refused } from "../../testing/fake-api.ts"
import { commit } from "../../testing/machines.ts"
import { at, id } from "../../testing/numbered.ts"
import { mara, organization } from "../../testing/people.ts"
import { project } from "../../testing/projects.ts"
import { DataScreen } from "./data-screen.tsx"

const me = mara()
const organizationId = me.organizations[0]?.id ?? "org_"
const tulips = project({ name: "Tulips", organizationId })
const projectId = tulips.id

function backup(given: Partial<Backup> = {}): Backup {
  return {
    ...{ id: id("bak"), organizationId, projectId, state: "kept", reason: "version", note: "" },
    ...{ commit: commit("a"), bytes: 12_000, sha256: "0".repeat(64), failure: null },
    ...{ restoring: false, restoredAt: null, restoreFailure: null },
    ...{ createdBy: "the platform", createdAt: at, keptAt: at },
    ...given,
  }
}

function open(backups: Backup[], also: FakeHandlers = {}, who = me) {
  const api = fakeApi({
    "GET /projects/{projectId}": () => ({
      ...tulips,
      organizationId: who.organizations[0]?.id ?? "org_",
    }),
    "GET /agents/runs": () => page([]),
    "GET /projects/{projectId}/machines": () => page([]),
    "GET /projects/{projectId}/apps": () => page([]),
    "GET /projects/{projectId}/backups": () => page(backups),
    "GET /projects/{projectId}/databases": () => ({ items: [] }),
    "GET /projects/{projectId}/data-files": () => ({
      ...{ items: [], files: 0, bytes: 0, bytesMax: 1_073_741_824 },
    }),
    ...also,
  })
  const drawn = draw(
    <ProjectFrame projectId={projectId}>
      <DataScreen />
    </ProjectFrame>,
    { me: who, at: `/projects/${projectId}/data` },
  )
  return { ...drawn, api }
}

test("each backup says why it is there, of which version, and what became of restoring it", async () => {
  const why = "It ended with exit code 4."
  open([
    backup({ note: "Before the sale", reason: "asked", createdBy: "Mara Halden" }),
    backup({ restoreFailure: why }),
    backup({ state: "failed", failure: "The disk is full.", bytes: null }),
  ])
  await screen.findByRole("row", {
    name: /Before the sale.*Asked for.*12\.0 kB.*Kept/,
  })
  screen.getByRole("row", { name: new RegExp(`Before another version.*Not restored\\. ${why}`) })
  const failed = screen.getByRole("row", { name: /Failed.*The disk is full\./ })
  expect(within(failed).queryByRole("link", { name: "Download" })).toBeNull()
  const restore = within(failed).getByRole("button", { name: "Restore" })
  expect(restore.getAttribute("aria-disabled")).toBe("true")
})

test("a backup is asked for with a note, and why it was refused stands in the dialog", async () => {
  const rests = "The app's machine rests. Start the app first."
  const { user, api } = open([], {
    "POST /projects/{projectId}/backups": () => new Refused({ status: 409, detail: rests }),
  })
  await user.click(await screen.findByRole("button", { name: "Back up now" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Back up the app’s data" }))
  await user.type(dialog.getByLabelText("Note"), "Before the sale")
  await user.click(dialog.getByRole("button", { name: "Back up" }))
  await dialog.findByText(rests)
  api.answer({ "POST /projects/{projectId}/backups": () => backup({ state: "making" }) })
  await user.click(dialog.getByRole("button", { name: "Back up" }))
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
  expect(api.sent("POST").at(-1)).toMatchObject({ body: { note: "Before the sale" } })
})

test("what a restore means is said before it is asked for", async () => {
  const kept = backup()
  const { user, api } = open([kept], { "POST /backups/{backupId}/restore": () => kept })
  await user.click(await screen.findByRole("button", { name: "Restore" }))
  const dialog = within(await screen.findByRole("dialog", { name: "Restore these data?" }))
  dialog.getByText(/The present data are backed up first/)
  await user.click(dialog.getByRole("button", { name: "Restore data" }))
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
  expect(api.sent("POST").at(-1)).toMatchObject({ params: { backupId: kept.id } })
})

test("a full disk says what takes the room, and a file is deleted once that was asked", async () => {
  const film = { path: "films/a.mp4", bytes: 900_000_000, changedAt: at }
  let items = [film]
  const { user, api } = open([], {
    "GET /projects/{projectId}/data-files": () => ({
      ...{ items, files: items.length, bytesMax: 800_000_000 },
      bytes: items.reduce((sum, { bytes }) => sum + bytes, 0),
    }),
    "DELETE /projects/{projectId}/data-files": () => {
      items = []
      return undefined
    },
  })
  await screen.findByText(/The disk is full/)
  const disk = within(screen.getByRole("region", { name: "Disk" }))
  expect(disk.getByRole("meter").getAttribute("aria-valuetext")).toBe("858 MB of 763 MB used")
  await user.click(disk.getByRole("button", { name: "Delete films/a.mp4" }))
  await user.click(await screen.findByRole("button", { name: "Delete file" }))
  await disk.findByText("No file")
  expect(screen.queryByText(/The disk is full/)).toBeNull()
  expect(api.sent("DELETE")[0]).toMatchObject({ query: { path: film.path } })
})

test("of a machine that rests the reason is said once", async () => {
  const say = "The app’s machine rests. Start the app first."
  const rests = () => new Refused({ status: 409, code: "wrong_state", detail: say })
  open([], {
    "GET /projects/{projectId}/data-files": rests,
    "GET /projects/{projectId}/databases": rests,
  })
  await screen.findByText(say)
  await waitFor(() => expect(screen.queryByRole("region", { name: "Disk" })).toBeNull())
})

test("viewers are told that they do not see data, and nothing is asked for", async () => {
  const who = { ...mara(), organizations: [organization("Halden Works", "viewer")] }
  const { api } = open([], {}, who)
  await screen.findByText("Viewers do not see an app’s data")
  expect(api.calls.some(({ route }) => route === "GET /projects/{projectId}/backups")).toBe(false)
})
