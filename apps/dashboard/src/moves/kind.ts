import type { Kind } from "../kind.ts"

/** What brings projects in, and copies them. */
export const movesKind = {
  live: {
    "move.changed": ({ data }, { again }) => {
      const { projectId } = data as { projectId: string } // so the contract says of this event
      again(
        ["GET /projects/{projectId}/moves", { projectId }],
        ["GET /projects/{projectId}/files", { projectId }],
        ["GET /projects/{projectId}/apps", { projectId }],
      )
    },
  },
  missed: { project: (projectId) => [["GET /projects/{projectId}/moves", { projectId }]] },
} as const satisfies Kind
