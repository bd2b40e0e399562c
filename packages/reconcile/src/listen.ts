import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import type pg from "pg"
import { endsWithin, repeat } from "./background.ts"
import { parseWake, type Wake, wakeChannel } from "./wake.ts"

export interface Listener {
  /** resolves when wakes arrive for the first time */
  ready: Promise<void>
  stop(): Promise<void>
}

export interface ListenOptions {
  pool: pg.Pool
  clock: Clock
  log: Log
  onWake(wake: Wake): void
  /** wakes may have been missed while nobody listened */
  onGap(): void
}

const reconnectMs = 500
/** A connection that is gone without a word is found out by asking it. */
const askEveryMs = 10_000
const answerMs = 5_000

/** Listens for wakes on one connection of the pool, and opens another whenever that one ends. */
export function listen(options: ListenOptions): Listener {
  const { promise: ready, resolve } = Promise.withResolvers<void>()
  const stopping = Promise.withResolvers<void>()
  let heard = false
  const connection = repeat(options, reconnectMs, async (signal) => {
    try {
      await hold(options, stopping.promise, () => {
        if (heard) options.onGap()
        heard = true
        resolve()
      })
    } catch (error) {
      if (!signal.aborted) options.log.debug({ err: error }, "listening for wakes failed")
    }
  })
  return {
    ready,
    stop: () => {
      stopping.resolve()
      return connection.stop()
    },
  }
}

/** Resolves when the connection has ended or listening is to stop. */
async function hold(
  options: ListenOptions,
  stopped: Promise<void>,
  onListening: () => void,
): Promise<void> {
  const client = await options.pool.connect()
  const ended = Promise.withResolvers<void>()
  client.on("error", () => ended.resolve())
  client.on("end", () => ended.resolve())
  client.on("notification", (message) => {
    const wake = message.channel === wakeChannel && parseWake(message.payload ?? "")
    if (wake) options.onWake(wake)
  })
  const asking = repeat(options, askEveryMs, async () => {
    const answer = client.query("select 1").catch(() => ended.resolve())
    if (!(await endsWithin(options.clock, answerMs, Promise.race([answer, ended.promise]))))
      ended.resolve()
  })
  try {
    await client.query(`listen ${wakeChannel}`)
    onListening()
    await Promise.race([ended.promise, stopped])
  } finally {
    ended.resolve()
    await asking.stop()
    // Destroyed: a connection that listens must not serve anything else.
    client.release(true)
  }
}
