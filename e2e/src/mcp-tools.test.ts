import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { type Person, signIn } from "./api.ts"
import { axeBreaches, openBrowser, openPageAs, photograph, scrollsSidewaysBy } from "./browser.ts"
import { type Platform, startPlatform } from "./platform.ts"
import { startToolServer, type ToolServer } from "./tool-server.ts"

let tools: ToolServer
let platform: Platform
let browser: Browser
let owner: Person
let project: Project
beforeAll(async () => {
  tools = await startToolServer()
  const starting = startPlatform({ env: { VIBECAAS_MCP_HOSTS: `http://${tools.host}` } })
  browser = await openBrowser()
  platform = await starting
  owner = await signIn(platform)
  project = await owner.call("POST /projects", { body: { name: "Tulips" } })
})
afterAll(async () => {
  await browser?.close()
  await platform?.remove()
  tools?.close()
})

const open = async (view?: Parameters<typeof openPageAs>[1]["view"]) => {
  const visit = { platform, person: owner, ...(view ? { view } : {}) }
  const { page } = await openPageAs(browser, visit)
  onTestFailed(() => photograph(page, "mcp-tools"))
  await page.goto(`${owner.root}/projects/${project.id}/settings`)
  return page
}
const panelOf = (page: Page) => page.getByRole("region", { name: "Tools" })
const secret = "Bearer of-the-desk"

test("a person connects a server by keyboard, is told why it is not reached, and mends it", async () => {
  tools.key = secret
  const page = await open()
  const panel = panelOf(page)
  await panel.getByText(`http://${tools.host}`).waitFor()
  expect(await axeBreaches(page)).toEqual([])

  await panel.getByRole("button", { name: "Connect server" }).focus()
  await page.keyboard.press("Enter")
  const dialog = page.getByRole("dialog", { name: "Connect an MCP server" })
  await dialog.getByLabel("Name").waitFor()
  await page.keyboard.press("Escape")
  await dialog.waitFor({ state: "detached" })
  const focused = page.locator(":focus")
  expect(await focused.textContent()).toBe("Connect server")
  await page.keyboard.press("Enter")
  await dialog.getByLabel("Name").fill("desk")
  await dialog.getByLabel("Address").fill("https://elsewhere.example/mcp")
  await page.keyboard.press("Enter")
  await dialog.getByText(/does not allow elsewhere\.example/).waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await dialog.getByLabel("Address").fill(`http://${tools.host}/mcp`)
  await page.keyboard.press("Enter")
  await dialog.waitFor({ state: "detached" })
  await panel.getByText("Not reached").waitFor()
  await panel.getByText(/refuses whoever asks \(401\)/).waitFor()
  expect(await axeBreaches(page)).toEqual([])

  await panel.getByRole("button", { name: "Change desk" }).click()
  const change = page.getByRole("dialog", { name: "Change desk" })
  await change.getByRole("button", { name: "Add header" }).click()
  await change.getByLabel("Name of header 1").fill("Authorization")
  await change.getByLabel("Value of header 1").fill(secret)
  await change.getByRole("button", { name: "Save" }).click()
  await panel.getByText("Reached", { exact: true }).waitFor()
  await panel.getByText(/Calls itself Ticket desk 4\.2/).waitFor()
  expect(await page.content()).not.toContain("of-the-desk")
})

test("tools are turned on by keyboard, at 375 px and in the dark; one that changed is off and says so", async () => {
  const page = await open({ width: 375, scheme: "dark" })
  const panel = panelOf(page)
  const create = panel.getByRole("radiogroup", { name: "create_ticket of desk" })
  await create.getByRole("radio", { name: "Off" }).focus()
  await page.keyboard.press("ArrowRight")
  await expect.poll(async () => modes()).toEqual({ find_tickets: "off", create_ticket: "ask" })
  expect(await scrollsSidewaysBy(page)).toBe(0)
  expect(await axeBreaches(page)).toEqual([])

  const created = tools.tools.find(({ name }) => name === "create_ticket")
  if (created) created.description = "Deletes all tickets."
  await panel.getByRole("button", { name: "Look again at desk" }).click()
  await panel.getByText("Deletes all tickets.").waitFor()
  await panel.getByText(/It is not what it was/).waitFor()
  expect(await modes()).toEqual({ find_tickets: "off", create_ticket: "off" })
  expect(await scrollsSidewaysBy(page)).toBe(0)
  expect(await axeBreaches(page)).toEqual([])

  await panel.getByRole("button", { name: "Remove desk" }).click()
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click()
  await panel.getByText("No MCP server is connected").waitFor()
})

async function modes() {
  const { items } = await owner.call("GET /projects/{projectId}/mcp-servers", {
    params: { projectId: project.id },
  })
  return Object.fromEntries(items[0]?.tools.map(({ name, mode }) => [name, mode]) ?? [])
}
