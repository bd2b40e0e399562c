import type { Clock } from "@vibecaas/kernel/clock"
import { fault } from "@vibecaas/kernel/fault"
import { inTime } from "@vibecaas/kernel/in-time"
import type { GuestRequest } from "./agent/ops.ts"
import type { MuxStream } from "./guest-mux.ts"
import { brokenGuest, guestFault, lostGuest } from "./guest-replies.ts"
import type { GuestSession } from "./guest-session.ts"

export interface CallOptions {
  /** most that the answer may hold on each channel */
  maxBytes?: number
  input?: Uint8Array[]
  timeoutMs?: number
  signal?: AbortSignal
  onBytes?: (channel: number, chunk: Buffer) => void
}

export interface CallResult {
  value: unknown
  /** channel 0 */
  bytes: Buffer
  /** channel 1 */
  errorBytes: Buffer
}

/** One request, its input, and its whole answer, within caps and a deadline. */
export type CallGuest = (request: GuestRequest, options?: CallOptions) => Promise<CallResult>

export function makeCall(
  session: GuestSession,
  defaults: { clock: Clock; callTimeoutMs?: number },
): CallGuest {
  return async (request, options = {}) => {
    options.signal?.throwIfAborted()
    const done = Promise.withResolvers<unknown>()
    const output = [collect(options.maxBytes ?? 0), collect(options.maxBytes ?? 0)]
    const stream: MuxStream = session.open(request, {
      data: (bytes, channel) => {
        if (!output[channel]?.add(bytes)) {
          done.reject(brokenGuest("more output than asked for"))
          return stream.cancel()
        }
        options.onBytes?.(channel, bytes)
        stream.grant(bytes)
      },
      result: done.resolve,
      fail: (code, message) => done.reject(guestFault(code, message)),
      closed: (reason) => done.reject(lostGuest(reason)),
    })
    void sendAll(stream, options.input)
    const value = await withDeadline(done.promise, stream, {
      clock: defaults.clock,
      timeoutMs: options.timeoutMs ?? defaults.callTimeoutMs ?? 30_000,
      signal: options.signal,
    })
    const [bytes, errorBytes] = output.map((kept) => kept.bytes())
    return { value, bytes: bytes ?? Buffer.alloc(0), errorBytes: errorBytes ?? Buffer.alloc(0) }
  }
}

async function sendAll(stream: MuxStream, input: Uint8Array[] | undefined): Promise<void> {
  for (const bytes of input ?? []) if (!(await stream.send(bytes))) return
  stream.end()
}

interface Deadline {
  clock: Clock
  timeoutMs: number
  signal: AbortSignal | undefined
}

async function withDeadline<T>(
  work: Promise<T>,
  stream: MuxStream,
  { clock, timeoutMs, signal }: Deadline,
): Promise<T> {
  const aborted = Promise.withResolvers<never>()
  const abort = () => aborted.reject(signal?.reason)
  signal?.addEventListener("abort", abort, { once: true })
  try {
    return await inTime({ clock, ms: timeoutMs }, Promise.race([work, aborted.promise]), () => {
      throw fault("guest_timeout", {
        say: "The machine took too long to answer.",
        note: `after ${timeoutMs} ms`,
        retryable: true,
      })
    })
  } finally {
    signal?.removeEventListener("abort", abort)
    stream.cancel()
  }
}

function collect(limit: number) {
  const chunks: Buffer[] = []
  let size = 0
  return {
    /** false when the limit is passed */
    add(bytes: Buffer): boolean {
      size += bytes.length
      if (size > limit) return false
      // A copy: a small part must not keep the large chunk it came in.
      chunks.push(Buffer.from(bytes))
      return true
    },
    bytes: () => Buffer.concat(chunks),
  }
}
