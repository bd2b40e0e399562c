import type { HookOutcome, HookRun } from "../backend.ts"
import { digestOf, type Release } from "../release.ts"

/** What makes two who ask for a hook ask for the same run of it. */
export const hookKey = (release: Release, hook: HookRun): string =>
  `${hook.name} ${hook.fromVersion ?? ""} ${hook.beside ?? false} ${digestOf(release)}`

/** Two who ask for the same hook of the same release share one run of it; of each store the last is known. */
export function makeSharedHooks() {
  const runs = new Map<string, { key: string; run: Promise<HookOutcome> }>()
  return (
    release: Release,
    hook: HookRun,
    run: () => Promise<HookOutcome>,
  ): Promise<HookOutcome> => {
    const { storeId } = release
    const key = hookKey(release, hook)
    const under = runs.get(storeId)
    if (under?.key === key) return under.run
    const entry = { key, run: run() }
    runs.set(storeId, entry)
    const forget = () => {
      if (runs.get(storeId) === entry) runs.delete(storeId)
    }
    entry.run.then(forget, forget)
    return entry.run
  }
}

export type SharedHooks = ReturnType<typeof makeSharedHooks>
