"use client"
import type { Version } from "@vibecaas/contract/version"
import { ChevronDown, ChevronRight } from "lucide-react"
import Link from "next/link"
import { useEffect, useId, useRef, useState } from "react"
import { runLooks } from "../../agents/roles.ts"
import { useApp } from "../../apps/queries.ts"
import { useSession } from "../../shell/session.tsx"
import { Button } from "../../ui/button.tsx"
import { buttonLook } from "../../ui/button-look.ts"
import { CopyId } from "../../ui/copy-id.tsx"
import { count, shortId } from "../../ui/format.ts"
import { LineCounts } from "../../ui/line-counts.tsx"
import { RelativeTime } from "../../ui/relative-time.tsx"
import { StateBadge } from "../../ui/state.tsx"
import { useOpenProject } from "../project-frame.tsx"
import { RunNewest } from "./run-newest.tsx"
import { VersionDiff } from "./version-diff.tsx"
import { versionLooks } from "./version-words.ts"

interface VersionProps {
  version: Version
  newest: boolean
  asked: boolean
  onRestore(version: Version): void
  onUndo(version: Version): void
}

/** One version: who wanted it, how much it changed; open it shows its files and the ways back. */
export function VersionRow(props: VersionProps) {
  const { version, asked } = props
  const id = useId()
  const row = useRef<HTMLLIElement>(null)
  const [open, setOpen] = useState(asked)
  useEffect(() => {
    if (asked) row.current?.scrollIntoView({ block: "nearest" })
  }, [asked])
  const Chevron = open ? ChevronDown : ChevronRight
  return (
    <li ref={row} className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="flex min-h-11 w-full items-center gap-3 px-4 py-1.5 text-left text-13 outline-offset-[-2px] hover:bg-hover"
      >
        <Chevron aria-hidden="true" className="size-3.5 flex-none text-fg-3" strokeWidth={1.75} />
        <span className="min-w-0 flex-1">
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate font-medium">{version.title}</span>
            <WhetherLive {...props} />
          </span>
          <About version={version} />
        </span>
        <span className="mono flex-none text-12 text-fg-3 max-md:hidden">
          {shortId(version.id)}
        </span>
        <span className="w-24 flex-none text-right text-12 text-fg-3 max-md:w-16">
          <RelativeTime at={version.at} />
        </span>
      </button>
      <div id={id} hidden={!open} className="border-t border-line bg-bg">
        {open ? <Opened {...props} /> : null}
      </div>
    </li>
  )
}

/** What visitors see is marked, and what was taken back from them. */
function WhetherLive({ version }: VersionProps) {
  const app = useApp(useOpenProject()).data
  if (version.live) return <StateBadge look={{ glyph: "alive", word: "Live" }} />
  if (app?.commitRefused !== version.id) return null
  return <StateBadge look={{ glyph: "warn", word: "Taken back" }} />
}

function About({ version }: { version: Version }) {
  const { kind, run, author, files, added, removed } = version
  const { word, icon: Icon } = versionLooks[kind]
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-12 text-fg-3">
      <Icon aria-hidden="true" className="size-3.5 flex-none" strokeWidth={1.75} />
      <span className="truncate">
        {run ? `Run ${run.number}` : word} · {author}
      </span>
      <span className="flex-none max-md:hidden">· {count(files, "file")}</span>
      <LineCounts added={added} removed={removed} />
    </span>
  )
}

function Opened({ version, newest, onRestore, onUndo }: VersionProps) {
  const project = useOpenProject()
  const { offUnless, paths } = useSession()
  const off = offUnless("app:operate", "change versions")
  const { run, base, id, commits } = version
  return (
    <>
      <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2.5 text-12 text-fg-3">
        {newest && !version.live ? (
          <RunNewest commit={version.id} label="Run this version" />
        ) : null}
        <Button
          size="sm"
          off={off ?? (newest && "These are the newest files.")}
          onClick={() => onRestore(version)}
        >
          Restore this version
        </Button>
        <Button
          size="sm"
          off={off ?? (base === null && "There is nothing before it to go back to.")}
          onClick={() => onUndo(version)}
        >
          {run ? "Undo this run" : "Undo this change"}
        </Button>
        {newest ? null : (
          <Link href={paths.compareVersions(project.id, id)} className={buttonLook({ size: "sm" })}>
            Compare
          </Link>
        )}
        {run ? (
          <Link href={paths.run(project.id, run.id)} className={buttonLook({ size: "sm" })}>
            Show run
          </Link>
        ) : null}
        <span className="ml-auto flex flex-wrap items-center gap-x-3 gap-y-1">
          {run ? <span>{runLooks[run.state].word}</span> : null}
          <span>{count(commits, "commit")}</span>
          <CopyId id={id} noun="commit" />
        </span>
      </div>
      <div className="p-4">
        <VersionDiff projectId={project.id} from={base ?? undefined} to={id} />
      </div>
    </>
  )
}
