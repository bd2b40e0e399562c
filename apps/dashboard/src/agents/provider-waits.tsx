"use client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import type { ProviderWait } from "@vibecaas/contract/provider-wait"
import { clockTime, duration } from "../ui/format.ts"
import { State } from "../ui/state.tsx"
import { useNow } from "../ui/use-now.ts"
import { roleLooks } from "./roles.ts"

/** Which tasks wait for their model's server, what it answered, and when it is asked again. */
export function ProviderWaits({ run }: { run: Run }) {
  const waiting = run.tasks.flatMap(({ id, role, providerWait: wait }) =>
    wait ? [{ id, name: roleLooks[role].name, wait }] : [],
  )
  if (waiting.length === 0) return null
  return (
    <ul
      aria-label="Waiting for the provider"
      className="grid gap-2.5 rounded-3 border border-busy-line bg-busy-soft px-3 py-2.5 text-13"
    >
      {waiting.map(({ id, name, wait }) => (
        <li key={id} className="grid gap-0.5">
          <State look={{ glyph: "busy", word: `${name} waits for the provider` }} />
          <span role="status" className="text-fg-2 [overflow-wrap:anywhere]">
            {wait.reason}
          </span>
          <AskedAgain wait={wait} />
        </li>
      ))}
    </ul>
  )
}

function AskedAgain({ wait }: { wait: ProviderWait }) {
  const left = Date.parse(wait.until) - useNow(1000)
  const when =
    left > 0 ? `asked again in ${duration(Math.ceil(left / 1000) * 1000)}` : "being asked now"
  return (
    <span className="text-12 text-fg-3 tabular-nums">
      Since {clockTime(Date.parse(wait.since))}, {when}
    </span>
  )
}
