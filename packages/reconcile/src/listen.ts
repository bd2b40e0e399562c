import { backoffMs } from "@vibecaas/kernel/backoff"
import type { Clock } from "@vibecaas/kernel/clock"
import type { Log } from "@vibecaas/kernel/log"
import pg from "pg"

/**
 * What PostgreSQL tells this process: one connection for all channels, mended when it breaks. It
 * goes direct to PostgreSQL: LISTEN does not pass PgBouncer in transaction mode.
 */
export interface Listener {
  /** Hears a channel; register before `start`. */
  on(channel: string, hear: (payload: string) => void): void
  /** Told when hearing begins and ends: news in between are missed. */
  onState(told: (hearing: boolean) => void): void
  start(): void
  close(): Promise<void>
}

export interface ListenerParts {
  url: string
  clock: Clock
  log: Log
}

/** A silent network breaks a connection without a word: ask this often, in `ms`. */
const askEveryMs = 10_000

export function makeListener(parts: ListenerParts): Listener {
  const channels: Channels = new Map()
  const observers: ((hearing: boolean) => void)[] = []
  const stop = new AbortController()
  let running: Promise<void> | undefined
  const tell = (hearing: boolean) => {
    for (const told of observers) told(hearing)
  }
  return {
    on(channel, hear) {
      channels.set(channel, [...(channels.get(channel) ?? []), hear])
    },
    onState(told) {
      observers.push(told)
    },
    start() {
      running ??= listenForever({ ...parts, channels, tell, signal: stop.signal })
    },
    async close() {
      stop.abort(new Error("closed"))
      await running
    },
  }
}

type Channels = Map<string, ((payload: string) => void)[]>

interface Listening extends ListenerParts {
  channels: Channels
  tell(hearing: boolean): void
  signal: AbortSignal
}

async function listenForever(parts: Listening): Promise<void> {
  let failures = 0
  while (!parts.signal.aborted) {
    const heard = await listenOnce(parts).catch((error: unknown) => {
      parts.log.warn({ err: error }, "the database's news cannot be heard")
      return false
    })
    failures = heard ? 0 : failures + 1
    const wait = backoffMs(failures + 1, { delayMs: 100, delayMsMax: 5_000, jitter: 0.3 })
    await parts.clock.sleep(wait, parts.signal).catch(() => {})
  }
}

/** Resolves with true when the connection ends after it had heard, and rejects when it never did. */
async function listenOnce(parts: Listening): Promise<boolean> {
  const client = new pg.Client({
    connectionString: parts.url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
    keepAlive: true,
    application_name: "vibecaas-listen",
  })
  const ended = endOf(client, parts.signal)
  client.on("notification", ({ channel, payload = "" }) => {
    for (const hear of parts.channels.get(channel) ?? []) hear(payload)
  })
  try {
    await client.connect()
    for (const channel of parts.channels.keys()) {
      await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    }
    parts.tell(true)
    await Promise.race([ended, askAgain(client, parts)])
    return true
  } finally {
    parts.tell(false)
    await client.end().catch(() => {})
  }
}

function endOf(client: pg.Client, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    client.on("error", () => resolve())
    client.on("end", () => resolve())
    signal.addEventListener("abort", () => resolve(), { once: true })
  })
}

async function askAgain(client: pg.Client, { clock, signal }: Listening): Promise<void> {
  try {
    for (;;) {
      await clock.sleep(askEveryMs, signal)
      await client.query("select 1")
    }
  } catch {
    // Whoever waits for the race reconnects.
  }
}
