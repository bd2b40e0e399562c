import type { Clock } from "@vibecaas/kernel/clock"
import type { GuestSession } from "./guest-session.ts"

/** Credit is given back this late: at most a window per pause, whatever a guest sends. */
const pauseMs = 100

/** Calls the listener with what the app prints until the answered function is called. */
export function followLog(
  session: GuestSession,
  clock: Clock,
  listener: (text: string) => void,
): () => void {
  const decoder = new TextDecoder()
  let held: Buffer[] | undefined
  const release = () => {
    for (const bytes of held ?? []) stream.grant(bytes)
    held = undefined
  }
  const stream = session.open(
    { op: "followAppLog" },
    {
      data: (bytes) => {
        listener(decoder.decode(bytes, { stream: true }))
        if (held) return void held.push(bytes)
        held = [bytes]
        void clock.sleep(pauseMs).then(release)
      },
    },
  )
  return () => stream.cancel()
}
