import type { Log } from "@vibecaas/kernel/log"

/** Notes that the database went away or came back: one sentence each time, however long it lasts. */
export interface Health {
  /** runs `probe`; its failure means "away", its success "here" */
  watch(probe: () => Promise<void>): Promise<void>
}

export function makeHealth(log: Log, onBack: () => void): Health {
  let away = false
  return {
    watch: async (probe) => {
      try {
        await probe()
      } catch (error) {
        if (!away) {
          log.error(
            { err: error },
            "The loops cannot reach their rows or queue; they wait for them.",
          )
        }
        away = true
        return
      }
      if (!away) return
      away = false
      log.info({}, "The loops reach their rows and queue again; everything is looked at once.")
      onBack()
    },
  }
}
