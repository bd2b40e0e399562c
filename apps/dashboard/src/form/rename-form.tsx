"use client"
import { Button } from "../ui/button.tsx"
import { TextField } from "../ui/field.tsx"
import { useToast } from "../ui/toast.tsx"
import { capitalized } from "../ui/words.ts"
import { Form } from "./form.tsx"
import type { Schema } from "./schema-of.ts"
import { useForm } from "./use-form.ts"

interface RenameFormProps {
  /** what is renamed, e.g. "project" */
  noun: string
  name: string
  help?: string
  /** why it cannot be renamed at all */
  off: string | undefined
  /** the contract's schema of `{ name }` */
  schema(): Promise<Schema | undefined>
  onRename(name: string): Promise<unknown>
}

/** The name of a thing, to change. */
export function RenameForm({ noun, name, help, schema, onRename, ...rest }: RenameFormProps) {
  const tell = useToast()
  const form = useForm({
    values: { name },
    body: (typed) => ({ name: typed.name.trim() }),
    schema,
    send: async (_, typed) => {
      const now = typed.name.trim()
      await onRename(now)
      tell({ glyph: "done", title: `Renamed to ${now}` })
    },
    say: ({ status }) =>
      status === 412
        ? `Somebody changed the ${noun} meanwhile. Look at it and try again.`
        : undefined,
    guarded: true,
  })
  const typed = form.state.watch("name").trim()
  const off = rest.off ?? (typed === name ? "The name is the same." : undefined)
  return (
    <Form
      form={off ? { ...form, submit: (event) => event?.preventDefault() } : form}
      label={`Rename ${noun}`}
      className="p-4"
    >
      <TextField label={`${capitalized(noun)} name`} help={help} {...form.text("name")} />
      <div>
        <Button type="submit" off={off} busy={form.pending ? `Renaming ${noun}` : undefined}>
          Rename {noun}
        </Button>
      </div>
    </Form>
  )
}
