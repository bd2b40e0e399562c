import type { AppStatus } from "../guest-replies.ts"
import { makeAppLog } from "./app-log.ts"
import { type AppProcess, startProcess } from "./app-process.ts"
import { type AgentConfig, Refusal } from "./config.ts"
import type { App } from "./ops.ts"
import type { Paths } from "./paths.ts"
import { markOf } from "./processes.ts"

/** how often an app's port is tried for who waits for news: while it starts, and later, in `ms` */
const tryPortMs: Partial<Record<AppStatus["state"], number>> = { starting: 10, listening: 500 }

export function makeApp(config: AgentConfig, paths: Paths): App {
  const log = makeAppLog()
  let current: AppProcess | undefined
  let blocked = false
  let starts = 0
  const sleepers = makeSleepers()

  const launch = (request: Parameters<App["start"]>[0]) => {
    const startedAt = new Date()
    current?.deafen()
    log.begin(startedAt)
    const around = { config, paths, startedAt, mark: markOf(`app-${++starts}`), write: log.write }
    const made = startProcess(request, around)
    current = made
    void made.ended.then(sleepers.wake)
    sleepers.wake()
    return made
  }

  const status = async (): Promise<AppStatus> => {
    const seen = (await current?.status()) ?? { state: "none" as const }
    return { ...seen, outputBytes: log.printed() }
  }

  return {
    async start(request) {
      if (blocked) throw new Refusal("disk_full", "/data holds more than the machine's disk")
      await current?.end()
      await current?.lastWords()
      const made = launch(request)
      await made.running.catch((error) => {
        if (current === made) current = undefined
        throw error
      })
    },
    stop: async (how) => current?.end(how),
    status,
    async news({ state, startedAt, waitMs }) {
      const until = performance.now() + waitMs
      for (;;) {
        const now = await status()
        const left = until - performance.now()
        if (now.state !== state || now.startedAt !== startedAt || left <= 0) return now
        await sleepers.sleep(Math.min(left, tryPortMs[now.state] ?? left))
      }
    },
    async tail(stream, of) {
      await current?.lastWords()
      await log.tail(stream, of)
    },
    freeze: () => current?.freeze() ?? (() => {}),
    block: (now) => {
      blocked = now
    },
  }
}

/** Sleeping until something has changed, or for a while. */
function makeSleepers() {
  const asleep = new Set<() => void>()
  return {
    sleep: (ms: number) =>
      new Promise<void>((resolve) => {
        const rise = () => {
          clearTimeout(timer)
          asleep.delete(rise)
          resolve()
        }
        const timer = setTimeout(rise, ms)
        asleep.add(rise)
      }),
    wake() {
      for (const rise of [...asleep]) rise()
    },
  }
}
