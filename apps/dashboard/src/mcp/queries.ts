import type { McpServer } from "@vibecaas/contract/kinds/mcp"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { act } from "../api/act.ts"
import { read } from "../api/read.ts"
import type { StateLook } from "../ui/state.tsx"

/** MCP servers of a project, and the hosts on which the platform lets them be. */
export const serversOf = (projectId: Project["id"]) =>
  read("GET /projects/{projectId}/mcp-servers", { params: { projectId } })

const list = "GET /projects/{projectId}/mcp-servers"
const renews = ({ params: { projectId } }: { params: { projectId: Project["id"] } }) =>
  [[list, { projectId }]] as const

export const connectServer = act("POST /projects/{projectId}/mcp-servers", { renews })
export const changeServer = act("PATCH /projects/{projectId}/mcp-servers/{serverId}", { renews })
export const removeServer = act("DELETE /projects/{projectId}/mcp-servers/{serverId}", { renews })
export const lookAgain = act("POST /projects/{projectId}/mcp-servers/{serverId}/look", { renews })

/** Word and glyph of each state; a new state does not compile without one. */
export const serverLooks: Record<McpServer["state"], StateLook> = {
  looking: { glyph: "busy", word: "Looking" },
  ready: { glyph: "done", word: "Reached" },
  unreachable: { glyph: "bad", word: "Not reached" },
  off: { glyph: "off", word: "Off" },
}
