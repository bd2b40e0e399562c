import { type ObjectName, objects } from "@vibecaas/contract/kinds"
import { clientFrame, type ServerFrame, streamLimits } from "@vibecaas/contract/stream"
import type { Log } from "@vibecaas/kernel/log"
import type { WebSocket } from "ws"
import type { Principal } from "../../core/kind.ts"
import type { Place } from "../../db/named-functions.ts"
import { type FindPlace, mayHear } from "../access.ts"
import { sameNotFound } from "../problems.ts"
import type { Feed } from "./feed.ts"

export interface StreamSocketParts {
  ws: WebSocket
  principal: Principal
  /** who the socket's cookie or key belongs to now */
  findAgain(): Promise<Principal | undefined>
  findPlace: FindPlace
  feed: Feed
  log: Log
}

export interface StreamSocket {
  principal(): Principal
  /** Ends the socket of who signed out, and the topics of who lost the right to hear them. */
  recheck(): void
  /** Ends the socket when it did not answer the last ping. */
  ping(): void
  end(code: number, reason: string): void
}

/** Codes above 4000 are ours; the client signs in again on the first and waits on the second. */
export const closeCodes = { signedOut: 4401, tooFast: 4429, tooSlow: 1013 } as const

/** Frames a client may have under way; more at once is a client gone wrong. */
const waitingFramesMax = 100

interface Connection extends StreamSocketParts {
  topics: Map<string, TopicState>
  waiting: number
  alive: boolean
}

interface TopicState {
  place: Place
  object: ObjectName
  stop: (() => void) | undefined
}

/** One client's end of the live stream: it may hear what its person may read. */
export function openStreamSocket(parts: StreamSocketParts): StreamSocket {
  const connection: Connection = { ...parts, topics: new Map(), waiting: 0, alive: true }
  const { ws } = parts
  let turn = Promise.resolve()
  // Frames are served one after the other: unsubscribing must not overtake subscribing.
  const enqueue = (action: () => Promise<void>) => {
    turn = turn.then(action).catch((error: unknown) => {
      parts.log.warn({ err: error }, "a live socket failed")
      end(connection, 1011, "something went wrong on our side")
    })
  }
  ws.on("message", (data, binary) => {
    connection.alive = true
    if (++connection.waiting > waitingFramesMax) {
      return end(connection, closeCodes.tooFast, "too many frames at once")
    }
    enqueue(async () => {
      connection.waiting--
      await serveFrame(connection, binary ? "" : data.toString())
    })
  })
  ws.on("pong", () => {
    connection.alive = true
  })
  ws.once("close", () => stopAll(connection))
  return {
    principal: () => connection.principal,
    recheck: () => enqueue(() => recheck(connection)),
    ping: () => {
      if (!connection.alive) return ws.terminate()
      connection.alive = false
      ws.ping()
      enqueue(() => recheck(connection))
    },
    end: (code, reason) => end(connection, code, reason),
  }
}

async function serveFrame(connection: Connection, text: string): Promise<void> {
  const frame = clientFrame.safeParse(readJson(text))
  if (!frame.success) {
    const detail = "A frame is not one of subscribe, unsubscribe or ping."
    return send(connection, { type: "refused", topic: "", code: "malformed", detail })
  }
  if (frame.data.type === "ping") return send(connection, { type: "pong" })
  if (frame.data.type === "unsubscribe") return stopTopic(connection, frame.data.topic)
  await subscribe(connection, frame.data)
}

async function subscribe(
  connection: Connection,
  asked: { topic: string; after?: string | undefined },
) {
  const { topic, after } = asked
  stopTopic(connection, topic)
  if (connection.topics.size >= streamLimits.topicsMax) {
    const detail = `One connection hears at most ${streamLimits.topicsMax} topics.`
    return send(connection, { type: "refused", topic, code: "quota_exceeded", detail })
  }
  const allowed = await allow(connection, topic)
  if (!allowed) return refuse(connection, topic)
  if (connection.ws.readyState !== connection.ws.OPEN) return
  const state: TopicState = { ...allowed, stop: undefined }
  connection.topics.set(topic, state)
  state.stop = await connection.feed.subscribe(
    { organizationId: allowed.place.organizationId, topic, after },
    {
      event: (event) => sendText(connection, event),
      reset: () => {
        connection.topics.delete(topic)
        send(connection, { type: "reset", topic } as ServerFrame) // parsed as a topic above
      },
    },
    (cursor) => send(connection, { type: "subscribed", topic, cursor } as ServerFrame), // as above
  )
  // The socket may have closed while we read.
  if (connection.topics.get(topic) !== state) state.stop()
}

/** Whether the person may hear a topic, and whose it is. */
async function allow(connection: Connection, topic: string) {
  const [object = "", id = ""] = topic.split(":")
  const named = object as ObjectName // the frame's schema knows the same names
  const place = await connection.findPlace(named, id)
  if (!place || !mayHear(connection.principal, place, objects[named].read)) return undefined
  return { place, object: named }
}

function refuse(connection: Connection, topic: string): void {
  const { code, say } = sameNotFound(topic.split(":")[0] ?? "topic")
  send(connection, { type: "refused", topic, code, detail: say })
}

async function recheck(connection: Connection): Promise<void> {
  const principal = await connection.findAgain()
  if (!principal) return end(connection, closeCodes.signedOut, "signed out")
  connection.principal = principal
  for (const [topic, { place, object }] of connection.topics) {
    if (mayHear(principal, place, objects[object].read)) continue
    stopTopic(connection, topic)
    refuse(connection, topic)
  }
}

function stopTopic(connection: Connection, topic: string): void {
  connection.topics.get(topic)?.stop?.()
  connection.topics.delete(topic)
}

function stopAll(connection: Connection): void {
  for (const topic of [...connection.topics.keys()]) stopTopic(connection, topic)
}

function send(connection: Connection, frame: ServerFrame): void {
  sendText(connection, JSON.stringify(frame))
}

/** Who reads too slowly is let go: it resumes from its cursor instead of filling our memory. */
function sendText(connection: Connection, text: string): void {
  const { ws } = connection
  if (ws.readyState !== ws.OPEN) return
  if (ws.bufferedAmount <= streamLimits.bufferedBytesMax) ws.send(text)
  else end(connection, closeCodes.tooSlow, "reads too slowly")
}

function end(connection: Connection, code: number, reason: string): void {
  stopAll(connection)
  connection.ws.close(code, reason)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
