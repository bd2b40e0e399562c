"use client"
import type { App, Release } from "@vibecaas/contract/kinds/apps"
import { History } from "lucide-react"
import dynamic from "next/dynamic"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { count, duration } from "../ui/format.ts"
import { ListPanel } from "../ui/list-panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SkeletonRows } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { Cell, HeadCell, Row, Table, TableBody, TableHead } from "../ui/table.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { useNow } from "../ui/use-now.ts"
import { releaseLooks } from "./app-looks.ts"
import { useReleases } from "./queries.ts"
import { runOff } from "./run-off.ts"
import { VersionLink } from "./version-link.tsx"

const RunVersionDialog = dynamic(
  () => import("./run-version-dialog.tsx").then((module) => module.RunVersionDialog),
  { ssr: false },
)

/** What became of each version that was started, and a way to run one of them again. */
export function ReleasesPanel({ app }: { app: App }) {
  const { about: commit, open, ask, close } = useAsked<Release["commit"]>()
  return (
    <>
      <ListPanel
        title="Releases"
        list={useReleases(app.id)}
        noun="release"
        failed="The releases could not be loaded"
        skeleton={
          <SkeletonRows what="releases" widths={["w-24", "w-20", "w-28"]} className="h-11" />
        }
        empty={
          <EmptyState icon={History} title="No releases yet">
            Each version that is started stands here, with what became of it.
          </EmptyState>
        }
      >
        {(releases) => (
          <Table aria-label="Releases">
            <TableHead>
              <HeadCell className="w-[16%]">Release</HeadCell>
              <HeadCell className="w-[12%]">Started</HeadCell>
              <HeadCell>Outcome</HeadCell>
              <HeadCell className="w-[13%]">Ran for</HeadCell>
              <HeadCell className="w-[15%]">Settings</HeadCell>
              <HeadCell className="w-40">
                <span className="sr-only">Actions</span>
              </HeadCell>
            </TableHead>
            <TableBody>
              {releases.map((release) => (
                <ReleaseRow
                  key={release.number}
                  app={app}
                  release={release}
                  onRun={() => ask(release.commit)}
                />
              ))}
            </TableBody>
          </Table>
        )}
      </ListPanel>
      {commit ? <RunVersionDialog app={app} commit={commit} open={open} onClose={close} /> : null}
    </>
  )
}

interface ReleaseRowProps {
  app: App
  release: Release
  onRun(): void
}

function ReleaseRow({ app, release, onRun }: ReleaseRowProps) {
  const { offUnless } = useSession()
  const { number, commit, outcome, failure, settingsVersion, variables } = release
  return (
    <Row>
      <Cell>
        <span className="inline-block min-w-9 font-medium tabular-nums">{number}</span>{" "}
        <VersionLink projectId={app.projectId} commit={commit} />
      </Cell>
      <Cell className="text-fg-2 max-md:text-right max-md:text-12">
        <RelativeTime at={release.startedAt} />
      </Cell>
      <Cell className="py-2 max-md:col-span-2">
        <State look={releaseLooks[outcome]} />{" "}
        {failure ? (
          <span className="block text-12 text-fg-2 [overflow-wrap:anywhere]">{failure}</span>
        ) : null}
      </Cell>
      <Cell className="text-fg-2 max-md:text-12">
        <span className="md:hidden">Ran for</span> <RanFor release={release} />
      </Cell>
      <Cell className="text-fg-2 max-md:text-right max-md:text-12">
        <span className="md:sr-only">Settings</span> {settingsVersion}
        {variables.length > 0 ? (
          <span className="text-fg-3"> · {count(variables.length, "variable")}</span>
        ) : null}
      </Cell>
      <Cell className="text-right max-md:col-span-2 max-md:pt-1! max-md:text-left">
        <Button
          size="sm"
          off={offUnless("app:operate", "run other versions") ?? runOff(app, commit)}
          onClick={onRun}
        >
          Run this version
        </Button>
      </Cell>
    </Row>
  )
}

function RanFor({ release: { startedAt, endedAt } }: { release: Release }) {
  const now = useNow(endedAt === null ? 15_000 : null)
  const until = endedAt === null ? now : Date.parse(endedAt)
  return duration(until - Date.parse(startedAt))
}
