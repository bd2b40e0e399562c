import { type Channel, tellFault } from "@vibecaas/kernel/calls"
import { fault, isFault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import type { ReachableBackend } from "../reachable.ts"
import { callMessage, type ReplyMessage, type Verb, verbs } from "./messages.ts"

/** calls under way; a server that asks for more is broken */
const callsMax = 1024

/**
 * Lets the process at the other end use the backend's verbs, and nothing else. It may be less trusted than
 * we are: it names engines and stores, never programs, and whatever it sends is checked.
 *
 * @returns stops serving; stores go on
 */
export function serveBackend(backend: ReachableBackend, channel: Channel, log: Log): () => void {
  let calls = 0
  const deaf = backend.hear((storeId) => channel.send({ storeNews: storeId }))
  const stop = channel.onMessage(async (message) => {
    const call = callMessage.safeParse(message)
    if (!call.success) return
    const { storeCall, verb, asks } = call.data
    calls += 1
    try {
      if (calls > callsMax) throw busy()
      const value = await handle(backend, verb, asks)
      channel.send({ storeReply: storeCall, ok: true, value } satisfies ReplyMessage)
    } catch (error) {
      if (!isFault(error)) log.error({ err: error, verb }, "a verb of the stores' backend failed")
      const fault = tellFault(error, unexpected)
      channel.send({ storeReply: storeCall, ok: false, fault } satisfies ReplyMessage)
    } finally {
      calls -= 1
    }
  })
  return () => {
    deaf()
    stop()
  }
}

function handle(backend: ReachableBackend, verb: Verb, asks: unknown[]): Promise<unknown> {
  const checked = verbs[verb].asks.safeParse(asks)
  if (!checked.success) {
    throw fault("invalid", {
      say: "That is no call of the stores' backend.",
      note: checked.error.message,
    })
  }
  // The schema of a verb says what its method takes; that table cannot be told to the compiler.
  const method = backend[verb] as (...asks: unknown[]) => Promise<unknown>
  return method.apply(backend, [...checked.data])
}

const unexpected = "The part of the platform that runs stores had an unexpected problem. Try again."

const busy = () =>
  fault("host_busy", {
    say: "The part of the platform that runs stores is busy. Try again in a moment.",
    retryable: true,
  })
