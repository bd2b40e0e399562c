import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, expect, onTestFailed, test } from "vitest"
import { type Person, signIn } from "./api.ts"
import { axeBreaches } from "./axe.ts"
import { openBrowser, openPageAs, photograph, scrollsSidewaysBy } from "./browser.ts"
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

/** One call of a tool, as an assistant makes it: what it is told, or the problem that was answered. */
async function callTool(key: string, name: string, given: object) {
  const message = { jsonrpc: "2.0", id: 1, method: "tools/call" }
  const answer = await fetch(`http://127.0.0.1:${platform.port}/api/v1/mcp`, {
    method: "POST",
    headers: {
      ...{ authorization: `Bearer ${key}`, "content-type": "application/json" },
      accept: "application/json, text/event-stream",
    },
    body: JSON.stringify({ ...message, params: { name, arguments: given } }),
  })
  const text = await answer.text()
  if (!answer.ok) return { status: answer.status, ...JSON.parse(text) }
  const [, data = ""] = /^data: (\{.*\})$/m.exec(text) ?? []
  return JSON.parse(data).result.structuredContent
}

test("a key made by keyboard lets an assistant build an app, follow it and read its log, until it is revoked", async () => {
  const { page } = await openPageAs(browser, { platform, person: owner })
  onTestFailed(() => photograph(page, "api-keys"))
  await page.goto(`${owner.root}/settings`)
  await page.getByRole("link", { name: "Manage keys" }).click()
  await page.getByText("No keys yet").waitFor()
  expect(await axeBreaches(page)).toEqual([])
  await page.getByRole("button", { name: "New key" }).focus()
  await page.keyboard.press("Enter")
  const dialog = page.getByRole("dialog")
  await dialog.getByLabel("Name").fill("My editor")
  await dialog.getByRole("radio", { name: "Read" }).focus()
  await page.keyboard.press("ArrowRight")
  expect(await axeBreaches(page)).toEqual([])
  await dialog.getByLabel("Name").press("Enter")
  const secret = dialog.getByText(/^vck_\w{49}$/)
  const key = (await secret.textContent()) ?? ""
  expect(await axeBreaches(page)).toEqual([])
  await dialog.getByRole("button", { name: "I have copied it" }).click()
  expect(await page.content()).not.toContain(key)

  const prompt = "A poll where visitors vote for one of three lunches"
  const made = await callTool(key, "create_project", { prompt })
  expect(made.proposal.state).toBe("waiting")
  const [{ starterId: id, values: parameters }] = made.proposal.choices
  const confirm = { proposalId: made.proposal.id, starter: { id, parameters } }
  const { runId } = await callTool(key, "confirm_proposal", confirm)
  let run = await callTool(key, "wait_for_run", { runId, seconds: 50 })
  while (["queued", "planning", "running"].includes(run.state))
    run = await callTool(key, "wait_for_run", { runId, seconds: 50 })
  expect(["succeeded", "partly"], JSON.stringify(run)).toContain(run.state)
  const { items } = await callTool(key, "list_apps", { projectId: made.id })
  const live = items.find(({ purpose }: { purpose: string }) => purpose === "live")
  expect(live).toMatchObject({ state: "running" })
  expect((await callTool(key, "get_app_logs", { appId: live.id })).text).not.toBe("")

  await page.reload()
  const row = page.getByRole("row", { name: /My editor/ })
  await row
    .getByText(/now|ago/)
    .first()
    .waitFor()
  await row.getByRole("button", { name: "Revoke My editor" }).click()
  await dialog.getByRole("button", { name: "Revoke" }).click()
  await page.getByText("No keys yet").waitFor()
  expect(await callTool(key, "list_projects", {})).toMatchObject({ status: 401 })
}, 180_000)
