import type { Revision } from "../../backend.ts"
import { storePlans } from "../../engine.ts"
import type { Release } from "../../release.ts"
import type { HelmRevision } from "./helm-cli.ts"

/**
 * Helm makes a revision whenever it is told anything; one of a store is made when another version or plan runs. So
 * what is told with each says which it is: `<about>: <engine> <version>, <plan>`, and `again` for the others.
 */
export const describe = (about: string, { engine, version, plan }: Release) =>
  `${about}: ${engine} ${version}, ${plan}`

export const again = "Started again with other settings"

const told = /^(.+): (\S+) (\S+), (\S+)$/

/** What a store ran, the newest first, by Helm's own numbers. */
export function revisionsOf(history: readonly HelmRevision[]): Revision[] {
  const found = history.flatMap(({ revision, at, status, description }): Revision[] => {
    const [, about, engine, version, plan] = told.exec(description) ?? []
    const known = storePlans.find((one) => one === plan)
    if (!about || !engine || !version || !known || about === again) return []
    const failed = status === "failed" || status.startsWith("pending")
    const state = failed ? "failed" : "superseded"
    return [{ number: revision, engine, version, plan: known, at, state, about }]
  })
  const newest = found.findLast(({ state }) => state !== "failed")
  if (newest && history.some(({ status }) => status === "deployed")) newest.state = "running"
  return found.reverse()
}
