import { z } from "zod"
import { type EventKind, events, type IdOf, ids, type ObjectName, objects } from "./kinds.ts"

/**
 * The live stream: one WebSocket at `/api/v1/stream`, JSON text frames.
 *
 * A client subscribes to topics, optionally after a cursor; each event carries the cursor to
 * resume from. Delivery is at least once and in order within a topic.
 */
export type Topic = { [O in ObjectName]: `${O}:${IdOf<O>}` }[ObjectName]
const topicOf = (object: ObjectName) => z.templateLiteral([`${object}:`, ids[object]])
// Each object's name and the form of its ids, as the type says.
export const topic = z.union(
  (Object.keys(objects) as ObjectName[]).map(topicOf),
) as z.ZodType<Topic>

/** Ids of the objects on whose topics an event is told. */
export type About<E extends EventKind> = Readonly<Record<(typeof events)[E][number], string>>

/** Where an event is told; an object that is not given is left out. */
export function topicsOf(kind: EventKind, about: { readonly [O in ObjectName]?: string }): Topic[] {
  const named: readonly ObjectName[] = events[kind]
  // Ids come from our own columns.
  return named.flatMap((object) => (about[object] ? [`${object}:${about[object]}` as Topic] : []))
}

export const clientFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("subscribe"), topic, after: z.string().max(40).optional() }),
  z.object({ type: z.literal("unsubscribe"), topic }),
  z.object({ type: z.literal("ping") }),
])
export type ClientFrame = z.infer<typeof clientFrame>

export const serverFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("subscribed"), topic, cursor: z.string() }),
  z.object({
    type: z.literal("event"),
    topic,
    cursor: z.string(),
    kind: z.enum(Object.keys(events) as EventKind[]),
    id: z.string().meta({ description: "id of the object the event is about" }),
    data: z.unknown(),
  }),
  z.object({ type: z.literal("refused"), topic: z.string(), code: z.string(), detail: z.string() }),
  /** the stream cannot be resumed from that cursor: read again, then subscribe without one */
  z.object({ type: z.literal("reset"), topic }),
  z.object({ type: z.literal("pong") }),
])
export type ServerFrame = z.infer<typeof serverFrame>

/** Limits of one connection. */
export const streamLimits = {
  topicsMax: 50,
  frameBytesMax: 4096,
  bufferedBytesMax: 1_048_576,
  socketsPerUserMax: 20,
} as const
