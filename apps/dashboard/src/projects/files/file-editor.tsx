"use client"
import { useMutation } from "@tanstack/react-query"
import type { FileEntry } from "@vibecaas/contract/commits"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useId, useState } from "react"
import { problemOf } from "../../api/problem.ts"
import { CodeField } from "../../code/code-field.tsx"
import { Refusal } from "../../form/refusal.tsx"
import { useUnsaved } from "../../form/use-unsaved.ts"
import { Button } from "../../ui/button.tsx"
import { shortId } from "../../ui/format.ts"
import { Note } from "../../ui/note.tsx"
import { useToast } from "../../ui/toast.tsx"
import { commitFiles } from "../queries.ts"
import { commitOf } from "./commit-of.ts"

interface FileEditorProps {
  projectId: Project["id"]
  file: Pick<FileEntry, "path">
  content: string
  /** what is shown, on which the change is based */
  commit: string
  onClose(): void
}

/** A file's text to change; each save is one commit. */
export function FileEditor({ projectId, file, content, commit, onClose }: FileEditorProps) {
  const id = useId()
  const say = useToast()
  const [text, setText] = useState(content)
  const save = useMutation(commitFiles)
  const changed = text !== content
  useUnsaved(changed)
  const go = async (parent: string | null) => {
    const changes = [{ path: file.path, content: text }]
    const message = `Change ${file.path}`
    const request = commitOf(projectId, { changes, message, parent })
    const made = await save.mutateAsync(request).catch(() => undefined)
    if (!made) return
    const detail = "Visitors see it once it runs."
    say({ glyph: "done", title: `Saved as version ${shortId(made.id)}`, detail })
    onClose()
  }
  const problem = save.error ? problemOf(save.error) : undefined
  return (
    <form
      aria-label={`Change ${file.path}`}
      onSubmit={(event) => {
        event.preventDefault()
        void go(commit)
      }}
      className="grid gap-3 p-3"
    >
      {problem?.code === "conflict" ? (
        <Conflict path={file.path} onAnyway={() => go(null)} />
      ) : (
        <Refusal problem={problem} />
      )}
      <label htmlFor={id} className="sr-only">
        Text of {file.path}
      </label>
      <CodeField
        id={id}
        path={file.path}
        value={text}
        onChange={setText}
        onKeyDown={(event) => {
          if (event.key !== "s" || !(event.metaKey || event.ctrlKey)) return
          event.preventDefault()
          if (changed && !save.isPending) void go(commit)
        }}
      />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{changed ? "Discard changes" : "Close"}</Button>
        <Button
          type="submit"
          kind="main"
          off={!changed && "Nothing was changed yet."}
          busy={save.isPending ? "Saving" : undefined}
        >
          Save
        </Button>
      </div>
    </form>
  )
}

/** What to do when somebody else wrote while one typed. */
function Conflict({ path, onAnyway }: { path: string; onAnyway(): void }) {
  return (
    <div role="alert">
      <Note tone="warn" title="The project was changed meanwhile.">
        Nothing was saved; what you typed is still here. Saved anyway, this file becomes what you
        typed, and all other files stay as they are now. The history keeps both.
        <span className="mt-2 block">
          <Button size="sm" onClick={onAnyway}>
            Save {path.split("/").at(-1)} anyway
          </Button>
        </span>
      </Note>
    </div>
  )
}
