import type { ClientFrame, ServerFrame, Topic } from "@vibecaas/contract/stream"

export type LiveState = "connecting" | "live" | "lost"

type LiveEvent = Extract<ServerFrame, { type: "event" }>

/** The part of a WebSocket that the stream uses. */
export interface Socket {
  send(text: string): void
  close(): void
  onOpen(action: () => void): void
  onMessage(action: (text: string) => void): void
  onClose(action: () => void): void
}

export interface StreamOptions {
  open(): Socket
  /** runs `action` after `ms`; the answer cancels it */
  later(ms: number, action: () => void): () => void
  /** from 0 to 1 */
  random(): number
  onEvent(event: LiveEvent): void
  /** events were missed: read everything of the topic again */
  onReset(topic: Topic): void
  onState(state: LiveState): void
}

export interface Stream {
  /** follows a topic until the answer is called; followers of one topic share it */
  follow(topic: Topic): () => void
  close(): void
}

/** waits between attempts, in `ms`; the last one repeats */
const waitsMs = [500, 1000, 2000, 5000, 10_000]
/** how often to ask whether the other side is still there, in `ms` */
const pingEveryMs = 25_000
/** how many drops in a row before the mark says so: a restart of one try is not worth a word */
const quietDrops = 1

interface Subscription {
  followers: number
  cursor: string | undefined
  /** whether events may have been missed since the last read */
  behind: boolean
}

/**
 * One WebSocket for all topics. After a drop it comes back by itself, with a growing wait, and
 * resumes each topic from its cursor.
 */
export function makeStream(options: StreamOptions): Stream {
  const topics = new Map<Topic, Subscription>()
  let socket: Socket | undefined
  let ready = false
  let drops = 0
  let closed = false
  let answered = true
  let cancel = () => {}

  const send = (frame: ClientFrame) => ready && socket?.send(JSON.stringify(frame))
  const subscribe = (topic: Topic, after: string | undefined) =>
    send({ type: "subscribe", topic, ...(after ? { after } : {}) })

  function connect() {
    const opened = options.open()
    socket = opened
    opened.onOpen(() => {
      ready = true
      drops = 0
      answered = true
      options.onState("live")
      for (const [topic, { cursor }] of topics) subscribe(topic, cursor)
      ping()
    })
    opened.onMessage((text) => {
      answered = true
      receive(JSON.parse(text))
    })
    opened.onClose(() => {
      if (socket === opened) dropped()
    })
  }

  function dropped() {
    ready = false
    cancel()
    if (closed) return
    for (const subscription of topics.values()) subscription.behind = true
    drops += 1
    if (drops > quietDrops) options.onState("lost")
    const waitMs = waitsMs[Math.min(drops, waitsMs.length) - 1] ?? 10_000
    cancel = options.later(waitMs * (0.75 + options.random() / 2), connect)
  }

  function ping() {
    cancel = options.later(pingEveryMs, () => {
      if (!answered) return socket?.close()
      answered = false
      send({ type: "ping" })
      ping()
    })
  }

  // The server validates what it sends; an unknown frame is from a newer one and is left out.
  function receive(frame: ServerFrame) {
    if (frame.type === "pong" || frame.type === "refused") return
    const subscription = topics.get(frame.topic)
    if (!subscription) return
    if (frame.type === "subscribed") caughtUp(frame.topic, subscription, frame.cursor)
    if (frame.type === "reset") resetTopic(frame.topic, subscription)
    if (frame.type === "event") {
      subscription.cursor = frame.cursor
      options.onEvent(frame)
    }
  }

  function caughtUp(topic: Topic, subscription: Subscription, cursor: string) {
    const resumed = subscription.cursor !== undefined
    subscription.cursor ??= cursor
    if (subscription.behind && !resumed) options.onReset(topic)
    subscription.behind = false
  }

  function resetTopic(topic: Topic, subscription: Subscription) {
    subscription.cursor = undefined
    options.onReset(topic)
    subscribe(topic, undefined)
  }

  function follow(topic: Topic) {
    const known = topics.get(topic)
    if (known) known.followers += 1
    else {
      // What was read before the server listened may lack an event; a hole in a journal would stay.
      const behind = !ready || topic.startsWith("run:")
      topics.set(topic, { followers: 1, cursor: undefined, behind })
      subscribe(topic, undefined)
    }
    let left = false
    return () => {
      const subscription = topics.get(topic)
      if (left || !subscription) return
      left = true
      subscription.followers -= 1
      if (subscription.followers > 0) return
      topics.delete(topic)
      send({ type: "unsubscribe", topic })
    }
  }

  connect()
  return {
    follow,
    close() {
      closed = true
      cancel()
      socket?.close()
    },
  }
}
