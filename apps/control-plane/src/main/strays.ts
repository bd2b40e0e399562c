import type { Log } from "@vibecaas/kernel/log"
import { whoFromOutside } from "../http/from-outside.ts"

/** Failures that nobody waited for and that the process outlived. */
export interface Strays {
  /** how many since the start, and when the last one was; shown beside the readiness */
  seen(): { count: number; lastAt?: string }
}

interface StrayParts {
  log(): Log | undefined
  now(): Date
  /** ends the process: what it holds in memory may not be true */
  end(): void
}

/**
 * Decides what a failure that nobody waited for means.
 *
 * The process outlives what a request, a socket or the pages' framework set in motion: each works in
 * a transaction and with memory of its own, and a stranger must not be able to end everybody's
 * server. It outlives rejected promises of packages, whoever used them: they give several promises
 * for one call and we wait for one. It ends for a failure of our own outside of any request, where
 * nobody can say what was left half done; the supervisor starts it again.
 */
export function watchStrays(parts: StrayParts): Strays {
  let count = 0
  let lastAt: string | undefined
  const outlive = (error: unknown, from: string) => {
    count += 1
    lastAt = parts.now().toISOString()
    parts.log()?.error({ err: error, from }, "something failed and nobody waited for it")
  }
  process.on("unhandledRejection", (error) => {
    const from = whoFromOutside() ?? packageOf(error)
    if (from !== undefined) return outlive(error, from)
    parts.log()?.error({ err: error }, "a promise was rejected and nobody listened; ending")
    parts.end()
  })
  process.on("uncaughtException", (error) => {
    const from = whoFromOutside()
    if (from !== undefined) return outlive(error, from)
    parts.log()?.error({ err: error }, "an error was thrown and nobody caught it; ending")
    parts.end()
  })
  return { seen: () => ({ count, ...(lastAt === undefined ? {} : { lastAt }) }) }
}

/** The package whose code made the error, from the innermost line of its stack that is not Node's. */
function packageOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const lines = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line))
  const innermost = lines.find((line) => !/\(?node:/.test(line))
  return innermost?.match(/.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//)?.[1]
}
