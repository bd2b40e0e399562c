/** What the outside asks of the whole platform. */
export interface StopSignals {
  /** resolves at the first SIGINT, SIGTERM or SIGHUP */
  asked: Promise<"asked">
  /** what to do at the second one, before the process ends at once with 130 */
  onHurry(action: () => void): void
}

/**
 * The first signal asks for an orderly end; the second one hurries.
 *
 * @param told called at the first signal
 */
export function listenForStop(told: () => void): StopSignals {
  let hurry = () => {}
  let times = 0
  const asked = new Promise<"asked">((resolve) => {
    const hear = () => {
      times++
      if (times > 1) {
        hurry()
        process.exit(130)
      }
      told()
      resolve("asked")
    }
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, hear)
  })
  return {
    asked,
    onHurry(action) {
      hurry = action
    },
  }
}
