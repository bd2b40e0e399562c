"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useId } from "react"

type Preview = Project["preview"]

const choices: readonly { value: Preview; label: string; help: string }[] = [
  {
    value: "private",
    label: "Private",
    help: "Only members of the organization see the app, after they signed in here.",
  },
  {
    value: "public",
    label: "Public",
    help: "Everybody who can reach this server and knows the address sees the app.",
  },
]

interface PreviewChoiceProps {
  value: Preview
  off: string | undefined
  onChange(preview: Preview): void
}

/** Who may see the app. */
export function PreviewChoice({ value, off, onChange }: PreviewChoiceProps) {
  const name = useId()
  return (
    <fieldset className="grid gap-3" aria-describedby={off ? `${name}-off` : undefined}>
      <legend className="mb-2 text-13 font-medium">Who sees the app</legend>
      {choices.map((choice) => (
        <label key={choice.value} className="flex items-start gap-2 text-13">
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            aria-disabled={off ? true : undefined}
            onChange={() => {
              if (!off) onChange(choice.value)
            }}
            aria-label={choice.label}
            className="mt-0.5 size-4 flex-none appearance-none rounded-full border border-line-field bg-bg checked:border-[5px] checked:border-accent"
          />
          <span>
            {choice.label}
            <span className="block text-12 text-fg-3">{choice.help}</span>
          </span>
        </label>
      ))}
      {off ? (
        <p id={`${name}-off`} className="text-12 text-fg-3">
          {off}
        </p>
      ) : null}
    </fieldset>
  )
}
