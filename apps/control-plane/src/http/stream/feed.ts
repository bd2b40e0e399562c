import type { EventKind } from "@vibecaas/contract/kinds"
import { backoffMs } from "@vibecaas/kernel/backoff"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"

export interface FeedEvent {
  cursor: string
  kind: EventKind
  id: string
  data: unknown
}

/** Events of a topic after a cursor, or that the cursor is too old to go on from. */
export type FeedPage =
  | { kind: "reset" }
  | {
      kind: "events"
      events: readonly FeedEvent[]
      /** where to go on */
      cursor: string
      /** there is more to read now */
      more: boolean
      /** there is more to read when a transaction under way has ended */
      waiting: boolean
    }

/** Reads one page; without `after`, an empty one with the cursor of now. */
export type ReadFeed = (request: {
  organizationId: string
  topic: string
  after: string | undefined
}) => Promise<FeedPage>

export interface FeedSink {
  /** @param text the event as JSON, shared by all who hear the topic */
  event(text: string, cursor: string): void
  /** the cursor was too old: nothing more will come */
  reset(): void
}

export interface Feed {
  /** Hears a topic from now or from a cursor; answers where it begins, before the first event. */
  subscribe(
    at: { organizationId: string; topic: string; after: string | undefined },
    sink: FeedSink,
    begun: (cursor: string) => void,
  ): Promise<() => void>
  /** something was committed to a topic, or, without one, news may have been missed */
  wake(topic?: string): void
  close(): void
}

export interface FeedParts {
  read: ReadFeed
  clock: Clock
  log: Log
}

interface Subscriber {
  cursor: string
  /** a page was read from where they came in: others may begin where they are */
  proven: boolean
  /** reads after their cursor that failed in a row */
  failures: number
  /** when their cursor is read after again, as `clock.now().getTime()` */
  retryAt: number
  sink: FeedSink
}

interface Channel {
  topic: string
  organizationId: string
  subscribers: Set<Subscriber>
  pumping: boolean
  dirty: boolean
}

/** Reads again after this long when something is under way or failed, in `ms`. */
const againMs = 50
/** The slow sweep beside the fast signal, in `ms`. */
const sweepMs = 10_000

/**
 * Turns "something happened" into events: topics are read when they were woken, once for all who
 * are equally far.
 */
export function makeFeed(parts: FeedParts): Feed {
  const channels = new Map<string, Channel>()
  const stop = new AbortController()
  const pump = (channel: Channel) => void pumpChannel(parts, channel, stop.signal)
  const wake = (topic?: string) => {
    const woken = topic === undefined ? channels.values() : [channels.get(topic)]
    for (const channel of woken) if (channel) pump(channel)
  }
  void sweepForever(parts.clock, wake, stop.signal)
  return {
    async subscribe(at, sink, begun) {
      const cursor = at.after ?? edgeOf(channels.get(at.topic)) ?? (await headOf(parts, at))
      const subscriber = { cursor, proven: at.after === undefined, failures: 0, retryAt: 0, sink }
      const channel = channelAt(channels, at)
      begun(cursor)
      channel.subscribers.add(subscriber)
      pump(channel)
      return () => {
        channel.subscribers.delete(subscriber)
        if (channel.subscribers.size === 0) channels.delete(channel.topic)
      }
    },
    wake,
    close: () => stop.abort(new Error("closed")),
  }
}

function channelAt(
  channels: Map<string, Channel>,
  at: { organizationId: string; topic: string },
): Channel {
  const { topic, organizationId } = at
  const made = channels.get(topic) ?? {
    topic,
    organizationId,
    subscribers: new Set<Subscriber>(),
    pumping: false,
    dirty: false,
  }
  channels.set(topic, made)
  return made
}

/** Who joins others begins where they are, not where they say they are: then one page serves them all. */
function edgeOf(channel: Channel | undefined): string | undefined {
  return [...(channel?.subscribers ?? [])].findLast(({ proven }) => proven)?.cursor
}

async function headOf(parts: FeedParts, at: { organizationId: string; topic: string }) {
  const page = await parts.read({ ...at, after: undefined })
  if (page.kind === "reset") throw new Error("reading from now cannot be too old")
  return page.cursor
}

async function sweepForever(clock: Clock, wake: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(sweepMs, signal).catch(() => {})
    if (!signal.aborted) wake()
  }
}

async function pumpChannel(parts: FeedParts, channel: Channel, signal: AbortSignal) {
  channel.dirty = true
  if (channel.pumping) return
  channel.pumping = true
  try {
    while (channel.dirty && channel.subscribers.size > 0 && !signal.aborted) {
      channel.dirty = false
      const next = await pumpOnce(parts, channel)
      if (next !== "done") channel.dirty = true
      if (next === "later") await parts.clock.sleep(againMs, signal).catch(() => {})
    }
  } finally {
    channel.pumping = false
  }
}

/** When to read again without being woken. */
type Next = "done" | "now" | "later"

async function pumpOnce(parts: FeedParts, channel: Channel): Promise<Next> {
  const answers: Next[] = []
  const now = parts.clock.now().getTime()
  const due = [...channel.subscribers].filter(({ retryAt }) => retryAt <= now)
  if (due.length < channel.subscribers.size) answers.push("later")
  for (const [after, group] of Map.groupBy(due, ({ cursor }) => cursor)) {
    answers.push(await tryAdvance(parts, { channel, after, group }))
  }
  if (answers.includes("now")) return "now"
  return answers.includes("later") ? "later" : "done"
}

interface Advance {
  channel: Channel
  after: string
  group: readonly Subscriber[]
}

/** A cursor after which nothing can be read costs nobody else anything, and us less each time. */
async function tryAdvance(parts: FeedParts, step: Advance): Promise<Next> {
  try {
    const next = await advance(parts, step)
    for (const subscriber of step.group) subscriber.failures = 0
    return next
  } catch (error) {
    const failures = (step.group[0]?.failures ?? 0) + 1
    const waitMs = backoffMs(failures, { delayMs: againMs, delayMsMax: sweepMs })
    for (const subscriber of step.group) {
      subscriber.failures = failures
      subscriber.retryAt = parts.clock.now().getTime() + waitMs
    }
    parts.log.warn({ err: error, topic: step.channel.topic, failures }, "a topic could not be read")
    return "later"
  }
}

/** Brings those who are equally far one page on. */
async function advance(parts: FeedParts, { channel, after, group }: Advance): Promise<Next> {
  const { topic, organizationId, subscribers } = channel
  const page = await parts.read({ organizationId, topic, after })
  const hearing = group.filter((subscriber) => subscribers.has(subscriber))
  if (page.kind === "reset") {
    for (const subscriber of hearing) {
      subscribers.delete(subscriber)
      subscriber.sink.reset()
    }
    return "done"
  }
  for (const event of page.events) {
    const text = JSON.stringify({ type: "event", topic, ...event })
    for (const subscriber of hearing) {
      if (subscribers.has(subscriber)) subscriber.sink.event(text, event.cursor)
    }
  }
  for (const subscriber of hearing) Object.assign(subscriber, { cursor: page.cursor, proven: true })
  if (page.more) return "now"
  return page.waiting ? "later" : "done"
}
