import type { Clock } from "@vibecaas/kernel/clock"

/** Who starts when: at most some stores at once, the first who asked first. */
export interface Starts {
  /** @returns how many are before this store; with 0 it starts now, and holds its place until `done` */
  ask(storeId: string): number
  /** it has asked, and others are before it */
  waits(storeId: string): boolean
  /** @returns who is next and should ask again */
  done(storeId: string): string | undefined
}

/** Who has not asked again for so long does not keep others waiting, in `ms`. */
const patienceMs = 60_000

export function makeStarts(atOnce: number, clock: Pick<Clock, "now">): Starts {
  const starting = new Set<string>()
  let waiting: { storeId: string; askedAt: number }[] = []
  return {
    ask(storeId) {
      if (starting.has(storeId)) return 0
      const now = clock.now().getTime()
      waiting = waiting.filter((one) => now - one.askedAt < patienceMs)
      const known = waiting.find((one) => one.storeId === storeId)
      if (known) known.askedAt = now
      else waiting.push({ storeId, askedAt: now })
      const place = waiting.findIndex((one) => one.storeId === storeId)
      if (place >= atOnce - starting.size) return place + 1
      waiting.splice(place, 1)
      starting.add(storeId)
      return 0
    },
    waits: (storeId) => waiting.some((one) => one.storeId === storeId),
    done(storeId) {
      starting.delete(storeId)
      waiting = waiting.filter((one) => one.storeId !== storeId)
      return waiting[0]?.storeId
    },
  }
}
