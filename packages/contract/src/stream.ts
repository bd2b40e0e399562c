import { z } from "zod"
import { organizationId, projectId, runId } from "./ids.ts"

/**
 * The live stream: one WebSocket at `/api/v1/stream`, JSON text frames.
 *
 * A client subscribes to topics, optionally after a cursor; each event carries the cursor to
 * resume from. Delivery is at least once and in order within a topic.
 */
export const topic = z.union([
  z.templateLiteral(["organization:", organizationId]),
  z.templateLiteral(["project:", projectId]),
  z.templateLiteral(["run:", runId]),
])
export type Topic = z.infer<typeof topic>

export const clientFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("subscribe"), topic, after: z.string().max(40).optional() }),
  z.object({ type: z.literal("unsubscribe"), topic }),
  z.object({ type: z.literal("ping") }),
])
export type ClientFrame = z.infer<typeof clientFrame>

/** What an event says: which object changed, and for journal steps the row itself. */
export const eventKinds = [
  "project.changed",
  "project.deleted",
  "microvm.changed",
  "run.changed",
  "run.step",
] as const
export type EventKind = (typeof eventKinds)[number]

export const serverFrame = z.discriminatedUnion("type", [
  z.object({ type: z.literal("subscribed"), topic, cursor: z.string() }),
  z.object({
    type: z.literal("event"),
    topic,
    cursor: z.string(),
    kind: z.enum(eventKinds),
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
