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
export class LiveStream {
  private readonly options: StreamOptions
  private readonly topics = new Map<Topic, Subscription>()
  private socket: Socket | undefined
  private ready = false
  private closed = false
  /** whether anything was heard since the last ping */
  private answered = true
  private drops = 0
  private cancel = () => {}

  constructor(options: StreamOptions) {
    this.options = options
    this.connect()
  }

  /** Follows a topic until the answer is called; followers of one topic share it. */
  follow(topic: Topic): () => void {
    const known = this.topics.get(topic)
    if (known) known.followers += 1
    else this.begin(topic)
    let left = false
    return () => {
      if (!left) this.leave(topic)
      left = true
    }
  }

  close(): void {
    this.closed = true
    this.cancel()
    this.socket?.close()
  }

  private begin(topic: Topic) {
    // What was read before the server listened may lack an event; a hole in a journal would stay.
    const behind = !this.ready || topic.startsWith("run:")
    this.topics.set(topic, { followers: 1, cursor: undefined, behind })
    this.subscribe(topic, undefined)
  }

  private leave(topic: Topic) {
    const subscription = this.topics.get(topic)
    if (!subscription) return
    subscription.followers -= 1
    if (subscription.followers > 0) return
    this.topics.delete(topic)
    this.send({ type: "unsubscribe", topic })
  }

  private connect() {
    const socket = this.options.open()
    this.socket = socket
    socket.onOpen(() => this.opened())
    socket.onMessage((text) => {
      this.answered = true
      this.receive(JSON.parse(text))
    })
    socket.onClose(() => {
      if (this.socket === socket) this.dropped()
    })
  }

  private opened() {
    this.ready = true
    this.answered = true
    this.drops = 0
    this.options.onState("live")
    for (const [topic, { cursor }] of this.topics) this.subscribe(topic, cursor)
    this.pingLater()
  }

  private dropped() {
    this.ready = false
    this.cancel()
    if (this.closed) return
    for (const subscription of this.topics.values()) subscription.behind = true
    this.drops += 1
    if (this.drops > quietDrops) this.options.onState("lost")
    const waitMs = waitsMs[Math.min(this.drops, waitsMs.length) - 1] ?? 10_000
    const spread = 0.75 + this.options.random() / 2
    this.cancel = this.options.later(waitMs * spread, () => this.connect())
  }

  private pingLater() {
    this.cancel = this.options.later(pingEveryMs, () => {
      if (!this.answered) return this.socket?.close()
      this.answered = false
      this.send({ type: "ping" })
      this.pingLater()
    })
  }

  // The server checks what it sends; an unknown frame is from a newer one and is left out.
  private receive(frame: ServerFrame) {
    if (frame.type === "pong" || frame.type === "refused") return
    const subscription = this.topics.get(frame.topic)
    if (!subscription) return
    if (frame.type === "subscribed") this.caughtUp(frame.topic, subscription, frame.cursor)
    if (frame.type === "reset") this.reset(frame.topic, subscription)
    if (frame.type === "event") {
      subscription.cursor = frame.cursor
      this.options.onEvent(frame)
    }
  }

  private caughtUp(topic: Topic, subscription: Subscription, cursor: string) {
    const resumed = subscription.cursor !== undefined
    subscription.cursor ??= cursor
    if (subscription.behind && !resumed) this.options.onReset(topic)
    subscription.behind = false
  }

  private reset(topic: Topic, subscription: Subscription) {
    subscription.cursor = undefined
    this.options.onReset(topic)
    this.subscribe(topic, undefined)
  }

  private subscribe(topic: Topic, after: string | undefined) {
    this.send({ type: "subscribe", topic, ...(after ? { after } : {}) })
  }

  private send(frame: ClientFrame) {
    if (this.ready) this.socket?.send(JSON.stringify(frame))
  }
}
