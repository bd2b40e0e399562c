"use client"
import { useMutation } from "@tanstack/react-query"
import type { App } from "@vibecaas/contract/kinds/apps"
import { RotateCw } from "lucide-react"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { CodeBlock, textLines } from "../ui/code-block.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { shortId } from "../ui/format.ts"
import { Note } from "../ui/note.tsx"
import { Panel, Properties, Property } from "../ui/panel.tsx"
import { RelativeTime } from "../ui/relative-time.tsx"
import { State } from "../ui/state.tsx"
import { afterCrash } from "./after-crash.ts"
import { appLooks } from "./app-looks.ts"
import { restartApp } from "./queries.ts"
import { isTakenBack, TakenBack } from "./taken-back.tsx"
import { VersionLink } from "./version-link.tsx"

/** How the project's app is, which version of it runs, and why another one does not. */
export function AppPanel({ app }: { app: App }) {
  const { offUnless } = useSession()
  const restart = useMutation(restartApp)
  return (
    <Panel
      title="App"
      end={
        <Button
          size="sm"
          off={offUnless("app:operate", "restart apps")}
          busy={restart.isPending ? "Restarting app" : undefined}
          onClick={() => restart.mutate({ params: { appId: app.id } })}
        >
          <RotateCw aria-hidden="true" strokeWidth={1.75} />
          Restart app
        </Button>
      }
    >
      <div className="grid gap-3 border-b border-line p-4 empty:hidden">
        {restart.error ? (
          <Note tone="bad" title="The app was not restarted.">
            <span role="alert">{problemOf(restart.error).detail}</span>
          </Note>
        ) : null}
        <News app={app} />
        {hasOldSettings(app) ? (
          <Note tone="warn" title="The app was started with earlier settings.">
            The new ones come with its next start.
          </Note>
        ) : null}
      </div>
      <Facts app={app} />
    </Panel>
  )
}

/** What a start that ended printed last. */
export function LastLines({ app }: { app: App }) {
  if (app.logTail.length === 0 || (app.state === "running" && !isTakenBack(app))) return null
  return (
    <CodeBlock
      about={`Last lines of ${isTakenBack(app) ? shortId(app.commitWanted) : "its last start"}`}
      label="Last lines of the app"
      lines={textLines(app.logTail.join("\n"))}
      fromEnd
    />
  )
}

const hasOldSettings = ({ settingsApplied, settingsVersion, state }: App) =>
  settingsApplied !== null && settingsApplied !== settingsVersion && state !== "stopped"

/** What a change to another version came to, or why the app does not run. */
function News({ app }: { app: App }) {
  const { phase, state, failure, restarts } = app
  const wanted = shortId(app.commitWanted)
  if (phase === "switching") {
    return (
      <Note title={`Version ${wanted} takes the place of what ran.`}>
        Visitors wait until it runs. If it does not run well, the version before it comes back.
      </Note>
    )
  }
  if (phase === "returning") {
    return (
      <Note tone="warn" title="The version before comes back, with its data as they were.">
        {failure}
      </Note>
    )
  }
  if (state === "crashed") {
    return (
      <Note tone="warn" title="The app crashed.">
        {failure} {afterCrash(restarts)}
      </Note>
    )
  }
  return isTakenBack(app) ? <TakenBack app={app} /> : null
}

function Facts({ app }: { app: App }) {
  const { exitCode, state, commit, startedAt, settingsApplied } = app
  return (
    <Properties>
      <Property name="State">
        <State
          look={appLooks[state]}
          detail={exitCode === null || state === "running" ? null : `exit ${exitCode}`}
        />
      </Property>
      <Property name="Version">
        {commit ? <VersionLink projectId={app.projectId} commit={commit} /> : "–"}
      </Property>
      <Property name="Started">{startedAt ? <RelativeTime at={startedAt} /> : "–"}</Property>
      <Property name="Restarts">{app.restarts}</Property>
      <Property name="Settings">
        {settingsApplied === null ? "–" : `Version ${settingsApplied}`}
      </Property>
      <Property name="Id">
        <CopyId id={app.id} noun="app id" />
      </Property>
    </Properties>
  )
}
