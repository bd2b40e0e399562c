import type { Topic } from "@vibecaas/contract/stream"

/** Where news of a run are told. Both halves are ids from our own columns; the type cannot see that. */
export const topicsOf = (run: { id: string; projectId: string }) =>
  [`run:${run.id}`, `project:${run.projectId}`] as Topic[]
