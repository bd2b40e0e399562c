"use client"
import Link from "next/link"
import { useActionState, useId, useState } from "react"
import { type FormState, savePage } from "../app/actions.ts"
import type { Draft } from "../server/wiki.ts"
import { Markdown } from "./markdown.ts"

interface PageFormProps {
  draft: Draft
  sections: readonly string[]
  askName: boolean
  /** the page that changes, in the version that is changed; a new one when absent */
  page?: { slug: string; version: number }
}

const nothing: FormState = { errors: {}, theirs: null }

/** Nothing that was typed is lost when it is not saved. */
export function PageForm({ draft: first, sections, askName, page }: PageFormProps) {
  const [draft, setDraft] = useState(first)
  const [state, save, isSaving] = useActionState(savePage, nothing)
  const [isPreview, setPreview] = useState(false)
  const bind = (name: keyof Draft) => ({
    ...{ name, value: draft[name], error: state.errors[name] },
    onChange: (event: { target: { value: string } }) =>
      setDraft({ ...draft, [name]: event.target.value }),
  })
  const version = state.theirs?.version ?? page?.version
  return (
    <form action={save} className="page-form" noValidate>
      {page && <input type="hidden" name="slug" value={page.slug} />}
      {version !== undefined && <input type="hidden" name="version" value={version} />}
      {state.theirs && <Conflict {...state.theirs} />}
      <Field label="Title" {...bind("title")}>
        {(field) => <input type="text" {...field} />}
      </Field>
      <div className="pair">
        <Field label="Section" {...bind("section")}>
          {(field) => (
            <select {...field}>
              {sections.map((each) => (
                <option key={each}>{each}</option>
              ))}
            </select>
          )}
        </Field>
        {askName && (
          <Field label="Your name" {...bind("author")}>
            {(field) => <input type="text" autoComplete="name" {...field} />}
          </Field>
        )}
      </div>
      <Field label="Text" help="Markdown. [[Title]] links to another page." {...bind("text")}>
        {(field) => <textarea rows={16} {...field} />}
      </Field>
      <div className="row">
        <button type="submit" disabled={isSaving}>
          {isSaving ? "Saving" : state.theirs ? "Save mine over it" : "Save"}
        </button>
        <button
          type="button"
          className="quiet"
          aria-pressed={isPreview}
          onClick={() => setPreview(!isPreview)}
        >
          Preview
        </button>
        <Link href={page ? `/p/${page.slug}` : "/"}>Cancel</Link>
      </div>
      {isPreview && (
        <section aria-label="Preview" className="card prose">
          <Markdown text={draft.text || "*Nothing is written yet.*"} />
        </section>
      )}
    </form>
  )
}

/** What somebody else saved is shown, and nothing is decided for the one who writes. */
function Conflict({ text, author }: NonNullable<FormState["theirs"]>) {
  return (
    <div role="alert" className="notice">
      <p>
        <strong>{author || "Somebody"} saved this page while you wrote.</strong> Take over what you
        need from their text, then save yours.
      </p>
      <details>
        <summary>Their text</summary>
        <pre>{text}</pre>
      </details>
    </div>
  )
}

interface Described {
  id: string
  name: string
  value: string
  "aria-invalid": true | undefined
  "aria-describedby": string | undefined
  onChange(event: { target: { value: string } }): void
}

interface FieldProps extends Pick<Described, "name" | "value" | "onChange"> {
  label: string
  help?: string
  error: string | undefined
  children(field: Described): React.ReactNode
}

function Field({ label, help, error, children, ...field }: FieldProps) {
  const id = useId()
  const said = error ?? help
  const describedBy = said === undefined ? undefined : `${id}-says`
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({
        ...{ ...field, id, "aria-describedby": describedBy },
        "aria-invalid": error === undefined ? undefined : true,
      })}
      {said !== undefined && (
        <p id={describedBy} className={error === undefined ? "help" : "error"}>
          {said}
        </p>
      )}
    </div>
  )
}
