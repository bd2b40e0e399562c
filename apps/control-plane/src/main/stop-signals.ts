/** What the outside asks of the whole platform. */
export interface StopSignals {
  /** resolves at the first SIGINT, SIGTERM or SIGHUP */
  asked: Promise<"asked">
  /** what to do at the second one, before the process ends at once with 130 */
  onHurry(action: () => void): void
}

/** The process that gets the signals. */
interface Host {
  on(signal: "SIGINT" | "SIGTERM" | "SIGHUP", hear: () => void): unknown
  exit(code: number): void
}

/**
 * The first signal asks for an orderly end; the second one hurries.
 *
 * @param told called at the first signal
 */
export function listenForStop(told: () => void, host: Host = process): StopSignals {
  let hurry = () => {}
  let times = 0
  const asked = new Promise<"asked">((resolve) => {
    const hear = () => {
      times++
      if (times > 1) {
        hurry()
        return host.exit(130)
      }
      told()
      resolve("asked")
    }
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) host.on(signal, hear)
  })
  return {
    asked,
    onHurry(action) {
      hurry = action
    },
  }
}
