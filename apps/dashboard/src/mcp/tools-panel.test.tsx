// @vitest-environment jsdom
import { screen, waitFor, within } from "@testing-library/react"
import type { McpServer, McpTool } from "@vibecaas/contract/kinds/mcp"
import { expect, test } from "vitest"
import { draw } from "../testing/draw.tsx"
import { type FakeHandlers, fakeApi, Refused } from "../testing/fake-api.ts"
import { at, id } from "../testing/numbered.ts"
import { mara, organization } from "../testing/people.ts"
import { project } from "../testing/projects.ts"
// Loaded by the page when they are wanted; here before the first test, whose time it would take.
import "./remove-server.tsx"
import "./server-dialog.tsx"
import { ToolsPanel } from "./tools-panel.tsx"

const me = mara()
const app = project({ name: "Tulips" })
const hosts = ["tools.example"]

function tool(given: Partial<McpTool> = {}): McpTool {
  return {
    ...{ name: "create", calledAs: "mcp_tickets_create", description: "Creates a ticket." },
    ...{ inputSchema: {}, repeatable: false, mode: "off", changed: false, unusable: null },
    ...given,
  }
}

function server(given: Partial<McpServer> = {}): McpServer {
  return {
    ...{ id: id("mcp", 1), organizationId: app.organizationId, projectId: app.id, version: 3 },
    ...{ name: "tickets", url: "https://tools.example/mcp", headers: [], enabled: true },
    ...{ state: "ready", stateDetail: null, calls: "Tickets 1", tools: [tool()] },
    ...{ lookedAt: at, createdBy: "Mara", createdAt: at },
    ...given,
  }
}

function show(items: McpServer[], more: FakeHandlers = {}, as = me) {
  const api = fakeApi({
    "GET /projects/{projectId}/mcp-servers": () => ({ items, allowedHosts: hosts }),
    ...more,
  })
  return { ...draw(<ToolsPanel project={app} />, { me: as, at: "/" }), api }
}
const button = (name: string) => screen.findByRole("button", { name })

test("without an allowed host it is said who can allow one, and nothing can be connected", async () => {
  show([], { "GET /projects/{projectId}/mcp-servers": () => ({ items: [], allowedHosts: [] }) })
  await screen.findByText("No MCP server can be connected here")
  expect((await button("Connect server")).getAttribute("aria-disabled")).toBe("true")
  screen.getByText("VIBECAAS_MCP_HOSTS")
})

test("what cannot be read is said, and read again when asked", async () => {
  const refused = () => new Refused({ status: 503, detail: "The database cannot be reached." })
  const { api, user } = show([], { "GET /projects/{projectId}/mcp-servers": refused })
  await screen.findByText("The tools could not be read")
  api.answer({
    "GET /projects/{projectId}/mcp-servers": () => ({ items: [], allowedHosts: hosts }),
  })
  await user.click(await button("Try again"))
  await screen.findByText("No MCP server is connected")
  screen.getByText("tools.example")
})

test("a server is connected with a header whose value is typed unseen", async () => {
  const { api, user } = show([], {
    "POST /projects/{projectId}/mcp-servers": () => server({ state: "looking" }),
  })
  await screen.findByText("No MCP server is connected")
  await user.click(await button("Connect server"))
  const dialog = within(await screen.findByRole("dialog"))
  await user.type(dialog.getByLabelText("Name"), "Tickets")
  await user.type(dialog.getByLabelText("Address"), "https://tools.example/mcp")
  await user.click(dialog.getByRole("button", { name: "Add header" }))
  await user.type(dialog.getByLabelText("Name of header 1"), "Authorization")
  await user.click(dialog.getByRole("button", { name: "Connect" }))
  await dialog.findByText(/Use lower-case letters/)
  await user.clear(dialog.getByLabelText("Name"))
  await user.type(dialog.getByLabelText("Name"), "tickets")
  const value = dialog.getByLabelText<HTMLInputElement>("Value of header 1")
  expect(value.type).toBe("password")
  await user.type(value, "Bearer of news")
  await user.click(dialog.getByRole("button", { name: "Connect" }))
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull())
  expect(api.sent("POST")).toMatchObject([
    {
      body: {
        ...{ name: "tickets", url: "https://tools.example/mcp" },
        headers: [{ name: "Authorization", value: "Bearer of news" }],
      },
    },
  ])
})

