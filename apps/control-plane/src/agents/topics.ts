import type { Topic } from "@vibecaas/contract/stream"

// Ids come from our own columns; the template type cannot see that.

/** Where the journal of a run is told, and nowhere else: each step reaches a reader once. */
export const journalTopicOf = (run: { id: string }) => `run:${run.id}` as Topic

/** Where it is told that a run is not as it was. */
export const topicsOf = (run: { id: string; projectId: string }) => [
  journalTopicOf(run),
  `project:${run.projectId}` as Topic,
]
