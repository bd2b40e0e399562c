"use client"
import type { PackageChange, ProjectPackages } from "@vibecaas/contract/kinds/packages"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Package } from "lucide-react"
import { projectAllows } from "../projects/project-allows.ts"
import { useOpenProject } from "../projects/project-frame.tsx"
import { useSession } from "../shell/session.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { count } from "../ui/format.ts"
import { Note } from "../ui/note.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { AddForm } from "./add-form.tsx"
import { PackageTable } from "./package-table.tsx"
import { usePackages } from "./queries.ts"

/** Packages that the project's files name, what those need, and a way to add and remove them. */
export function PackagesScreen() {
  const project = useOpenProject()
  const { data, error, refetch } = usePackages(project.id)
  const off = useChangeOff(project, data?.change ?? null)
  return (
    <Page>
      <div className="grid gap-6">
        <AddForm projectId={project.id} used={data?.ecosystems ?? []} off={off} />
        {data?.change ? <ChangePanel change={data.change} /> : null}
        {data ? <Lists project={project} found={data} off={off} /> : null}
        {data || error ? null : (
          <Panel title="Packages">
            <SkeletonRows what="packages" widths={["w-32", "w-16", "w-24"]} className="h-11" />
          </Panel>
        )}
        {error && !data ? (
          <ErrorPanel title="The packages could not be read" error={error} onRetry={refetch} />
        ) : null}
      </div>
    </Page>
  )
}

function useChangeOff(project: Project, change: PackageChange | null): string | undefined {
  const { offUnless } = useSession()
  return (
    offUnless("project:update", "change packages") ??
    (projectAllows("update", project.state) ? undefined : "The project is being deleted.") ??
    (change?.state === "working"
      ? "Packages are being changed. Wait until that is done."
      : undefined)
  )
}

const changeLooks = {
  working: { glyph: "busy", word: "Installing" },
  done: { glyph: "done", word: "Done" },
  failed: { glyph: "bad", word: "Failed" },
} as const

function ChangePanel({ change }: { change: PackageChange }) {
  const { state, add, remove, failure, log } = change
  const asked = [
    ...(add.length > 0 ? [`add ${add.join(", ")}`] : []),
    ...(remove.length > 0 ? [`remove ${remove.join(", ")}`] : []),
  ].join("; ")
  return (
    <Panel title="Last change">
      <div className="grid gap-3 p-4" aria-live="polite">
        <State look={changeLooks[state]} detail={asked} />
        {failure ? (
          <Note tone="bad" title="Nothing was changed.">
            <span className="whitespace-pre-line">{failure}</span>
          </Note>
        ) : null}
        {state === "done" ? (
          <p className="text-13 text-fg-2">
            The project's files name them now. The app has them when this version runs.
          </p>
        ) : null}
        {state === "working" && log !== "" ? (
          <pre className="mono whitespace-pre-wrap text-12 text-fg-2 [overflow-wrap:anywhere]">
            {log.trimEnd().split("\n").slice(-8).join("\n")}
          </pre>
        ) : null}
      </div>
    </Panel>
  )
}

interface ListsProps {
  project: Project
  found: ProjectPackages
  off: string | undefined
}

function Lists({ project, found, off }: ListsProps) {
  const { items, total, problem, advisories } = found
  const named = items.filter(({ wanted }) => wanted !== null)
  const needed = items.filter(({ wanted }) => wanted === null)
  const hidden = total - items.length
  const told = advisories === "known"
  return (
    <>
      {problem ? <Note tone="bad">{problem}</Note> : null}
      {advisories === "unavailable" && items.length > 0 ? (
        <Note>The registry does not tell known problems now, so none are shown.</Note>
      ) : null}
      {items.some(({ script }) => script !== null) ? (
        <Note>
          Some packages have a script that runs when they are installed. It is a stranger's program,
          so it is skipped unless somebody allows it: then it runs in a machine of its own, without
          network, and the app has what it made from its next start on.
        </Note>
      ) : null}
      <Panel title="Packages" end={named.length > 0 ? count(named.length, "package") : undefined}>
        {named.length === 0 ? (
          <EmptyState icon={Package} title="No packages">
            The project uses what its language brings. Add a package by its name, or ask the agents
            for it.
          </EmptyState>
        ) : (
          <PackageTable
            projectId={project.id}
            label="Packages"
            packages={named}
            told={told}
            removal={{ off }}
          />
        )}
      </Panel>
      {needed.length > 0 ? (
        <Panel title="What they need" end={count(needed.length + hidden, "package")}>
          <PackageTable
            projectId={project.id}
            label="What they need"
            packages={needed}
            told={told}
          />
          {hidden > 0 ? (
            <p className="p-4 text-13 text-fg-2">{count(hidden, "more package")} not shown.</p>
          ) : null}
        </Panel>
      ) : null}
    </>
  )
}
