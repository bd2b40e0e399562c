"use client"
import type { Change } from "@vibecaas/contract/data-model-change"
import { Undo2 } from "lucide-react"
import { problemOf } from "../../api/problem.ts"
import { Refusal } from "../../form/refusal.tsx"
import { Button } from "../../ui/button.tsx"
import { Note } from "../../ui/note.tsx"
import { Panel } from "../../ui/panel.tsx"
import { countOf } from "./model-words.ts"
import type { ModelEditor } from "./use-model-editor.ts"

interface ChangePanelProps {
  editor: ModelEditor
  /** why nothing may be saved */
  off: string | undefined
}

/** What saving would do, part by part and to the records that are there; and the way back. */
export function ChangePanel({ editor, off }: ChangePanelProps) {
  const { changes, changed, canUndo, faults, save } = editor
  const wrong = Object.keys(faults).length
  const refused = save.error && wrong === 0
  return (
    <Panel
      title="What will change"
      end={
        <>
          <Button
            size="sm"
            kind="ghost"
            off={canUndo ? undefined : "There is nothing to undo."}
            onClick={editor.undo}
          >
            <Undo2 aria-hidden="true" />
            Undo
          </Button>
          <Button
            size="sm"
            kind="main"
            off={off ?? (changed ? undefined : "Nothing was changed.")}
            busy={save.isPending ? "Saving" : undefined}
            onClick={() => void editor.submit()}
          >
            Save and run
          </Button>
        </>
      }
    >
      <div className="grid gap-3 p-4" aria-live="polite">
        <Refusal problem={refused ? problemOf(save.error) : undefined} />
        {wrong > 0 ? (
          <Note
            tone="bad"
            title={
              wrong === 1 ? "One part needs another look." : `${wrong} parts need another look.`
            }
          >
            {[...new Set(Object.values(faults))].slice(0, 4).join(" ")}
          </Note>
        ) : null}
        {changed ? <Changes editor={editor} changes={changes} /> : <Nothing />}
      </div>
    </Panel>
  )
}

function Changes({ editor, changes }: { editor: ModelEditor; changes: readonly Change[] }) {
  if (changes.length === 0)
    return <p className="text-13 text-fg-2">Only how the model is written changes.</p>
  return (
    <>
      <ul className="grid gap-2 text-13">
        {changes.map(({ says, records }) => (
          <li key={says} className="border-l-2 border-line-2 pl-3 [overflow-wrap:anywhere]">
            {says}
            {records ? (
              <span className="block text-12 text-fg-3">
                {countOf(editor.base.records, records.plural) || "Records"} {records.keeps}
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <p className="text-12 text-fg-3">
        Saving writes one version of app.json and runs it in place of what runs. If it does not run
        well, what runs now comes back with its data.
      </p>
    </>
  )
}

const Nothing = () => (
  <p className="text-13 text-fg-2">
    Nothing yet. What you change is listed here before it is saved, with what becomes of the
    records.
  </p>
)
