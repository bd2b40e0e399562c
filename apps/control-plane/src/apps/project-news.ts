import type { IdOf } from "@vibecaas/contract/kinds"
import type { Listener } from "@vibecaas/reconcile/listen"

/** Tells of everything that is committed about a project; news may be lost. */
export interface ProjectNews {
  /** @returns ends the hearing */
  hear(projectId: IdOf<"project">, told: () => void): () => void
}

/** @param listener not yet started */
export function hearProjects(listener: Pick<Listener, "on">): ProjectNews {
  const hearers = new Map<string, Set<() => void>>()
  listener.on("live", (topic) => {
    for (const told of hearers.get(topic) ?? []) told()
  })
  return {
    hear(projectId, told) {
      const topic = `project:${projectId}`
      const ofTopic = hearers.get(topic) ?? new Set()
      hearers.set(topic, ofTopic.add(told))
      return () => {
        ofTopic.delete(told)
        if (ofTopic.size === 0) hearers.delete(topic)
      }
    },
  }
}
