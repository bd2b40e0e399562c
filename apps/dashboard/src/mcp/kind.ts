import type { Kind } from "../kind.ts"

/** Servers whose tools a project's agents may use. */
export const mcpKind = {
  live: {
    "mcp_server.changed": (_, { again }) => again("GET /projects/{projectId}/mcp-servers"),
  },
  missed: {
    project: (projectId) => [["GET /projects/{projectId}/mcp-servers", { projectId }]],
  },
} as const satisfies Kind
