"use client"
import type { App, AppState } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { ExternalLink, Globe, Lock, Monitor, RotateCw, Smartphone, Tablet } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { MachineButton } from "../machines/machine-button.tsx"
import { hostOf } from "../projects/preview-address.ts"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { shortId } from "../ui/format.ts"
import { Note } from "../ui/note.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { afterCrash } from "./after-crash.ts"
import { NothingThere } from "./nothing-there.tsx"
import { useOpenPreview, usePreviewAddress } from "./open-preview.ts"
import { type Device, PreviewScreen } from "./preview-screen.tsx"
import { useApp } from "./queries.ts"
import { isTakenBack, TakenBack } from "./taken-back.tsx"

const icon = { "aria-hidden": true, strokeWidth: 1.75 } as const
const devices = [
  {
    value: "390",
    label: "Phone, 390 px",
    face: (
      <>
        <Smartphone {...icon} />
        390
      </>
    ),
  },
  {
    value: "820",
    label: "Tablet, 820 px",
    face: (
      <>
        <Tablet {...icon} />
        820
      </>
    ),
  },
  {
    value: "full",
    label: "Full width",
    face: (
      <>
        <Monitor {...icon} />
        Full
      </>
    ),
  },
] as const

interface PreviewPaneProps {
  project: Project
  /** the run whose draft can be looked at, while it has one */
  runId: string | undefined
  device: Device
  onDevice(device: Device): void
  className?: string
}

/** The app as its visitors see it, and while agents work on a draft of it, that. */
export function PreviewPane({ runId, ...props }: PreviewPaneProps) {
  const draft = useApp(props.project, runId ?? "").data
  const [chosen, setChosen] = useState<Purpose>("live")
  // A draft ends with its run: then people look at what visitors see again.
  const purpose = draft ? chosen : "live"
  return (
    <aside
      id="preview"
      aria-label="Preview"
      className={cn("flex min-w-0 flex-col border-l border-line bg-sunken", props.className)}
    >
      {draft ? (
        <div className="flex flex-wrap items-center gap-2 border-b border-line bg-bg px-3 py-2 text-12 text-fg-2">
          <Segmented
            small
            label="What is shown"
            {...{ segments, value: purpose }}
            onChange={setChosen}
          />
          {purpose === "live" ? "What visitors see." : drafted[props.project.draftData]}
        </div>
      ) : null}
      <Pane
        key={purpose}
        draftOf={purpose === "draft" ? (draft?.draftOf ?? null) : null}
        {...props}
      />
    </aside>
  )
}

type Purpose = App["purpose"]
const segments = [
  { value: "live", label: "Live" },
  { value: "draft", label: "Draft" },
] as const
const drafted: Record<Project["draftData"], string> = {
  copy: "What agents work on, with a copy of the data.",
  none: "What agents work on, without the data of visitors.",
}

interface PaneProps extends Omit<PreviewPaneProps, "runId"> {
  /** none: what visitors see */
  draftOf: App["draftOf"]
}

function Pane({ project, draftOf, device, onDevice }: PaneProps) {
  const [load, setLoad] = useState(0)
  const read = useApp(project, draftOf)
  const app = read.data
  const there = useIsThere(app?.state)
  // A new version, a restart and the end of the app are reasons to load it again.
  const version = `${app?.commit ?? ""} ${app?.state === "running" ? app.startedAt : "crashed"}`
  const reload = () => setLoad((count) => count + 1)
  useReloadOn(version, app?.state === "running" || app?.state === "crashed", reload)
  useWhenGone(there, reload)
  return (
    <>
      <AddressBar {...{ project, draftOf, there, reload }} />
      <div className="flex items-center justify-between gap-2 border-b border-line bg-bg px-3 py-2">
        <Segmented small label="Device" value={device} segments={devices} onChange={onDevice} />
        <span className="text-12 text-fg-3">
          {app?.commit ? (
            <>
              Commit <span className="mono">{shortId(app.commit)}</span>
            </>
          ) : null}
        </span>
      </div>
      <div className="flex flex-1 flex-col items-center gap-3 px-4 py-5">
        {app?.state === "crashed" ? <Crashed {...{ project, app }} /> : null}
        {app?.state === "running" && isTakenBack(app) ? (
          <TakenBack app={app} className="w-full" />
        ) : null}
        <Stage {...{ project, draftOf, read, device, load, there }} />
      </div>
    </>
  )
}

