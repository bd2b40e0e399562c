import pino from "pino"
import { linesTo } from "./lines-to.ts"

/** Structured log: the fields first, then the sentence. Levels as in pino. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
  child(fields: object): Log
}

export type LogLevel = "debug" | "info" | "warn" | "error" | "silent"

/** Field names that are never written, wherever they stand in the logged object (two levels). */
const secretNames = ["password", "token", "secret", "apiKey", "authorization", "cookie", "key"]

/**
 * JSON lines on the file descriptor `fd` (default 1).
 *
 * It never throws: whoever reports a failure must be able to go on, also when the disk is full.
 * Lines that could not be written are counted, and the count is the first line that can be.
 */
export function makeLog(options: { level: LogLevel; fd?: number }): Log {
  const paths = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`])
  return pino(
    {
      level: options.level,
      redact: { paths, censor: "[redacted]" },
      base: null,
      hooks: { logMethod: logSafely },
    },
    linesTo(options.fd ?? 1),
  )
}

/** An object that cannot be written as JSON costs its fields, not its caller. */
function logSafely(this: pino.Logger, args: Parameters<pino.LogFn>, method: pino.LogFn): void {
  try {
    method.apply(this, args)
  } catch {
    method.apply(this, [{ unwritable: true }, String(args[1])])
  }
}

export const silentLog: Log = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  child: () => silentLog,
}

/** Runs what may fail without harm: the failure is logged with its name and answered `undefined`. */
export async function bestEffort<T>(
  log: Log,
  what: string,
  action: () => T | Promise<T>,
): Promise<T | undefined> {
  try {
    return await action()
  } catch (error) {
    log.warn({ err: error, what }, "best effort failed")
    return undefined
  }
}
