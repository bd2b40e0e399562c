"use client"
import { useQuery } from "@tanstack/react-query"
import type { ProjectDataModel } from "@vibecaas/contract/app-data-model"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Table2 } from "lucide-react"
import { useState } from "react"
import { call } from "../../api/call.ts"
import { problemOf } from "../../api/problem.ts"
import { read } from "../../api/read.ts"
import { useOpenProject } from "../../projects/project-frame.tsx"
import { useSession } from "../../shell/session.tsx"
import { Button } from "../../ui/button.tsx"
import { EmptyState } from "../../ui/empty-state.tsx"
import { ErrorPanel } from "../../ui/error-panel.tsx"
import { Note } from "../../ui/note.tsx"
import { Page } from "../../ui/page-head.tsx"
import { Panel } from "../../ui/panel.tsx"
import { SkeletonRows } from "../../ui/skeleton.tsx"
import { useApp } from "../queries.ts"
import { ChangePanel } from "./change-panel.tsx"
import { ListEditor } from "./list-editor.tsx"
import { ListPicker } from "./list-picker.tsx"
import { type ModelEditor, useModelEditor } from "./use-model-editor.ts"

const route = "GET /projects/{projectId}/data-model"

/** What the app keeps: its lists and their fields, changed in a form and run at once. */
export function DataModelScreen() {
  const project = useOpenProject()
  const found = useQuery({
    ...read(route, { params: { projectId: project.id } }),
    retry: (count, error) => problemOf(error).status !== 404 && count < 2,
  })
  if (found.data) return <Editor key={project.id} project={project} found={found.data} />
  return (
    <Page>
      <Panel label="Data model">
        {!found.error ? (
          <SkeletonRows what="data model" widths={["w-24", "w-32", "w-20"]} className="h-9" />
        ) : problemOf(found.error).status === 404 ? (
          <EmptyState icon={Table2} title="No data model">
            {problemOf(found.error).detail} Projects that begin with the record keeper have one.
          </EmptyState>
        ) : (
          <ErrorPanel
            title="The data model could not be read"
            error={found.error}
            onRetry={() => found.refetch()}
          />
        )}
      </Panel>
    </Page>
  )
}

function Editor({ project, found }: { project: Project; found: ProjectDataModel }) {
  const editor = useModelEditor(project.id, found)
  const off = useSession().offUnless("app:operate", "change what the app keeps")
  const [wanted, setWanted] = useState(found.model.entities[0]?.plural ?? "")
  const { entities } = editor.model
  const list = Math.max(
    0,
    entities.findIndex(({ plural }) => plural === wanted),
  )
  const chosen = entities[list]?.plural ?? ""
  return (
    <Page>
      <h2 className="sr-only">Data model</h2>
      <Meanwhile editor={editor} found={found} />
      <Refused project={project} editor={editor} />
      <div className="grid grid-cols-[320px_minmax(0,1fr)] items-start gap-6 max-lg:grid-cols-[minmax(0,1fr)]">
        <div className="grid gap-6 lg:sticky lg:top-4">
          <ListPicker editor={editor} chosen={chosen} off={off} onChoose={setWanted} />
          <ChangePanel editor={editor} off={off} />
        </div>
        <ListEditor key={chosen} editor={editor} list={list} off={off} />
      </div>
    </Page>
  )
}

/** Somebody else saved: what was typed stays, and the newest can be begun with. */
function Meanwhile({ editor, found }: { editor: ModelEditor; found: ProjectDataModel }) {
  if (found.commit === editor.base.commit) return null
  return (
    <Note tone="warn" title="The project has a newer version.">
      What you change here is based on the one before, so it cannot be saved.{" "}
      <Button size="sm" onClick={() => editor.start(found)}>
        Begin with the newest
      </Button>
    </Note>
  )
}

/** The saved model did not run: which record stopped it, and the model that runs. */
function Refused({ project, editor }: { project: Project; editor: ModelEditor }) {
  const app = useApp(project).data
  if (!app || app.commitRefused !== editor.base.commit) return null
  return (
    <Note tone="bad" title="This data model did not run: the one before runs again, with its data.">
      {reasonIn(app)}{" "}
      {app.commit ? (
        <Button size="sm" onClick={() => void loadRunning(project, app, editor)}>
          Go back to the one that runs
        </Button>
      ) : null}
    </Note>
  )
}

/** The app's own sentence, where its last lines have one. */
function reasonIn({ logTail, failure }: App): string {
  return logTail.findLast((line) => line.includes("Nothing was changed.")) ?? failure ?? ""
}

async function loadRunning(project: Project, { commit }: App, editor: ModelEditor): Promise<void> {
  if (commit === null) return
  const running = await call(route, { params: { projectId: project.id }, query: { commit } })
  editor.edit((model) => void Object.assign(model, running.model))
}
