import type { Clock } from "@vibecaas/kernel/clock"
import { inTime } from "@vibecaas/kernel/in-time"
import { bestEffort } from "@vibecaas/kernel/log"
import { type Engine, type EngineOptions, startEngine } from "./engine.ts"

export interface KeepOptions extends EngineOptions {
  clock: Clock
  /** how long it is kept although nobody looks, in `ms` */
  idleMs: number
}

const closeMsMax = 5000

/** Starts an engine for whoever needs one, and another when that has ended. */
export function keepEngine(options: KeepOptions) {
  const { clock, log, idleMs } = options
  let engine: Promise<Engine> | undefined
  let idle = new AbortController()

  /** @throws Fault `browser_missing` */
  function running(): Promise<Engine> {
    idle.abort()
    if (engine) return engine
    const starting = startEngine(options)
    engine = starting
    const forget = () => {
      if (engine === starting) engine = undefined
    }
    starting.then(({ walls, gone }) => {
      log.info({ walls }, "the browser was started")
      gone.then(forget, forget)
    }, forget)
    return starting
  }

  async function end(): Promise<void> {
    idle.abort()
    const ending = engine
    engine = undefined
    await bestEffort(log, "end the browser", async () => {
      const started = await ending?.catch(() => undefined)
      if (!started) return
      const closing = started.browser.close().then(() => started.gone)
      await inTime({ clock, ms: closeMsMax }, closing, started.kill)
    })
  }

  /** Ends it after a while, unless somebody needs it before. */
  function endWhenIdle(): void {
    idle.abort()
    idle = new AbortController()
    clock.sleep(idleMs, idle.signal).then(end, () => {})
  }

  return { running, end, endWhenIdle }
}
