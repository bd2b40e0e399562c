import type { Kind } from "../kind.ts"

/** Models that the app of a project asks. */
export const aiKind = {
  live: {
    "ai.changed": ({ id }, { again }) => again(["GET /projects/{projectId}/ai", { projectId: id }]),
  },
  missed: { project: (projectId) => [["GET /projects/{projectId}/ai", { projectId }]] },
} as const satisfies Kind
