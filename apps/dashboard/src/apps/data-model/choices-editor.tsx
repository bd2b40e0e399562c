"use client"
import { Plus, X } from "lucide-react"
import { Button } from "../../ui/button.tsx"
import { cn } from "../../ui/cn.ts"
import { inputLook } from "../../ui/field.tsx"
import { type DetailsProps, fieldIn } from "./editor-props.ts"
import { MoveButtons } from "./list-picker.tsx"
import { move, renameChoice } from "./model-edits.ts"

/** What a choice offers, a line each. A choice that is called otherwise keeps its records. */
export function ChoicesEditor({ editor, list, at, off }: DetailsProps) {
  const { base, model, edit, faults } = editor
  const field = fieldIn(model.entities[list], at)
  const choices = field.choices ?? []
  const plural = model.entities[list]?.plural
  const saved =
    base.model.entities
      .find((entity) => entity.plural === plural)
      ?.fields.find(({ name }) => name === field.name)?.choices ?? []
  const place = `entities/${list}/fields/${at}/choices`
  const change = (recipe: (choices: string[]) => void) =>
    edit((next) => {
      const changed = fieldIn(next.entities[list], at).choices
      if (changed) recipe(changed)
    })
  const fault = faults[place] ?? choices.map((_, line) => faults[`${place}/${line}`]).find(Boolean)
  return (
    <fieldset className="grid gap-2" disabled={off !== undefined}>
      <legend className="mb-1.5 text-13 font-medium">Choices</legend>
      {choices.map((choice, line) => (
        // A line is its place: names may repeat while they are typed.
        <div key={`${line + 1}`} className="flex items-center gap-0.5">
          <input
            aria-label={`Choice ${line + 1}`}
            aria-invalid={faults[`${place}/${line}`] ? true : undefined}
            className={cn(inputLook, "mr-1.5 min-w-0 flex-1")}
            autoComplete="off"
            maxLength={60}
            value={choice}
            onChange={({ target }) =>
              edit(
                (next) =>
                  renameChoice(
                    fieldIn(next.entities[list], at),
                    { at: line, to: target.value },
                    saved,
                  ),
                `${place}/${line}`,
              )
            }
          />
          <MoveButtons
            what={choice}
            at={line}
            of={choices.length}
            off={off}
            onMove={(by) => change((all) => move(all, line, by))}
          />
          <Button
            kind="ghost"
            size="sm"
            icon
            aria-label={`Remove choice ${choice}`}
            off={off ?? (choices.length === 1 ? "A choice has at least one." : undefined)}
            onClick={() => change((all) => void all.splice(line, 1))}
          >
            <X aria-hidden="true" />
          </Button>
        </div>
      ))}
      {fault ? (
        <p role="alert" className="text-12 text-bad-fg">
          {fault}
        </p>
      ) : null}
      <p className="text-12 text-fg-3">
        A renamed choice takes its records along. Records with a removed one keep it.
      </p>
      <div>
        <Button size="sm" off={off} onClick={() => change((all) => void all.push(freeName(all)))}>
          <Plus aria-hidden="true" />
          Add choice
        </Button>
      </div>
    </fieldset>
  )
}

function freeName(all: readonly string[]): string {
  for (let number = all.length + 1; ; number++)
    if (!all.includes(`Choice ${number}`)) return `Choice ${number}`
}
