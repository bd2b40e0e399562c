import type { FrameLocator, Page } from "playwright-core"
import { expect } from "vitest"
import type { Person } from "./api.ts"

/** What the hostile page answers of its tries when everything is refused that must be. */
const harmless = {
  readsTheApi: "refused",
  readsTheApiBlindly: "refused",
  writesPlainText: "refused",
  writesJson: "refused",
  submitsForm: "an answer it cannot read",
  readsTheOpener: "no opener",
  framesTheDashboard: "a frame it cannot read",
  setsTheViewerCookie: "not set",
  setsTheSessionCookie: "not set",
  listensToTheStream: "refused",
  talksToItsOwnServer: "hello",
  talksOverItsOwnSocket: "hello",
  hearsOfCookies: ["seen"],
}

/** @param in_ where the page is: in a frame it has a parent that must stay out of reach */
export function harmlessFindings(in_: "frame" | "tab") {
  const parent = in_ === "frame" ? "refused" : "no parent"
  return { ...harmless, readsTheParent: parent, leadsTheParentAway: parent }
}

/** What the page found, once it has tried everything. */
export async function findingsOf(where: Page | FrameLocator): Promise<Record<string, unknown>> {
  const output = where.getByRole("status", { name: "Findings" })
  await expect.poll(() => output.textContent(), { timeout: 60_000 }).toMatch(/^\{/)
  return JSON.parse((await output.textContent()) ?? "")
}

/** The hostile page's frames that hold the dashboard instead of the browser's refusal. */
export function stolenFrames(page: Page, dashboard: string): string[] {
  const stolen = page.frames().filter((frame) => frame !== page.mainFrame())
  return stolen.map((frame) => frame.url()).filter((url) => url.startsWith(dashboard))
}

/** Names of all projects that the person sees: nothing was planted. */
export async function projectNames(person: Person): Promise<string[]> {
  const { items } = await person.call("GET /projects", {})
  return items.map(({ name }) => name).sort()
}
