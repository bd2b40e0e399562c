import type { Kind } from "../kind.ts"

/** Domains that the machines of each project may reach. */
export const networkKind = {
  live: {
    "network.changed": ({ id }, { again }) =>
      again(["GET /projects/{projectId}/network", { projectId: id }]),
  },
  missed: { project: (projectId) => [["GET /projects/{projectId}/network", { projectId }]] },
  pages: [{ at: "/projects/{projectId}/network", name: "Network", place: 47 }],
} as const satisfies Kind
