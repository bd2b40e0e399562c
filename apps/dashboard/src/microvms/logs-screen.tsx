"use client"
import { Pause, Play, ScrollText } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { useOpenProject } from "../projects/project-frame.tsx"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { count } from "../ui/format.ts"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { useLogs } from "./queries.ts"

/** lines shown; the machine keeps more than anybody reads */
const linesMax = 1000

/** What the app printed last, as it prints it. */
export function LogsScreen() {
  const project = useOpenProject()
  const [follow, setFollow] = useState(true)
  const logs = useLogs(project.id, follow)
  const lines = logs.data?.text.replace(/\n$/, "").split("\n") ?? []
  const shown = lines.slice(-linesMax)
  const empty = logs.data?.text.trim() === ""
  return (
    <Page>
      <Panel
        title="Log"
        end={
          <Button size="sm" aria-pressed={follow} onClick={() => setFollow(!follow)}>
            {follow ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
            {follow ? "Pause" : "Follow"}
          </Button>
        }
        footer={
          logs.data && !empty ? (
            <span>
              {lines.length > shown.length ? "Last " : ""}
              {count(shown.length, "line")}
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
          <Tail lines={shown} follow={follow} />
        )}
      </Panel>
    </Page>
  )
}

function Tail({ lines, follow }: { lines: readonly string[]; follow: boolean }) {
  const box = useRef<HTMLElement>(null)
  const newest = lines.join("\n")
  useEffect(() => {
    const element = box.current
    if (!element || !follow) return
    // Who scrolled up is reading; the log does not move under them.
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < 120
    if (near || element.scrollTop === 0) element.scrollTop = element.scrollHeight
  }, [newest, follow])
  return (
    <figure
      ref={box}
      aria-label="Output of the app"
      className="code max-h-[65vh] min-h-40 py-2"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
    >
      <div className="code-lines">
        {lines.map((line, at) => (
          <span key={`${at + 1}`} className="code-line">
            {line || " "}
          </span>
        ))}
      </div>
    </figure>
  )
}
