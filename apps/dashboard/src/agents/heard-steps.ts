import type { QueryClient } from "@tanstack/react-query"
import type { Step } from "@vibecaas/contract/run-step"

const heardOf = (runId: string) => ["steps heard", runId]
/** steps that are kept for a journal that is being read; a read takes far less time than these */
const heardMax = 500

/** Keeps a step that the stream told, for a journal that is being read meanwhile. */
export function hear(client: QueryClient, step: Step): void {
  client.setQueryData<Step[]>(heardOf(step.runId), (heard = []) =>
    [...heard, step].slice(-heardMax),
  )
}

/** A journal as it was read, with what the stream told meanwhile. */
export function withHeard(client: QueryClient, runId: string, read: Step[]): Step[] {
  const heard = client.getQueryData<Step[]>(heardOf(runId)) ?? []
  return heard.reduce((steps, step) => withStep(steps, step) ?? steps, read)
}

/**
 * Steps in their order, each once, although delivery is "at least once". A row of the journal never
 * changes, and the one that was read is kept: the stream shortens long inputs and outputs.
 */
export function withStep(steps: Step[] | undefined, step: Step): Step[] | undefined {
  if (!steps || steps.some(({ id }) => id === step.id)) return steps
  return [...steps, step].sort((a, b) => a.sequence - b.sequence)
}
