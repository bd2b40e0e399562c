"use client"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import { SearchX, Server } from "lucide-react"
import dynamic from "next/dynamic"
import { itemsIn } from "../api/kept.ts"
import { useOpenProject } from "../projects/project-frame.tsx"
import { Button } from "../ui/button.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { count, memory } from "../ui/format.ts"
import { LoadMore } from "../ui/list-panel.tsx"
import { Note } from "../ui/note.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel, Properties, Property } from "../ui/panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { AddMachine } from "./add-machine.tsx"
import { DeleteMachine } from "./delete-machine.tsx"
import { firstLive } from "./first-live.ts"
import { machineLooks, machineName } from "./looks.ts"
import { MachineTable } from "./machine-table.tsx"
import { useMachines } from "./queries.ts"
import { machineActions, useMachineActions } from "./use-machine-actions.ts"

const loadPanels = () => import("./use-panels.tsx")
const UsePanel = dynamic(() => loadPanels().then((module) => module.UsePanel), { ssr: false })
const EventsPanel = dynamic(() => loadPanels().then((module) => module.EventsPanel), { ssr: false })

/** The project's machines, and of one: how it is, what isolates it, and what can be done with it. */
export function MachineScreen({ machineId }: { machineId: string | undefined }) {
  const project = useOpenProject()
  const list = useMachines(project)
  const machines = itemsIn(list.data)
  const main = list.data ? firstLive(list.data) : null
  const shown = machineId ? machines.find(({ id }) => id === machineId) : (main ?? machines[0])
  return (
    <Page>
      <Panel
        title="Machines"
        end={<AddMachine project={project} />}
        footer={list.hasNextPage ? <LoadMore list={list} noun="machine" /> : null}
      >
        {list.error && !list.data ? (
          <ErrorPanel
            title="The machines could not be read"
            error={list.error}
            onRetry={() => list.refetch()}
          />
        ) : !list.data ? (
          <SkeletonRows what="machines" widths={["w-28"]} className="h-11" />
        ) : machines.length === 0 ? (
          <EmptyState icon={Server} title="No machine yet">
            The agents bring one up when they first run something for this project.
          </EmptyState>
        ) : (
          <MachineTable machines={machines} main={main} shown={shown} />
        )}
      </Panel>
      {shown ? (
        <Details machine={shown} name={machineName(shown, main)} />
      ) : machineId && list.data ? (
        <Panel label="Machine">
          <EmptyState icon={SearchX} title="There is no such machine">
            It was deleted, or it does not belong to {project.name}.
          </EmptyState>
        </Panel>
      ) : null}
    </Page>
  )
}

interface DetailsProps {
  machine: Machine
  name: string
}

function Details({ machine, name }: DetailsProps) {
  return (
    <>
      {machine.failure ? (
        <Note tone="bad" title="The machine failed.">
          {machine.failure}
        </Note>
      ) : null}
      <div className="grid grid-cols-2 items-start gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
        <MachinePanel key={machine.id} machine={machine} name={name} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <UsePanel machine={machine} />
          <IsolationPanel machine={machine} />
          <EventsPanel machine={machine} />
        </div>
      </div>
    </>
  )
}

function MachinePanel({ machine, name }: DetailsProps) {
  const { off, busy, go } = useMachineActions(machine)
  const reasons = machineActions.flatMap(({ name: action, verb }) => {
    const reason = off(verb)
    return reason ? [`${action}: ${reason}`] : []
  })
  return (
    <Panel
      title={name}
      end={
        <>
          {machineActions.map(({ verb, name: action, doing, icon: Icon }) => (
            <Button
              key={verb}
              size="sm"
              off={off(verb)}
              busy={busy(verb) ? doing : undefined}
              onClick={() => go(verb)}
            >
              <Icon aria-hidden="true" strokeWidth={1.75} />
              {action}
            </Button>
          ))}
          <DeleteMachine machine={machine} name={name} />
        </>
      }
    >
      {reasons.length > 0 ? (
        <p className="border-b border-line px-4 py-2 text-12 text-fg-3 md:hidden">
          {reasons.join(" ")}
        </p>
      ) : null}
      <Properties>
        <Property name="State">
          <State look={machineLooks[machine.state]} />
        </Property>
        <Property name="For">
          {machine.purpose === "live" ? "What people use" : "A draft, seen by who works on it"}
        </Property>
        <Property name="Started">
          {machine.startedAt ? <RelativeTime at={machine.startedAt} /> : "–"}
        </Property>
        <Property name="Processor">{count(machine.cpuCount, "virtual CPU")}</Property>
        <Property name="Memory">{memory(machine.memoryMib)}</Property>
        <Property name="Disk">{memory(machine.diskMib)}</Property>
        <Property name="Host">{machine.host ?? "Known once the machine starts"}</Property>
        <Property name="Driver">{machine.driver ?? "–"}</Property>
        <Property name="Id">
          <CopyId id={machine.id} noun="machine id" />
        </Property>
      </Properties>
    </Panel>
  )
}

function IsolationPanel({ machine }: { machine: Machine }) {
  return (
    <Panel title="Isolation">
      <Properties>
        <Property name="In force">{machine.isolation ?? "Known once the machine starts"}</Property>
        <Property name="App reaches">
          {machine.reaches.length > 0 ? (
            <ul className="grid gap-1">
              {machine.reaches.map((reach) => (
                <li key={reach}>{reach}</li>
              ))}
            </ul>
          ) : (
            "Nothing outside its machine"
          )}
        </Property>
      </Properties>
    </Panel>
  )
}
