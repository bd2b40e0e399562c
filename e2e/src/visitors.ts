import { setTimeout as sleep } from "node:timers/promises"
import { ask } from "./api.ts"
import type { Platform } from "./platform.ts"

/** What people did to an app while it was changed. */
export interface Visits {
  /** what the app answered to each write that it took */
  written: { id: number | string }[]
  /** every request that was not answered as it should be */
  failed: string[]
}

/** One write, and how one of its answers is read back. */
export interface Write {
  path: string
  body(n: number): object
}

/** between two writes of one visitor: a page with thousands of their records helps nobody, in `ms` */
const pauseMs = 200

/** Two people who write to a live app and look at it again and again, until they are asked to stop. */
export function startVisitors(platform: Platform, origin: string, write: Write) {
  const visits: Visits = { written: [], failed: [] }
  let going = true
  let count = 0
  const one = async () => {
    while (going) {
      count += 1
      const body = JSON.stringify(write.body(count))
      const headers = { "content-type": "application/json" }
      const url = new URL(write.path, origin).href
      try {
        const answer = await ask(platform, url, { method: "POST", headers, body })
        if (answer.status === 201) visits.written.push(JSON.parse(answer.body))
        else visits.failed.push(`${answer.status}: ${answer.body.slice(0, 200)}`)
      } catch (error) {
        visits.failed.push(String(error))
      }
      const read = await ask(platform, origin).catch((error) => ({ status: String(error) }))
      if (read.status !== 200) visits.failed.push(`GET /: ${read.status}`)
      await sleep(pauseMs)
    }
  }
  const all = Promise.all([one(), one()])
  return {
    async stop(): Promise<Visits> {
      going = false
      await all
      return visits
    },
  }
}
