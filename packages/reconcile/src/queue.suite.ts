import { silentLog } from "@vibecaas/kernel/log"
import { afterAll, beforeAll, expect, test, vi } from "vitest"
import type { QueueBackend, QueueWorker, WorkOptions } from "./queue.ts"

/** What loops need of a queue; every back end runs it on a real server. */
export interface QueueUnderTest {
  make(): QueueBackend
  end(): Promise<void>
}

export function queueSuite(name: string, start: () => Promise<QueueUnderTest>): void {
  let server: QueueUnderTest
  let queue: QueueBackend
  let workers: QueueWorker[] = []
  beforeAll(async () => {
    server = await start()
    queue = server.make()
  }, 30_000)
  afterAll(async () => {
    await Promise.all(workers.map((worker) => worker.close()))
    await queue.close()
    await server.end()
  })

  const work = (options: Pick<WorkOptions, "loop" | "handle"> & { concurrency?: number }) => {
    const worker = queue.work({ concurrency: 5, log: silentLog, ...options })
    workers.push(worker)
    return worker
  }
  const eventually = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 5 })

  test(`${name}: an offer made before anyone works is taken once`, async () => {
    const taken: string[] = []
    await queue.offer("before", [{ key: "org/a", fence: "1" }])
    const handle = async (key: string) => void taken.push(key)
    work({ loop: "before", handle })
    work({ loop: "before", handle })
    await queue.offer("before", [{ key: "org/b", fence: "1" }])
    await eventually(() => expect(taken.toSorted()).toEqual(["org/a", "org/b"]))
  })

  test(`${name}: an offer that is queued already is not queued again`, async () => {
    const offer = { key: "org/a", fence: "7" }
    await queue.offer("repeated", [offer, offer])
    await queue.offer("repeated", [offer])
    await queue.offer("repeated", [{ key: "org/last", fence: "1" }])
    const taken: string[] = []
    work({ loop: "repeated", concurrency: 1, handle: async (key) => void taken.push(key) })
    await eventually(() => expect(taken).toEqual(["org/a", "org/last"]))
  })

  test(`${name}: an offer that was taken may be made again`, async () => {
    const taken: string[] = []
    work({ loop: "anew", handle: async (key) => void taken.push(key) })
    for (const times of [1, 2, 3]) {
      await vi.waitFor(async () => {
        await queue.offer("anew", [{ key: "org/a", fence: "1" }])
        expect(taken.length).toBeGreaterThanOrEqual(times)
      })
    }
  })

  test(`${name}: a key at work can be offered again under its next fence`, async () => {
    const taken: string[] = []
    const hold = Promise.withResolvers<void>()
    work({
      loop: "at_work",
      handle: (key) => {
        taken.push(key)
        return hold.promise
      },
    })
    await queue.offer("at_work", [{ key: "org/a", fence: "1" }])
    await eventually(() => expect(taken).toHaveLength(1))
    await queue.offer("at_work", [{ key: "org/a", fence: "2" }])
    await eventually(() => expect(taken).toHaveLength(2))
    hold.resolve()
  })

  test(`${name}: no more handlers run together than places were given`, async () => {
    let together = 0
    let most = 0
    let ended = 0
    await queue.offer(
      "places",
      Array.from({ length: 20 }, (_, n) => ({ key: `org/${n}`, fence: "1" })),
    )
    work({
      loop: "places",
      concurrency: 3,
      handle: async () => {
        together += 1
        most = Math.max(most, together)
        await new Promise(setImmediate)
        together -= 1
        ended += 1
      },
    })
    await eventually(() => expect(ended).toBe(20))
    expect(most).toBeLessThanOrEqual(3)
  })

  test(`${name}: closing waits for handlers at work`, async () => {
    const hold = Promise.withResolvers<void>()
    const events: string[] = []
    const worker = work({
      loop: "closing",
      handle: async () => {
        events.push("begins")
        await hold.promise
        events.push("ends")
      },
    })
    await queue.offer("closing", [{ key: "org/a", fence: "1" }])
    await eventually(() => expect(events).toEqual(["begins"]))
    const closed = worker.close().then(() => events.push("closed"))
    workers = workers.filter((each) => each !== worker)
    hold.resolve()
    await closed
    expect(events).toEqual(["begins", "ends", "closed"])
  })
}
