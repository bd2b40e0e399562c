import { type Fault, fault, isFault } from "@vibecaas/kernel/fault"

/** PostgreSQL's five-letter code of an error, looked for in its causes too: Drizzle wraps. */
export function pgCode(error: unknown): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    const { code } = at as Error & { code?: unknown } // absent on most errors
    if (typeof code === "string") return code
  }
  return undefined
}

/**
 * Says what a database error means where that is known; answers everything else as it is.
 *
 * Deadlocks and lost races are not tried again here: what the action did besides may not be
 * repeatable. The fault is retryable, so loops come again and clients repeat with their key.
 */
export function translated(error: unknown): unknown {
  if (isFault(error)) return error
  const code = pgCode(error)
  if (code === "53100") {
    return fault("disk_full", {
      say: "The database's disk is full. Nothing was changed; free some space and try again.",
      cause: error,
      retryable: true,
    })
  }
  if (code !== undefined && collided.has(code)) {
    return busy(
      "The database was too busy with other changes. Nothing was changed; try again.",
      error,
    )
  }
  if (code !== undefined && unstorable.has(code)) {
    return fault("malformed", {
      say: "A text holds a character that cannot be kept, such as a zero byte, or a number or a date is out of range.",
      cause: error,
    })
  }
  if (isConnectionError(error, code)) {
    return busy(
      "The database cannot be reached. Nothing was changed; try again in a moment.",
      error,
    )
  }
  return error
}

export function throwTranslated(error: unknown): never {
  throw translated(error)
}

/** The same for a commit: when the connection broke, nobody knows whether it was made. */
export function translatedCommit(error: unknown): unknown {
  const code = pgCode(error)
  if (!isConnectionError(error, code)) return translated(error)
  return busy(
    "The database was lost while the change was being saved. It may have been made: look before you try again.",
    error,
  )
}

function busy(say: string, cause: unknown): Fault {
  return fault("unavailable", { say, cause, retryable: true, retryAfterSeconds: 2 })
}

/** serialization failure, deadlock, lock timeout, statement timeout */
const collided = new Set(["40001", "40P01", "55P03", "57014"])

/** a zero byte in a text, the same in JSON, a date out of range: what schemas let through */
const unstorable = new Set(["22021", "22P05", "22008", "22003"])

/** Class 08, shutdowns (57P01 to 57P05), too many connections, and what sockets answer. */
const unreachable =
  /^(08...|57P0[1-5]|53300|25P03|ECONN[A-Z]+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/

function isConnectionError(error: unknown, code: string | undefined): boolean {
  if (code !== undefined) return unreachable.test(code)
  // pg has no code for these.
  return (
    error instanceof Error &&
    /connection terminated|timeout exceeded when trying to connect|query read timeout|client has encountered a connection error|connection timeout/i.test(
      error.message,
    )
  )
}
