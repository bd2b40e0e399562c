"use client"
import type { Run } from "@vibecaas/contract/kinds/agents"
import { ChevronDown } from "lucide-react"
import { useState } from "react"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { Note } from "../ui/note.tsx"
import { State } from "../ui/state.tsx"
import { clauseLooks } from "./roles.ts"

type Clause = Run["clauses"][number]

/** What became of each wish of the goal: what was left out at once, what was built on demand. */
export function RunAccount({ run }: { run: Pick<Run, "clauses" | "filler"> }) {
  const left = run.clauses.filter(({ state }) => state === "not_built")
  return (
    <>
      {left.length > 0 ? <LeftOut clauses={left} /> : null}
      {run.clauses.some(({ state }) => state === "built") ? <Proofs run={run} /> : null}
    </>
  )
}

/** Wishes with the same reason stand together. */
function LeftOut({ clauses }: { clauses: readonly Clause[] }) {
  const byReason = [...Map.groupBy(clauses, ({ why }) => why ?? "")].map(([why, all]) => {
    return `${all.map(({ words }) => `“${words}”`).join(", ")}: ${why}`
  })
  return (
    <Note tone="warn" title="Asked for, and not built:">
      {byReason.length === 1 ? (
        byReason[0]
      ) : (
        <ul className="list-disc pl-4">
          {byReason.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Note>
  )
}

function Proofs({ run: { clauses, filler } }: { run: Pick<Run, "clauses" | "filler"> }) {
  const [open, setOpen] = useState(false)
  const built = clauses.filter(({ state }) => state === "built").length
  const wishes = clauses.length === 1 ? "1 wish" : `${clauses.length} wishes`
  return (
    <div className="text-13">
      <Button
        size="sm"
        kind="ghost"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-2"
      >
        {built} of {wishes} built and proved
        <ChevronDown aria-hidden="true" className={cn(open && "rotate-180")} />
      </Button>
      {open ? (
        <ul aria-label="Wishes" className="mt-1 grid gap-1.5">
          {clauses.map(({ words, state, why }, at) => (
            <li key={at} className="[overflow-wrap:anywhere]">
              <State look={clauseLooks[state]} className="mr-2 text-12" />“{words}”{" "}
              <span className="text-fg-3">{why}</span>
            </li>
          ))}
          {filler.length > 0 ? (
            <li className="text-fg-3 [overflow-wrap:anywhere]">
              Read as asking for nothing: {filler.map((words) => `“${words}”`).join(", ")}
            </li>
          ) : null}
        </ul>
      ) : null}
    </div>
  )
}
