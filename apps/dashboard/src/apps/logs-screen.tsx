"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Copy, Download, Pause, Play, ScrollText, SearchX } from "lucide-react"
import { useEffect, useMemo, useRef, useState } from "react"
import { useOpenProject } from "../projects/project-frame.tsx"
import { useInAddress } from "../shell/use-in-address.ts"
import { Button } from "../ui/button.tsx"
import { copyText } from "../ui/copy.ts"
import { saveFile } from "../ui/csv.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { count } from "../ui/format.ts"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { SearchField } from "../ui/search-field.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { Loading, Skeleton } from "../ui/skeleton.tsx"
import { State } from "../ui/state.tsx"
import { appLooks } from "./app-looks.ts"
import { type LogLevel, levelsOf } from "./log-levels.ts"
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
  const [search, setSearch] = useInAddress("search")
  const [level, setLevel] = useInAddress("level", "all")
  const lines = useMemo(() => levelled(logs.data), [logs.data])
  const words = search.trim()
  const found = lines.filter((line) => (words === "" || has(line, words)) && within(line, level))
  const shown = found.slice(-linesMax)
  const empty = logs.data?.text.trim() === ""
  return (
    <Page>
      <Panel
        title="Log"
        end={
          <>
            <AppState project={project} />
            <SearchField label="Search the log" value={search} onChange={setSearch} />
            <TakeAlong name={project.slug} text={logs.data?.text ?? ""} />
            <Button size="sm" aria-pressed={follow} onClick={() => setFollow(!follow)}>
              {follow ? <Pause aria-hidden="true" /> : <Play aria-hidden="true" />}
              {follow ? "Pause" : "Follow"}
            </Button>
          </>
        }
        footer={
          logs.data && !empty ? (
            <span>
              {found.length > shown.length ? "Last " : ""}
              {count(shown.filter((line) => "text" in line).length, "line")}
              {words === "" ? "" : ` with “${words}”`}
              {follow ? "" : ", paused"}
            </span>
          ) : null
        }
      >
        {empty || !logs.data ? null : (
          <div className="border-b border-line px-4 py-2">
            <Segmented
              small
              label="Level"
              value={level}
              segments={levelsIn(lines)}
              onChange={setLevel}
            />
          </div>
        )}
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
        ) : shown.length === 0 ? (
          <EmptyState icon={SearchX} title="No line matches">
            Only what the machine still keeps is searched.
          </EmptyState>
        ) : (
          <Tail lines={shown} newest={logs.data.text} follow={follow} />
        )}
      </Panel>
    </Page>
  )
}

type Levelled = LogLine & { level: LogLevel }

function levelled(log: ReturnType<typeof useLogs>["data"]): readonly Levelled[] {
  const lines = logLines(log?.text ?? "", log?.times)
  const levels = levelsOf(lines)
  return lines.map((line, at) => ({ ...line, level: levels[at] ?? "other" }))
}

/** Whether a line is of what was chosen: warnings are read with the errors among them. */
function within({ level }: Levelled, chosen: string): boolean {
  if (chosen === "warning") return level !== "other"
  return chosen !== "error" || level === "error"
}

function levelsIn(lines: readonly Levelled[]) {
  const warnings = lines.filter((line) => within(line, "warning")).length
  const errors = lines.filter((line) => within(line, "error")).length
  return [
    { value: "all", label: "All" },
    { value: "warning", label: "Warnings and errors", count: warnings },
    { value: "error", label: "Errors", count: errors },
  ]
}

const has = (line: LogLine, words: string) =>
  "text" in line && line.text.toLowerCase().includes(words.toLowerCase())

/** The log as it was read, for elsewhere. */
function TakeAlong({ name, text }: { name: string; text: string }) {
  const [copied, setCopied] = useState(false)
  const off = text.trim() === "" ? "Nothing was printed yet." : undefined
  return (
    <>
      <Button size="sm" off={off} onClick={async () => setCopied(await copyText(text))}>
        <Copy aria-hidden="true" />
        {copied ? "Copied" : "Copy"}
      </Button>
      <Button size="sm" off={off} onClick={() => saveFile(`${name}.log`, text, "text/plain")}>
        <Download aria-hidden="true" />
        Download
      </Button>
    </>
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
  lines: readonly Levelled[]
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
