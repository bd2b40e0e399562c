import type { Clock } from "@vibecaas/kernel/clock"
import pg from "pg"
import { pgCode } from "./errors.ts"
import type { Database } from "./tenant.ts"

/** Why a database cannot do its work. */
export interface DatabaseTrouble {
  /** what "it" does or lacks, in words that tell nothing secret */
  say: string
  /** starting it again may end this */
  restartHelps: boolean
  cause: unknown
}

/** A change that is really written: a full disk and forbidden changes let everything be read. */
const beat = { name: "pulse", text: "update pulse set beaten_at = clock_timestamp()" }

/**
 * Writes over a connection of its own, which also needs the process that takes new ones.
 *
 * @param timeoutMs longest wait for the connection, and for the write
 */
export async function takePulse(
  url: string,
  timeoutMs: number,
): Promise<DatabaseTrouble | undefined> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: timeoutMs,
    query_timeout: timeoutMs,
    application_name: "vibecaas-pulse",
  })
  // The failure arrives where a query is awaited; without a listener it would end the process.
  client.on("error", () => {})
  try {
    await client.connect()
    await client.query(beat.text)
    return undefined
  } catch (error) {
    return troubleOf(error)
  } finally {
    await client.end().catch(() => {})
  }
}

const look = { name: "pulse_look", text: "select 1" }

/**
 * For `/readyz`, which anybody may ask: a write that went well counts for a moment, in which it is
 * only seen whether the database answers.
 */
export function pulseCheck(database: Database, clock: Pick<Clock, "now">) {
  let beatenAt = Number.NEGATIVE_INFINITY
  return async (): Promise<string | undefined> => {
    const now = clock.now().getTime()
    const isBeaten = now - beatenAt < 1000
    try {
      await database.asPlatform((tx) => tx.query(isBeaten ? look : beat, []))
      if (!isBeaten) beatenAt = now
      return undefined
    } catch (error) {
      return troubleOf(error).say
    }
  }
}

export function troubleOf(cause: unknown): DatabaseTrouble {
  const code = pgCode(cause) ?? ""
  const known = lasting.find(({ codes }) => codes.test(code))
  const say = /^(5[3-8]|XX)/.test(code) ? "it answers with failures" : "it does not answer"
  return { say: known?.say ?? say, restartHelps: !known, cause }
}

/**
 * What a restart does not end: settings and a full disk are as they were after it, and who starts,
 * recovers or is busy needs time.
 */
const lasting = [
  { codes: /^25006$/, say: "it takes no changes: it is set to read-only, or is a standby" },
  { codes: /^53100$/, say: "its disk is full" },
  { codes: /^53300$/, say: "it has no connection left" },
  { codes: /^57P03$/, say: "it is starting or stopping, or recovers from a crash" },
  { codes: /^(40...|55P03|57014)$/, say: "it is too busy with other changes" },
  { codes: /^(28|3D|42)/, say: "it refuses the platform, or has lost what the platform made" },
]