interface AddressBarProps {
  project: Project
  draftOf: App["draftOf"]
  there: boolean
  reload(): void
}

function AddressBar({ project, draftOf, there, reload }: AddressBarProps) {
  const open = useOpenPreview(project, draftOf)
  const Privacy = project.preview === "private" || draftOf !== null ? Lock : Globe
  const off = there ? undefined : "Nothing runs yet."
  return (
    <div className="flex items-center gap-1.5 border-b border-line bg-bg px-3 py-2">
      <span className="flex h-7 min-w-0 flex-1 items-center gap-1.5 rounded-2 border border-line bg-sunken px-2 text-12 text-fg-2">
        <Privacy aria-hidden="true" className="size-3.5 flex-none" strokeWidth={1.75} />
        <span className="truncate">
          {draftOf !== null ? "Draft, for members only" : hostOf(project.previewUrl)}
        </span>
      </span>
      <Button kind="ghost" size="sm" icon aria-label="Reload preview" off={off} onClick={reload}>
        <RotateCw aria-hidden="true" />
      </Button>
      <Button kind="ghost" size="sm" icon aria-label="Open in a new tab" off={off} onClick={open}>
        <ExternalLink aria-hidden="true" />
      </Button>
    </div>
  )
}

/** Agents mend their draft; what visitors see waits for a person. */
function Crashed({ project, app }: { project: Project; app: App }) {
  const live = app.purpose === "live"
  return (
    <Note tone="warn" title={live ? "The app crashed." : "The draft crashed."} className="w-full">
      {app.failure} {live ? afterCrash(app.restarts) : null}
      {live ? (
        <span className="mt-2 block">
          <MachineButton project={project} verb="restart" />
        </span>
      ) : null}
    </Note>
  )
}

/** Whether there is something to look at: also while an app that ran before starts again. */
function useIsThere(state: AppState | undefined): boolean {
  const seen = useRef(false)
  if (state === "running" || state === "crashed") seen.current = true
  if (state === "none" || state === "stopped") seen.current = false
  return seen.current
}

/** The frame goes with the app, and the address that opened it works only once. */
function useWhenGone(there: boolean, reload: () => void) {
  const was = useRef(there)
  const latest = useRef(reload)
  latest.current = reload
  useEffect(() => {
    if (was.current && !there) latest.current()
    was.current = there
  }, [there])
}

function useReloadOn(version: string, on: boolean, reload: () => void) {
  const seen = useRef<string>(undefined)
  const latest = useRef(reload)
  latest.current = reload
  useEffect(() => {
    if (!on) return
    if (seen.current !== undefined && seen.current !== version) latest.current()
    seen.current = version
  }, [version, on])
}

interface StageProps {
  project: Project
  draftOf: App["draftOf"]
  read: ReturnType<typeof useApp>
  device: Device
  load: number
  there: boolean
}

function Stage({ project, draftOf, read, device, load, there }: StageProps) {
  const address = usePreviewAddress({ project, draftOf }, load, there)
  if (read.error && !read.data) {
    return (
      <ErrorPanel
        title="The app could not be read"
        error={read.error}
        onRetry={() => read.refetch()}
      />
    )
  }
  if (read.data !== undefined && !there) {
    return <NothingThere project={project} app={read.data} />
  }
  if (address.error) {
    return (
      <ErrorPanel
        title="The preview could not be opened"
        error={address.error}
        onRetry={() => address.refetch()}
      />
    )
  }
  const name = draftOf !== null ? `the draft of ${project.name}` : project.name
  return <PreviewScreen {...{ device, load, name }} address={address.data} />
}
