import type { Core } from "./core.ts"
import type { Wake } from "./wake.ts"

/** Collects notified wakes while the ones before are being written, so a burst costs few statements. */
export interface WakeInbox {
  put(wake: Wake): void
  /** resolves when everything put so far was dealt with */
  settled(): Promise<void>
}

const retryMs = 500

export function makeWakeInbox(core: Core): WakeInbox {
  const waiting = new Map<string, Map<string, string | undefined>>()
  let emptying: Promise<void> = Promise.resolve()
  let busy = false
  const empty = async () => {
    for (let entry = first(waiting); entry; entry = first(waiting)) {
      const [loop, keys] = entry
      waiting.delete(loop)
      await write(core, { loop, keys })
    }
    busy = false
  }
  return {
    put: ({ loop, key, xid }) => {
      // A newer version of the program may wake loops that this one does not have.
      if (!core.loops.has(loop)) return
      for (const turn of core.keeper.turns) {
        if (turn.loop === loop && turn.key === key) for (const heard of turn.onWake) heard()
      }
      const keys = waiting.get(loop) ?? new Map<string, string | undefined>()
      // Of two transactions either may be news, so none is named.
      keys.set(key, keys.has(key) && keys.get(key) !== xid ? undefined : xid)
      waiting.set(loop, keys)
      if (busy) return
      busy = true
      emptying = empty()
    },
    settled: () => emptying,
  }
}

function first<K, V>(map: Map<K, V>): [K, V] | undefined {
  return map.entries().next().value
}

async function write(
  core: Core,
  { loop, keys }: { loop: string; keys: Map<string, string | undefined> },
): Promise<void> {
  const marks = [...keys].map(([key, xid]) => ({ key, xid }))
  while (!core.signal.aborted) {
    try {
      return await core.mark({ loop, reason: "wake" }, marks)
    } catch (error) {
      core.log.debug({ err: error, loop }, "wakes could not be written; trying again")
    }
    await core.clock.sleep(retryMs)
  }
}
