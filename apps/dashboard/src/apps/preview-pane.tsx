"use client"
import type { App, AppState } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Monitor, Smartphone, Tablet } from "lucide-react"
import { useEffect, useRef, useState } from "react"
import { AiMark } from "../ai/ai-mark.tsx"
import { cn } from "../ui/cn.ts"
import { ErrorPanel } from "../ui/error-panel.tsx"
import { shortId } from "../ui/format.ts"
import { Segmented } from "../ui/segmented.tsx"
import { AddressBar } from "./address-bar.tsx"
import { AnotherVersion } from "./another-version.tsx"
import { Crashed } from "./crashed.tsx"
import { NothingThere } from "./nothing-there.tsx"
import { usePreviewAddress } from "./open-preview.ts"
import { PreviewErrors } from "./preview-errors.tsx"
import { type Device, PreviewScreen } from "./preview-screen.tsx"
import { useApp } from "./queries.ts"
import { isTakenBack, TakenBack } from "./taken-back.tsx"
import { useFrameTalk } from "./use-frame-talk.ts"

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
  /** what that run left, once it is over */
  runCommit?: string | null | undefined
  device: Device
  onDevice(device: Device): void
  /** writes a request for the agents */
  onRepair?: (prompt: string) => void
  className?: string
}

/** While agents work on a draft that, as they change it; else the app as its visitors see it. */
export function PreviewPane({ runId, ...props }: PreviewPaneProps) {
  const draft = useApp(props.project, runId ?? "").data
  const [chosen, setChosen] = useState<Purpose>()
  const seen = useIsThere(draft?.state)
  // A draft ends with its run: then people look at what visitors see again.
  const purpose = draft ? (chosen ?? (seen ? "draft" : "live")) : "live"
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
          {purpose === "live" ? "What visitors see." : draftInWords(draft, props.project)}
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
const data: Record<Project["draftData"], string> = {
  copy: "with a copy of the data",
  none: "without the data of visitors",
}

/** What the draft shows now, and on which data. */
function draftInWords({ follows }: App, { draftData }: Project): string {
  const shows = follows
    ? "Each change shows here as agents make it"
    : "The version that agents are trying"
  return `${shows}, ${data[draftData]}.`
}

interface PaneProps extends Omit<PreviewPaneProps, "runId"> {
  /** none: what visitors see */
  draftOf: App["draftOf"]
}

function Pane({ project, draftOf, runCommit, device, onDevice, onRepair }: PaneProps) {
  const [{ load, path }, setPlace] = useState({ load: 0, path: "/" })
  const stage = useRef<HTMLDivElement>(null)
  const read = useApp(project, draftOf)
  const app = read.data
  const there = useIsThere(app?.state)
  // A new version, a restart and the end of the app are reasons to load it again.
  const version = `${app?.commit ?? ""} ${app?.state === "running" ? app.startedAt : "crashed"}`
  const address = usePreviewAddress({ project, draftOf, path, load }, there)
  const talk = useFrameTalk(stage, { address: address.data, load })
  const here = talk.path ?? path
  const goTo = (path: string) => setPlace(({ load }) => ({ load: load + 1, path }))
  const reload = () => goTo(here)
  useReloadOn(version, app?.state === "running" || app?.state === "crashed", () => {
    if (!talk.reloads) reload()
  })
  useWhenGone(there, reload)
  return (
    <>
      <AddressBar
        {...{ project, draftOf, there, reload, goTo }}
        path={here}
        mayGoBack={talk.mayGoBack}
        back={talk.goBack}
      />
      <div className="flex items-center justify-between gap-2 border-b border-line bg-bg px-3 py-2">
        <Segmented small label="Device" value={device} segments={devices} onChange={onDevice} />
        <span className="flex flex-wrap items-center justify-end gap-2 text-12 text-fg-3">
          <AiMark projectId={project.id} />
          {app?.commit ? (
            <span>
              Commit <span className="mono">{shortId(app.commit)}</span>
              {app.script === "dev" ? ", by its dev server" : null}
            </span>
          ) : null}
        </span>
      </div>
      {draftOf === null ? <AnotherVersion projectId={project.id} app={app} of={runCommit} /> : null}
      <PreviewErrors errors={talk.errors} path={here} onRepair={onRepair} />
      <div ref={stage} className="flex flex-1 flex-col items-center gap-3 px-4 py-5">
        {app?.state === "crashed" ? <Crashed {...{ project, app }} /> : null}
        {app?.state === "running" && isTakenBack(app) ? (
          <TakenBack app={app} className="w-full" />
        ) : null}
        <Stage {...{ project, draftOf, read, address, device, load, there }} />
      </div>
    </>
  )
}

/** Whether there is something to look at: also while an app that ran before starts again. */
function useIsThere(state: AppState | undefined): boolean {
  const seen = useRef(false)
  if (state === "running" || state === "crashed") seen.current = true
  if (state === undefined || state === "none" || state === "stopped") seen.current = false
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
  address: ReturnType<typeof usePreviewAddress>
  device: Device
  load: number
  there: boolean
}

function Stage({ project, draftOf, read, address, device, load, there }: StageProps) {
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