test("a value that is not typed again is kept, and at another address it must be given again", async () => {
  const { api, user } = show([server({ headers: [{ name: "Authorization" }] })], {
    "PATCH /projects/{projectId}/mcp-servers/{serverId}": () =>
      new Refused({
        ...{ status: 422, detail: "Write a value." },
        fields: { "/headers/0/value": "Write a value." },
      }),
  })
  await screen.findByText(/Sends Authorization\./)
  await user.click(await button("Change tickets"))
  const dialog = within(await screen.findByRole("dialog"))
  dialog.getByPlaceholderText("Kept as it is")
  await user.type(dialog.getByLabelText("Address"), "/other")
  dialog.getByText(/give them again/)
  await user.click(dialog.getByRole("button", { name: "Save" }))
  await dialog.findByText("Write a value.")
  expect(api.sent("PATCH")).toMatchObject([
    { body: { url: "https://tools.example/mcp/other", headers: [{ name: "Authorization" }] } },
  ])
})

test("each tool is off, asks or is allowed, and one that changed says so", async () => {
  const tools = [
    tool(),
    tool({ name: "delete", changed: true }),
    tool({ name: "odd", unusable: "Its arguments are no object." }),
  ]
  const { api, user } = show([server({ tools })], {
    "PATCH /projects/{projectId}/mcp-servers/{serverId}": () => server(),
  })
  const modes = within(await screen.findByRole("radiogroup", { name: "create of tickets" }))
  expect(modes.getByRole<HTMLInputElement>("radio", { name: "Off" }).checked).toBe(true)
  await user.click(modes.getByRole("radio", { name: "Ask" }))
  await waitFor(() =>
    expect(api.sent("PATCH")).toMatchObject([{ body: { modes: { create: "ask" } } }]),
  )
  screen.getByText(/It is not what it was/)
  screen.getByText(/Its arguments are no object/)
  expect(screen.queryByRole("radiogroup", { name: "odd of tickets" })).toBeNull()
})

test("of many tools the first are shown and all that agents have, the others when asked for", async () => {
  const tools = Array.from({ length: 20 }, (_, n) =>
    tool({ name: `tool${n}`, mode: n === 19 ? "ask" : "off" }),
  )
  const { user } = show([server({ tools })])
  await screen.findByText("tool19")
  expect(screen.queryByText("tool12")).toBeNull()
  await user.click(await button("Show 11 more tools"))
  screen.getByText("tool12")
})

test("a server that was not reached says why, and is looked at again when asked", async () => {
  const stateDetail = "It refuses whoever asks (401). Look at the headers."
  const { api, user } = show([server({ state: "unreachable", stateDetail })], {
    "POST /projects/{projectId}/mcp-servers/{serverId}/look": () => server({ state: "looking" }),
  })
  await screen.findByText(stateDetail)
  await user.click(await button("Look again at tickets"))
  await waitFor(() => expect(api.sent("POST")).toHaveLength(1))
})

test("a server is removed once that was asked", async () => {
  const { api, user } = show([server()], {
    "DELETE /projects/{projectId}/mcp-servers/{serverId}": () => undefined as never,
  })
  await user.click(await button("Remove tickets"))
  const dialog = within(await screen.findByRole("dialog"))
  expect(api.sent("DELETE")).toEqual([])
  await user.click(dialog.getByRole("button", { name: "Remove" }))
  await waitFor(() => expect(api.sent("DELETE")).toHaveLength(1))
})

test("who may not change projects sees what is allowed, and cannot change it", async () => {
  const viewer = { ...mara([organization("Halden", "viewer")]) }
  const [, halden] = viewer.organizations
  const only = { ...viewer, organizations: halden ? [halden] : [] }
  show([server({ tools: [tool({ mode: "ask" })] })], {}, only)
  await screen.findByText("Ask")
  expect(screen.queryByRole("radiogroup")).toBeNull()
  expect((await button("Remove tickets")).getAttribute("aria-disabled")).toBe("true")
})
