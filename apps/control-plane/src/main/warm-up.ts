import { bestEffort } from "@vibecaas/kernel/log"
import type { Packages } from "../packages/index.ts"
import type { Foundations } from "./foundations.ts"

/** How long the server has been there for people before it works for nobody, in `ms`. */
const firstMs = 60_000
const againMs = 60 * 60_000

/** Has what starters need made soon after the start, and again each hour while something of it failed. */
export function startWarmUp(
  { clock, log }: Pick<Foundations, "clock" | "log">,
  packages: Pick<Packages, "warm" | "warming">,
): { stop(): void } {
  const stopped = new AbortController()
  const warmUp = async () => {
    await clock.sleep(firstMs, stopped.signal)
    for (;;) {
      await bestEffort(log, "prepare starters", () => packages.warm(stopped.signal))
      if (packages.warming().failed.length === 0) return
      await clock.sleep(againMs, stopped.signal)
    }
  }
  // The sleep rejects when it is stopped.
  warmUp().catch(() => {})
  return { stop: () => stopped.abort() }
}
