"use client"
import { type FormEvent, useState } from "react"
import { Button } from "./button.tsx"
import { TextField } from "./field.tsx"
import { capitalized } from "./words.ts"

interface RenameFormProps {
  /** what is renamed, e.g. "project" */
  noun: string
  name: string
  help?: string
  /** why it cannot be renamed at all */
  off: string | undefined
  pending: boolean
  /** why the server refused */
  refused: string | undefined
  /** what is wrong with a name, or nothing */
  faultOf(name: string): string | undefined
  onRename(name: string): void
}

/** The name of a thing, to change. */
export function RenameForm({ noun, name, help, pending, refused, ...rest }: RenameFormProps) {
  const [typed, setTyped] = useState(name)
  const [complaint, setComplaint] = useState<string>()
  const off = rest.off ?? (typed.trim() === name ? "The name is the same." : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (off || pending) return
    const wrong = rest.faultOf(typed)
    setComplaint(wrong)
    if (!wrong) rest.onRename(typed.trim())
  }
  return (
    <form onSubmit={submit} className="grid gap-4 p-4">
      <TextField
        label={`${capitalized(noun)} name`}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setComplaint(undefined)
        }}
        help={help}
        error={complaint ?? refused}
      />
      <div>
        <Button type="submit" off={off} busy={pending ? `Renaming ${noun}` : undefined}>
          Rename {noun}
        </Button>
      </div>
    </form>
  )
}
