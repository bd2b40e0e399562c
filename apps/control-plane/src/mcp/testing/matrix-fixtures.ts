import type { McpServer } from "@vibecaas/contract/kinds/mcp"
import {
  type Fixture,
  type Fixtures,
  type MatrixWorld,
  made,
} from "../../http/testing/matrix-world.ts"
import { makeProject } from "../../projects/testing/matrix-fixtures.ts"

/** A host that the matrix allows; its loops are not run, so nobody asks it. */
const wanted = {
  name: "tickets",
  url: "https://tools.example/mcp",
  headers: [{ name: "Authorization", value: "Bearer of news" }],
}

const server: Fixture = async (world) => {
  const { id: serverId, projectId } = await makeServer(world)
  return { params: { projectId, serverId } }
}

export const fixtures = {
  "GET /projects/{projectId}/mcp-servers": async (world) => ({
    params: { projectId: (await makeServer(world)).projectId },
  }),
  "POST /projects/{projectId}/mcp-servers": async (world) => ({
    params: { projectId: (await makeProject(world)).id },
    body: wanted,
  }),
  "PATCH /projects/{projectId}/mcp-servers/{serverId}": async (world) => ({
    ...(await server(world)),
    body: { name: "issues" },
  }),
  "DELETE /projects/{projectId}/mcp-servers/{serverId}": server,
  "POST /projects/{projectId}/mcp-servers/{serverId}/look": server,
} satisfies Fixtures<"mcp">

async function makeServer(world: MatrixWorld): Promise<McpServer> {
  const { id } = await makeProject(world)
  return made(await world.owner.call(`POST /projects/${id}/mcp-servers`, { body: wanted }))
}
