import type { Rate, RatePolicy } from "@vibecaas/contract/rate"
import { useEffect, useState, useSyncExternalStore } from "react"

/** A limit that is near, and when it is as far away again as it was. */
export interface NearLimit extends Pick<Rate, "policy" | "limit" | "remaining"> {
  untilMs: number
}

/** A fifth of a limit is left: early enough to slow down before calls are refused. */
const isNear = ({ limit, remaining }: Rate) => remaining <= limit / 5

let near: NearLimit | undefined
const listeners = new Set<() => void>()

/** Limits that concern what is done here, not who tries to get in. */
const told: readonly RatePolicy[] = ["organization", "person", "provisioning"]

/** Takes what an answer told. What is far from one limit says nothing of another that is near. */
export function noteRate(rate: Rate, nowMs = Date.now()): void {
  if (!told.includes(rate.policy)) return
  const { policy, limit, remaining, resetSeconds } = rate
  if (isNear(rate)) near = { policy, limit, remaining, untilMs: nowMs + resetSeconds * 1000 }
  else if (near?.policy === policy) near = undefined
  else return
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** The limit that is near, with the seconds until it no longer is; nothing once that is over. */
export function useNearLimit(): (NearLimit & { seconds: number }) | undefined {
  const limit = useSyncExternalStore(
    subscribe,
    () => near,
    () => undefined,
  )
  const [nowMs, setNowMs] = useState(0)
  useEffect(() => {
    if (!limit) return
    const look = () => setNowMs(Date.now())
    look()
    const timer = setInterval(look, 1000)
    return () => clearInterval(timer)
  }, [limit])
  if (!limit) return undefined
  const seconds = Math.ceil((limit.untilMs - (nowMs || limit.untilMs - 1)) / 1000)
  return seconds > 0 ? { ...limit, seconds } : undefined
}
