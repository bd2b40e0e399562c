import type { Log } from "@vibecaas/kernel/log"

/** Says that rows went away or came back: one sentence each time, however long it lasts. */
export interface Health {
  /** runs `probe`; its failure means "away", its success over and over "here" */
  watch(probe: () => Promise<void>): Promise<void>
}

/** A server that comes back refuses some connections first. */
const looksUntilBack = 7

export function makeHealth(log: Log): Health {
  let looksMissing = 0
  return {
    watch: async (probe) => {
      try {
        await probe()
      } catch (error) {
        if (looksMissing === 0) {
          log.error({ err: error }, "The loops cannot reach their rows; they wait for them.")
        }
        looksMissing = looksUntilBack
        return
      }
      if (looksMissing === 0) return
      looksMissing -= 1
      if (looksMissing === 0) log.info({}, "The loops reach their rows again.")
    },
  }
}
