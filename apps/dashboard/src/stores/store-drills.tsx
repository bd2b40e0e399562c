"use client"
import { useMutation } from "@tanstack/react-query"
import type { Store, StoreDrill } from "@vibecaas/contract/store"
import { problemOf } from "../api/problem.ts"
import { Button } from "../ui/button.tsx"
import { Note } from "../ui/note.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Select } from "../ui/select.tsx"
import { State } from "../ui/state.tsx"
import { useToast } from "../ui/toast.tsx"
import { changeStore, drillStore, useDrills } from "./queries.ts"
import { useStoreOff } from "./store-head.tsx"

const schedules = [
  { value: "none", label: "Only when asked" },
  { value: "1", label: "Every day" },
  { value: "7", label: "Every week" },
  { value: "30", label: "Every month" },
]

/** Whether the newest backup would bring the store back, how long that takes, and how often it is tried. */
export function StoreDrills({ store }: { store: Store }) {
  const { drillEveryDays, lastDrill } = store
  const [change, drill] = [useMutation(changeStore), useMutation(drillStore)]
  const off = useStoreOff(store)
  const say = useToast()
  const params = { storeId: store.id }
  const told = {
    onError: (error: unknown) =>
      say({ glyph: "bad", title: "Nothing was changed", detail: problemOf(error).detail }),
  }
  return (
    <section aria-labelledby="drills" className="grid gap-2 border-t border-line p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="drills" className="text-14 font-semibold">
          Restore drill
        </h2>
        <div className="flex flex-wrap items-center gap-2">
          <Select
            label="How often"
            className="w-40"
            value={String(drillEveryDays ?? "none")}
            off={off("change", "change stores")}
            options={schedules}
            onChange={(every) =>
              change.mutate(
                {
                  ...{ params, ifMatch: store.changes },
                  body: { drillEveryDays: every === "none" ? null : Number(every) },
                },
                told,
              )
            }
          />
          <Button
            size="sm"
            off={off("drill", "prove backups")}
            busy={drill.isPending ? "Beginning" : undefined}
            onClick={() => drill.mutate({ params }, told)}
          >
            Drill now
          </Button>
        </div>
      </div>
      <p className="max-w-[70ch] text-13 text-fg-2">
        The newest backup is restored into a store beside this one, an order goes through it, and it
        is thrown away. This store goes on selling meanwhile.
      </p>
      {lastDrill && !lastDrill.ok ? (
        <Note tone="warn" title="The last backup that was tried would not bring the store back.">
          {lastDrill.say}
        </Note>
      ) : null}
      <Past store={store} />
    </section>
  )
}

const shown = 5

function Past({ store }: { store: Store }) {
  const drills = useDrills(store)
  const items = drills.data?.items ?? []
  if (drills.data && items.length === 0)
    return <p className="text-13 text-fg-3">No backup was tried yet.</p>
  return (
    <ul aria-label="Restore drills" className="grid gap-1 text-13">
      {items.slice(0, shown).map((drill) => (
        <li key={drill.at} className="flex flex-wrap items-center gap-x-3">
          <State look={lookOf(drill)} />
          <span className="min-w-0 text-fg-2 [overflow-wrap:anywhere]">
            {drill.version}: {drill.say}
          </span>
          <RelativeTime at={drill.at} className="text-12 text-fg-3" />
        </li>
      ))}
    </ul>
  )
}

const lookOf = ({ ok, recoveryMs }: StoreDrill) =>
  ok
    ? {
        glyph: "done" as const,
        word: recoveryMs === null ? "Sells" : `Sells after ${(recoveryMs / 1000).toFixed(1)} s`,
      }
    : { glyph: "bad" as const, word: "Does not sell" }
