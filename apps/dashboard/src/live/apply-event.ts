import type { QueryClient } from "@tanstack/react-query"
import type { Run, Step } from "@vibecaas/contract/agents"
import type { Microvm } from "@vibecaas/contract/microvms"
import type { Project } from "@vibecaas/contract/projects"
import type { EventKind, ServerFrame, Topic } from "@vibecaas/contract/stream"
import { keys } from "../api/keys.ts"

type LiveEvent = Extract<ServerFrame, { type: "event" }>

/**
 * Brings one event into what the pages have read. An event carries the object as the API shows
 * it, or nothing; without it the object is read again.
 */
export function applyEvent(client: QueryClient, event: LiveEvent): void {
  appliers[event.kind]?.(client, event)
}

const appliers: Record<EventKind, (client: QueryClient, event: LiveEvent) => void> = {
  "project.changed": (client, event) => {
    put<Project>(client, keys.project(event.id), event)
    readAgain(client, keys.projectLists)
    readAgain(client, keys.commits(event.id))
    readAgain(client, keys.files(event.id))
  },
  "project.deleted": (client, event) => {
    readAgain(client, keys.projectLists)
    readAgain(client, keys.project(event.id))
  },
  "microvm.changed": (client, event) => {
    const machine = objectIn<Microvm>(event)
    if (machine) client.setQueryData(keys.microvm(machine.projectId), machine)
    else readAgain(client, keys.microvms)
  },
  "run.changed": (client, event) => {
    put<Run>(client, keys.run(event.id), event)
    readAgain(client, keys.runLists)
  },
  "run.step": (client, event) => {
    const step = objectIn<Step>(event)
    if (!step) return readAgain(client, keys.runs)
    client.setQueryData<Step[]>(keys.steps(step.runId), (steps) => withStep(steps, step))
  },
}

/** Everything below a topic is read again: its events were missed. */
export function readTopicAgain(client: QueryClient, topic: Topic): void {
  const [kind, id = ""] = topic.split(":")
  if (kind === "run") readAgain(client, keys.run(id))
  else if (kind === "project") readAgain(client, keys.project(id))
  else readAgain(client, keys.projectLists)
}

/** Steps in their order, each once, although delivery is "at least once". */
export function withStep(steps: Step[] | undefined, step: Step): Step[] | undefined {
  if (!steps) return undefined
  const others = steps.filter((other) => other.id !== step.id)
  return [...others, step].sort((a, b) => a.sequence - b.sequence)
}

function put<T extends { id: string }>(
  client: QueryClient,
  key: readonly unknown[],
  event: LiveEvent,
) {
  const object = objectIn<T>(event)
  if (object) client.setQueryData(key, object)
  else readAgain(client, key)
}

// The frame's `data` is the API's own form of the object; its `id` tells whether it came along.
function objectIn<T extends { id: string }>(event: LiveEvent): T | undefined {
  const { data } = event
  const carried =
    typeof data === "object" && data !== null && "id" in data && "organizationId" in data
  if (event.kind === "run.step") {
    return typeof data === "object" && data !== null && "sequence" in data ? (data as T) : undefined
  }
  return carried ? (data as T) : undefined
}

function readAgain(client: QueryClient, key: readonly unknown[]) {
  void client.invalidateQueries({ queryKey: key })
}
