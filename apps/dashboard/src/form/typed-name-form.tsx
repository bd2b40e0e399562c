"use client"
import { type ReactNode, useEffect } from "react"
import { Button } from "../ui/button.tsx"
import { DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { Form } from "./form.tsx"
import { useForm } from "./use-form.ts"

interface TypedNameProps {
  /** what the form does, e.g. "Delete Reading list" */
  label: string
  /** what the thing is, e.g. "project" */
  noun: string
  name: string
  /** of the button, and while it is sent */
  words: { do: string; doing: string }
  /** somebody else did it meanwhile */
  over?: boolean
  children?: ReactNode
  onSend(typed: string): Promise<unknown>
  onDone(): void
  onClose(): void
}

/** Does what is not to be done by mistake: the name is typed first. */
export function TypedNameForm({ label, noun, name, words, over, children, ...on }: TypedNameProps) {
  const { onSend, onDone, onClose } = on
  const first = `Type the ${noun}’s name first.`
  const form = useForm({
    values: { name: "" },
    body: (typed) => ({ name: typed.name.trim() }),
    send: (_, typed) => onSend(typed.name.trim()),
    done: onDone,
    check: (typed) => ({ name: typed.name.trim() === name ? undefined : first }),
  })
  useEffect(() => {
    if (over && !form.pending) onDone()
  }, [over, form.pending, onDone])
  const matches = form.state.watch("name").trim() === name
  return (
    <Form form={form} label={label}>
      {children}
      <TextField
        label={
          <>
            Type <span className="mono font-semibold">{name}</span> to confirm
          </>
        }
        autoComplete="off"
        spellCheck={false}
        {...form.text("name")}
      />
      <DialogButtons onCancel={onClose}>
        <Button
          type="submit"
          kind="bad"
          off={matches ? undefined : first}
          busy={form.pending ? words.doing : undefined}
        >
          {words.do}
        </Button>
      </DialogButtons>
    </Form>
  )
}
