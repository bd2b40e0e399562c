import { type FaultCode, isFaultCode } from "@vibecaas/contract/faults"
import { z } from "zod"
import { type Fault, fault, isFault } from "./fault.ts"

/** Two processes that exchange messages, such as the launcher, which may be root, and the server. */
export interface Channel {
  send(message: object): void
  /** answers the function that stops listening */
  onMessage(listener: (message: unknown) => void): () => void
  onClose(listener: () => void): void
}

export const toldFaultSchema = z.object({
  // The two ends may be of different versions.
  code: z.string().transform((code): FaultCode => (isFaultCode(code) ? code : "driver_failed")),
  say: z.string(),
  note: z.string().optional(),
  retryable: z.boolean(),
  fields: z.record(z.string(), z.string()).optional(),
})
export type ToldFault = z.output<typeof toldFaultSchema>

/** What of a failure may cross to the other process. @param unexpected said of what is no fault */
export function tellFault(error: unknown, unexpected: string): ToldFault {
  if (!isFault(error))
    return { code: "driver_failed", say: unexpected, note: String(error), retryable: true }
  const { code, say, note, retryable, fields } = error
  return {
    ...{ code, say, retryable },
    ...(note === undefined ? {} : { note }),
    ...(fields === undefined ? {} : { fields: { ...fields } }),
  }
}

/** A fault of the other end, as one of ours. */
export function heardFault({ code, say, note, retryable, fields }: ToldFault): Fault {
  return fault(code, {
    ...{ say, retryable },
    ...(note === undefined ? {} : { note }),
    ...(fields === undefined ? {} : { fields }),
  })
}

/** The answer to one call, by its number. */
export type Reply = { call: number } & (
  | { ok: true; value?: unknown }
  | { ok: false; fault: ToldFault }
)

export interface Wire<Asked> {
  /** the message that asks */
  message(call: number, asked: Asked): object
  /** the reply that a message is, when it is one */
  reply(message: unknown): Reply | undefined
  /** why nobody answers any more */
  gone(): Fault
}

/** Calls to the other end of a channel, answered in any order; when it closes, all of them fail. */
export function makeCaller<Asked>(
  channel: Channel,
  wire: Wire<Asked>,
): (asked: Asked) => Promise<unknown> {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  let last = 0
  let open = true
  channel.onMessage((message) => {
    const reply = wire.reply(message)
    if (!reply) return
    const call = waiting.get(reply.call)
    waiting.delete(reply.call)
    if (reply.ok) return call?.resolve(reply.value)
    call?.reject(heardFault(reply.fault))
  })
  channel.onClose(() => {
    open = false
    for (const call of waiting.values()) call.reject(wire.gone())
    waiting.clear()
  })
  return async (asked) => {
    if (!open) throw wire.gone()
    const call = Promise.withResolvers<unknown>()
    last += 1
    waiting.set(last, call)
    channel.send(wire.message(last, asked))
    return call.promise
  }
}
