import { type FormEvent, useState } from "react"
import { Button } from "../kit/button.tsx"
import { TextField } from "../kit/field.tsx"
import { PlusIcon } from "../kit/icons.tsx"

/** One line, Enter, and the next. What the server refuses stays to be mended. */
export function QuickAdd({ onAdd }: { onAdd(title: string): Promise<void> }) {
  const [title, setTitle] = useState("")
  const [error, setError] = useState<string>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    try {
      await onAdd(title)
      setTitle("")
      setError(undefined)
    } catch (refused) {
      setError(refused instanceof Error ? refused.message : String(refused))
    }
  }
  return (
    <form onSubmit={submit} className="flex items-start gap-2">
      <div className="min-w-0 flex-1">
        <TextField
          label="What is to be done?"
          hideLabel
          placeholder="What is to be done?"
          value={title}
          error={error}
          onChange={(event) => setTitle(event.target.value)}
          className="min-h-11"
        />
      </div>
      <Button type="submit" look="primary" className="min-h-11">
        <PlusIcon />
        Add
      </Button>
    </form>
  )
}
