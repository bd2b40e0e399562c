"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Pause, Play, ScrollText } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { useOpenProject } from "../projects/project-frame.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { count } from "../ui/format.ts"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { appLooks } from "./app-looks.ts"
import { type LogLine, logLines } from "./log-lines.ts"
import { logText } from "./log-text.tsx"
import { useApp, useLogs } from "./queries.ts"

/** lines shown; the machine keeps more than anybody reads */
const linesMax = 1000
/** how near to its end a log counts as read to the end, in `px` */
const nearPx = 40

/** What the app printed last, as it prints it. */
export function LogsScreen() {
  const project = useOpenProject()
  const [follow, setFollow] = useState(true)
  const app = useApp(project)
  const logs = useLogs(app.data?.id, follow)
  const lines = logLines(logs.data?.text ?? "")
  const shown = lines.slice(-linesMax)
  const empty = logs.data?.text.trim() === ""
  return (
    <Page>
      <Panel
        title="Log"
        end={
          <>
            <AppState project={project} />
            <Button size="sm" aria-pressed={follow} onClick={() => setFollow(!follow)}>
              {follow ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
              {follow ? "Pause" : "Follow"}
            </Button>
          </>
        }
        footer={
          logs.data && !empty ? (
            <span>
              {lines.length > shown.length ? "Last " : ""}
              {count(shown.filter((line) => "text" in line).length, "line")}
              {follow ? ", read every 2 s" : ", paused"}
            </span>
          ) : null
        }
      >
        {logs.error && !logs.data ? (
          <ErrorPanel
            title="The log could not be read"
            error={logs.error}
            onRetry={() => logs.refetch()}
          />
        ) : !logs.data ? (
          <div className="grid gap-3 p-4">
            <Loading what="log" />
            {["w-2/5", "w-3/5", "w-1/2", "w-1/4"].map((width) => (
              <Skeleton key={width} className={width} />
            ))}
          </div>
        ) : empty ? (
          <EmptyState icon={ScrollText} title="Nothing printed yet">
            What the app writes to its output appears here.
          </EmptyState>
        ) : (
          <Tail lines={shown} newest={logs.data.text} follow={follow} />
        )}
      </Panel>
    </Page>
  )
}

/** How the app is that printed this, and since when. */
function AppState({ project }: { project: Project }) {
  const app = useApp(project).data
  if (!app) return null
  return (
    <span className="flex items-center gap-2 text-12 text-fg-3">
      <State look={appLooks[app.state]} className="text-12" />
      {app.state === "running" && app.startedAt ? (
        <span className="max-md:hidden">
          started <RelativeTime at={app.startedAt} />
        </span>
      ) : null}
    </span>
  )
}

interface TailProps {
  lines: readonly LogLine[]
  /** changes when something was printed */
  newest: string
  follow: boolean
}

function Tail({ lines, newest, follow }: TailProps) {
  const box = useRef<HTMLElement>(null)
  // Who scrolled up is reading; the log does not move under them.
  const atEnd = useRef(true)
  useEffect(() => {
    if (follow) atEnd.current = true
  }, [follow])
  useEffect(() => {
    const element = box.current
    if (element && follow && atEnd.current) element.scrollTop = element.scrollHeight
  }, [newest, follow])
  return (
    <figure
      ref={box}
      aria-label="Output of the app"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < nearPx
      }}
      className="code max-h-[65vh] min-h-40 py-2"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <div className="code-lines">{logText(lines)}</div>
    </figure>
  )
}
