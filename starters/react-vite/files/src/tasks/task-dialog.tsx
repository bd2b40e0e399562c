import { type FormEvent, useState } from "react"
import { type Draft, type Errors, priorities, type Settings, type Task } from "../../shared/task.ts"
import { Button } from "../kit/button.tsx"
import { Dialog } from "../kit/dialog.tsx"
import { Select, TextArea, TextField } from "../kit/field.tsx"
import { Refused } from "./use-tasks.ts"

interface TaskDialogProps {
  task: Task
  settings: Settings
  onSave(draft: Draft): Promise<void>
  onClose(): void
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
const asChoices = (names: readonly string[]) => names.map((value) => ({ value, label: value }))
/** A name that settings.json has no more stays possible for who has it. */
const withOwn = (names: readonly string[], own: string) =>
  own === "" || names.includes(own) ? names : [...names, own]

/** All of a task; nothing that was typed is lost when the server refuses it. */
export function TaskDialog({ task, settings, onSave, onClose }: TaskDialogProps) {
  const { title, notes, area, person, priority, due } = task
  const [draft, setDraft] = useState<Draft>({ title, notes, area, person, priority, due })
  const [errors, setErrors] = useState<Errors>({})
  const [failure, setFailure] = useState<string>()
  const bind = (name: keyof Draft) => ({
    value: draft[name],
    error: errors[name],
    onChange: (event: { target: { value: string } }) =>
      setDraft({ ...draft, [name]: event.target.value } as Draft),
  })
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await onSave(draft)
      onClose()
    } catch (error) {
      const fields = error instanceof Refused ? error.fields : {}
      setErrors(fields)
      const said = error instanceof Error ? error.message : String(error)
      setFailure(Object.keys(fields).length > 0 ? undefined : said)
    }
  }
  return (
    <Dialog title="Change task" onClose={onClose}>
      <form onSubmit={submit} noValidate className="grid gap-4">
        <TextField label="Task" {...bind("title")} />
        <TextArea label="Notes" rows={4} {...bind("notes")} />
        <div className="grid gap-4 sm:grid-cols-2">
          <Select
            label="Area"
            choices={asChoices(withOwn(settings.areas, task.area))}
            {...bind("area")}
          />
          <Select
            label="Who"
            choices={[
              { value: "", label: "Nobody yet" },
              ...asChoices(withOwn(settings.people, task.person)),
            ]}
            {...bind("person")}
          />
          <Select
            label="Priority"
            choices={priorities.map((value) => ({ value, label: capital(value) }))}
            {...bind("priority")}
          />
          {settings.dueDates && <TextField label="Due" type="date" {...bind("due")} />}
        </div>
        {failure && <p className="text-danger">{failure}</p>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary">
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
