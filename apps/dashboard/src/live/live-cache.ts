import type { InfiniteData, QueryClient } from "@tanstack/react-query"
import type { EventKind } from "@vibecaas/contract/kinds"
import type { Run, Step } from "@vibecaas/contract/kinds/agents"
import type { Microvm } from "@vibecaas/contract/kinds/microvms"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { Page } from "@vibecaas/contract/paging"
import type { ServerFrame, Topic } from "@vibecaas/contract/stream"
import { keys } from "../api/keys.ts"

type LiveEvent = Extract<ServerFrame, { type: "event" }>
type Key = readonly unknown[]

/** how long events are gathered before what they touched is read again, in `ms` */
const gatherMs = 150

export interface LiveCache {
  /** brings one event into what the pages have read */
  apply(event: LiveEvent): void
  /** everything of a topic is read again: its events were missed */
  readTopicAgain(topic: Topic): void
}

/**
 * Feeds events to the cache. What an event carries is shown at once; what it only touches is read
 * again, once for a burst.
 */
export function makeLiveCache(
  client: QueryClient,
  later: (ms: number, action: () => void) => void,
): LiveCache {
  const touched = new Map<string, Key>()
  const readAgain = (...all: Key[]) => {
    if (touched.size === 0) later(gatherMs, flush)
    for (const key of all) touched.set(JSON.stringify(key), key)
  }
  const flush = () => {
    const due = [...touched.values()]
    touched.clear()
    for (const queryKey of due) {
      // What is on its way may be older than the event; cut off, a busy run would never be shown.
      if (client.isFetching({ queryKey }) > 0) readAgain(queryKey)
      else void client.invalidateQueries({ queryKey })
    }
  }
  const appliers = makeAppliers(client, readAgain)
  return {
    apply: (event) => appliers[event.kind]?.(event),
    readTopicAgain: (topic) => {
      const [kind, id = ""] = topic.split(":")
      if (kind === "run") readAgain(keys.run(id), keys.runLists)
      else if (kind === "project") readAgain(keys.project(id), keys.microvm(id), keys.runList(id))
      else readAgain(keys.projectLists)
    },
  }
}

type Appliers = Record<EventKind, (event: LiveEvent) => void>

function makeAppliers(client: QueryClient, readAgain: (...keys: Key[]) => void): Appliers {
  /** A read that began before the event would put the older state over it. */
  const outlive = (...keys: Key[]) => {
    const reading = keys.filter((queryKey) => client.isFetching({ queryKey, exact: true }) > 0)
    if (reading.length > 0) readAgain(...reading)
  }
  return {
    "project.changed": ({ id, data }) => {
      patchProject(client, id, fieldsOf<Project>(data))
      readAgain(keys.projectLists, keys.project(id))
    },
    "project.deleted": ({ id }) => readAgain(keys.projectLists, keys.project(id)),
    "microvm.changed": ({ data }) => {
      const machine = fieldsOf<Microvm>(data)
      if (!machine.projectId) return readAgain(keys.microvms)
      client.setQueryData(keys.microvm(machine.projectId), machine)
      outlive(keys.microvm(machine.projectId))
    },
    "run.changed": ({ id, data }) => {
      const run = fieldsOf<Run>(data)
      if (!isWhole(run)) return readAgain(keys.run(id), keys.runLists)
      client.setQueryData(keys.run(id), run)
      if (!patchRun(client, run)) readAgain(keys.runList(run.projectId))
      outlive(keys.run(id), keys.runList(run.projectId))
      // Its journal is complete; read, it has in full what the stream shortened.
      if (run.finishedAt) readAgain(keys.steps(id))
    },
    "run.step": ({ data }) => {
      const step = fieldsOf<Step>(data)
      if (!step.runId || step.sequence === undefined) return readAgain(keys.runs)
      // A step with a run and a place in it is a row of the journal as the API shows it.
      const row = step as Step
      client.setQueryData<Step[]>(keys.stepsHeard(row.runId), (heard = []) =>
        [...heard, row].slice(-heardMax),
      )
      client.setQueryData<Step[]>(keys.steps(row.runId), (steps) => withStep(steps, row))
    },
  }
}

/** steps that are kept for a journal that is being read; a read takes far less time than these */
const heardMax = 500

/** A journal as it was read, with what the stream told meanwhile. */
export function withHeard(client: QueryClient, runId: string, read: Step[]): Step[] {
  const heard = client.getQueryData<Step[]>(keys.stepsHeard(runId)) ?? []
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

// The contract says what an event of a kind carries; whether it did is checked where it is used.
function fieldsOf<T>(data: unknown): Partial<T> {
  return typeof data === "object" && data !== null ? (data as Partial<T>) : {}
}

function isWhole(run: Partial<Run>): run is Run {
  return run.projectId !== undefined && run.tasks !== undefined
}

function patchProject(client: QueryClient, id: string, news: Partial<Project>) {
  const patch = (project: Project) => (project.id === id ? { ...project, ...news } : project)
  client.setQueryData<Project>(keys.project(id), (project) => project && patch(project))
  client.setQueriesData<InfiniteData<Page<Project>>>(
    { queryKey: keys.projectLists },
    (list) => list && mapItems(list, patch),
  )
}

/** @returns whether the run was in the list of its project */
function patchRun(client: QueryClient, run: Run): boolean {
  const key = keys.runList(run.projectId)
  const list = client.getQueryData<InfiniteData<Page<Run>>>(key)
  if (!list?.pages.some(({ items }) => items.some(({ id }) => id === run.id))) return false
  client.setQueryData(
    key,
    mapItems(list, (other) => (other.id === run.id ? run : other)),
  )
  return true
}

function mapItems<T>(list: InfiniteData<Page<T>>, change: (item: T) => T): typeof list {
  // The palette keeps one page without the list of pages around it.
  if (!list.pages) return list
  return {
    ...list,
    pages: list.pages.map((page) => ({ ...page, items: page.items.map(change) })),
  }
}
