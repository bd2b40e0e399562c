import { isFault } from "@vibecaas/kernel/fault"
import type { Log } from "@vibecaas/kernel/log"
import type { VmHost } from "@vibecaas/microvm/host"
import type { Caps } from "@vibecaas/microvm/port"

/** What is known of the isolation in force; measured in the background, since a probe really boots. */
export interface Isolation {
  label: string
  reaches: string[]
  /** apps share more with the server than they should */
  weak: boolean
}

export interface IsolationWatch {
  current(): Isolation
}

const unknown: Isolation = { label: "being measured", reaches: [], weak: false }

/** Probes once, tells the result, and keeps it. A start never waits for it. */
export function watchIsolation(
  host: VmHost,
  log: Log,
  told: (isolation: Isolation) => void,
): IsolationWatch {
  let current = unknown
  const settle = (found: Isolation) => {
    current = found
    told(found)
  }
  host.probe().then(
    (caps) => settle(isolationOf(caps)),
    (error: unknown) => {
      log.error({ err: error }, "the isolation of machines could not be measured")
      const label = isFault(error) ? error.say : "Machines cannot be started here."
      settle({ label, reaches: [], weak: true })
    },
  )
  return { current: () => current }
}

function isolationOf(caps: Caps): Isolation {
  const weak = caps.isolation === "uid" || caps.isolation === "none"
  return { label: caps.label, reaches: caps.reaches, weak }
}
