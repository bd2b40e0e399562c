"use client"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Server } from "lucide-react"
import { useOpenProject } from "../projects/project-frame.tsx"
import { Button } from "../ui/button.tsx"
import { CodeBlock, textLines } from "../ui/code-block.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { count, memory } from "../ui/format.ts"
import { Note } from "../ui/note.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel, Properties, Property } from "../ui/panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { appLooks, machineLooks } from "./looks.ts"
import { useApp, useMachine } from "./queries.ts"
import { machineActions, useMachineActions } from "./use-machine-actions.ts"

/** The project's machine: how it is, what isolates it, and what can be done with it. */
export function MachineScreen() {
  const project = useOpenProject()
  const machine = useMachine(project)
  const app = useApp(project)
  if (machine.error && !machine.data) {
    return (
      <Page>
        <Panel label="Machine">
          <ErrorPanel
            title="The machine could not be read"
            error={machine.error}
            onRetry={() => machine.refetch()}
          />
        </Panel>
      </Page>
    )
  }
  if (machine.data === null) {
    return (
      <Page>
        <Panel label="Machine">
          <EmptyState icon={Server} title="No machine yet">
            The agents bring one up when they first run something for this project.
          </EmptyState>
        </Panel>
      </Page>
    )
  }
  if (!machine.data) return <MachineSkeleton />
  return (
    <Page>
      {machine.data.failure ? (
        <Note tone="bad" title="The machine failed.">
          {machine.data.failure}
        </Note>
      ) : null}
      <div className="grid grid-cols-2 items-start gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
        <MachinePanel project={project} machine={machine.data} />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <AppPanel app={app.data ?? noApp} />
          <IsolationPanel machine={machine.data} />
        </div>
      </div>
    </Page>
  )
}

function MachinePanel({ project, machine }: { project: Project; machine: Machine }) {
  const { off, busy, go } = useMachineActions(project)
  const reasons = machineActions.flatMap(({ name, verb }) => {
    const reason = off(verb)
    return reason ? [`${name}: ${reason}`] : []
  })
  return (
    <Panel
      title="Machine"
      end={machineActions.map(({ verb, name, doing, icon: Icon }) => (
        <Button
          key={verb}
          size="sm"
          off={off(verb)}
          busy={busy(verb) ? doing : undefined}
          onClick={() => go(verb)}
        >
          <Icon aria-hidden="true" strokeWidth={1.75} />
          {name}
        </Button>
      ))}
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
        <Property name="Started">
          {machine.startedAt ? <RelativeTime at={machine.startedAt} /> : "–"}
        </Property>
        <Property name="Processor">{count(machine.cpuCount, "virtual CPU")}</Property>
        <Property name="Memory">{memory(machine.memoryMib)}</Property>
        <Property name="Disk">{memory(machine.diskMib)}</Property>
        <Property name="Driver">{machine.driver ?? "–"}</Property>
        <Property name="Id">
          <CopyId id={machine.id} noun="machine id" />
        </Property>
      </Properties>
    </Panel>
  )
}

type ShownApp = Pick<App, "state" | "commit" | "exitCode" | "restarts" | "startedAt" | "logTail">

/** Agents bring a machine up before there is anything to run on it. */
const noApp: ShownApp = {
  state: "none",
  commit: null,
  exitCode: null,
  restarts: 0,
  startedAt: null,
  logTail: [],
}

function AppPanel({ app }: { app: ShownApp }) {
  return (
    <Panel title="App">
      <Properties>
        <Property name="State">
          <State
            look={appLooks[app.state]}
            detail={
              app.exitCode === null || app.state === "running" ? null : `exit ${app.exitCode}`
            }
          />
        </Property>
        <Property name="Commit">
          {app.commit ? <CopyId id={app.commit} noun="commit id" /> : "–"}
        </Property>
        <Property name="Started">
          {app.startedAt ? <RelativeTime at={app.startedAt} /> : "–"}
        </Property>
        <Property name="Restarts">{app.restarts}</Property>
      </Properties>
      {app.logTail.length > 0 && app.state !== "running" ? (
        <div className="border-t border-line p-4">
          <CodeBlock
            about="Last lines before it ended"
            label="Last lines of the app"
            lines={textLines(app.logTail.join("\n"))}
            fromEnd
          />
        </div>
      ) : null}
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

function MachineSkeleton() {
  return (
    <Page>
      <Loading what="machine" />
      <div className="grid grid-cols-2 gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
        {[7, 4].map((rows) => (
          <div key={rows} className="rounded-3 border border-line">
            <div className="flex h-11 items-center border-b border-line px-4">
              <Skeleton className="w-20" />
            </div>
            {Array.from({ length: rows }, (_, row) => (
              <div key={`${row + 1}`} className="flex h-[35px] items-center gap-12 px-4">
                <Skeleton className="w-14" />
                <Skeleton className="w-28" />
              </div>
            ))}
          </div>
        ))}
      </div>
    </Page>
  )
}
