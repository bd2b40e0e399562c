import type { ChildProcess } from "node:child_process"
import type { Duplex } from "node:stream"
import { type Channel as Calls, toldFaultSchema } from "@vibecaas/kernel/calls"
import { z } from "zod"
import { capsSchema } from "../port.ts"

/** Where a byte stream to a machine leads. */
export const streamToSchema = z.strictObject({
  id: z.string(),
  driver: z.string(),
  /** a port of the machine; its agent when absent */
  port: z.int().min(1).max(65_535).exactOptional(),
})
export type StreamTo = z.infer<typeof streamToSchema>

export interface Channel extends Calls {
  /** a byte stream to a machine at the other end; absent when both ends share a host */
  open?(to: StreamTo): Promise<Duplex>
}

export const verbs = ["probe", "boot", "find", "list", "destroy", "deleteData"] as const
export type Verb = (typeof verbs)[number]

export const callMessage = z.strictObject({
  vmCall: z.int().positive(),
  verb: z.enum(verbs),
  argument: z.unknown().optional(),
})

export const replyMessage = z.union([
  z.object({ vmReply: z.int().positive(), ok: z.literal(true), value: z.unknown().optional() }),
  z.object({ vmReply: z.int().positive(), ok: z.literal(false), fault: toldFaultSchema }),
])
export type ReplyMessage = z.infer<typeof replyMessage>

export const foundSchema = z.array(z.object({ id: z.string(), driver: z.string() }))

/** A machine by what another process needs to reach it. */
export const machineSchema = z.object({
  id: z.string(),
  caps: capsSchema,
  /** its driver opens connections to ports by themselves */
  ports: z.boolean(),
  near: z.object({ agentSocket: z.string() }).optional(),
})
export type NamedMachine = z.infer<typeof machineSchema>

/** The launcher's end of the channel to a forked server. */
export function childChannel(child: ChildProcess): Channel {
  return {
    send: (message) => {
      // The server may be gone by the time an answer is ready: nobody misses it then.
      if (child.connected) child.send(message, () => {})
    },
    onMessage(listener) {
      child.on("message", listener)
      return () => child.off("message", listener)
    },
    onClose: (listener) => void child.once("disconnect", listener),
  }
}

/** The server's end of the channel to the launcher that forked it. */
export function parentChannel(self: NodeJS.Process): Channel {
  return {
    send: (message) => self.send?.(message),
    onMessage(listener) {
      self.on("message", listener)
      return () => self.off("message", listener)
    },
    onClose: (listener) => void self.once("disconnect", listener),
  }
}
