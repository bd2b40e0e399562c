"use client"
import type { Machine, MachineUse } from "@vibecaas/contract/kinds/machines"
import { Gauge, History } from "lucide-react"
import { itemsIn } from "../api/kept.ts"
import { actionWords } from "../audit/action-words.ts"
import { useSession } from "../shell/session.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { count, room } from "../ui/format.ts"
import { LoadMore } from "../ui/list-panel.tsx"
import { Meter } from "../ui/meter.tsx"
import { Panel } from "../ui/panel.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { useMachineEvents, useMachineUse } from "./queries.ts"

const mebi = 1024 ** 2

/** How much of itself a machine uses. */
export function UsePanel({ machine }: { machine: Machine }) {
  const use = useMachineUse(machine)
  if (machine.state !== "running") {
    return (
      <Panel title="In use">
        <EmptyState icon={Gauge} title="Nothing while it does not run">
          Its data stay on the disk.
        </EmptyState>
      </Panel>
    )
  }
  return (
    <Panel title="In use" footer="Seen from inside the machine, every five seconds.">
      <ReadBody
        of={use}
        failed="What it uses could not be read"
        skeleton={
          <SkeletonRows what="use" widths={["w-24", "w-32", "w-28"]} className="h-[54px]" />
        }
      >
        {(now) => (
          <ul>
            {partsOf(now, machine).map((part) => (
              <Part key={part.label} {...part} />
            ))}
          </ul>
        )}
      </ReadBody>
    </Panel>
  )
}

function partsOf({ processors, memoryBytes, diskBytes, processes }: MachineUse, of: Machine) {
  const [memory, disk] = [of.memoryMib * mebi, of.diskMib * mebi]
  const processor = `${Math.round((processors / of.cpuCount) * 100)} % of ${count(of.cpuCount, "CPU")}`
  return [
    { label: "Processor", used: processors, limit: of.cpuCount, words: processor },
    {
      ...{ label: "Memory", used: memoryBytes, limit: memory },
      words: `${room(memoryBytes)} of ${room(memory)}, ${count(processes, "process", "processes")}`,
    },
    {
      ...{ label: "Disk", used: diskBytes ?? 0, limit: disk },
      words:
        diskBytes === null
          ? `More files than were counted, of ${room(disk)}`
          : `${room(diskBytes)} of ${room(disk)}`,
    },
  ]
}

function Part(part: ReturnType<typeof partsOf>[number]) {
  return (
    <li className="grid gap-2 border-b border-line px-4 py-3 text-13 last:border-b-0">
      <div className="flex justify-between gap-3">
        <span>{part.label}</span>
        <span className="text-fg-2 tabular-nums">{part.words}</span>
      </div>
      <Meter {...part} />
    </li>
  )
}

/** What was done with a machine, for those who may read records. */
export function EventsPanel({ machine }: { machine: Machine }) {
  const { can } = useSession()
  const events = useMachineEvents(machine, can("audit:read"))
  if (!can("audit:read")) return null
  return (
    <Panel
      title="Events"
      footer={events.hasNextPage ? <LoadMore list={events} noun="event" /> : null}
    >
      <ReadBody
        of={events}
        failed="The events could not be loaded"
        skeleton={<SkeletonRows what="events" widths={["w-32", "w-28"]} className="h-9" />}
      >
        {(pages) =>
          itemsIn(pages).length === 0 ? (
            <EmptyState icon={History} title="No event yet">
              Starts, stops and restarts stand here, with who asked for them.
            </EmptyState>
          ) : (
            <ol aria-label="Events" className="text-13">
              {itemsIn(pages).map(({ id, action, actor, at, details }) => (
                <li
                  key={id}
                  className="flex items-baseline justify-between gap-3 border-b border-line px-4 py-2 last:border-b-0"
                >
                  <span className="min-w-0 [overflow-wrap:anywhere]">
                    {actionWords(action)}{" "}
                    <span className="text-fg-3">
                      {actor.name}
                      {typeof details.reason === "string" ? `: ${details.reason}` : ""}
                    </span>
                  </span>
                  <RelativeTime at={at} className="flex-none text-12 text-fg-3" />
                </li>
              ))}
            </ol>
          )
        }
      </ReadBody>
    </Panel>
  )
}
