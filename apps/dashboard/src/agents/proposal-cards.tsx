"use client"
import type { ProposalChoice } from "@vibecaas/contract/proposal"
import { StarterPicture } from "../starters/starter-picture.tsx"
import { cn } from "../ui/cn.ts"

interface CardsProps {
  choices: readonly ProposalChoice[]
  chosen: string
  onChoose(starterId: string): void
}

/** The starters that fit, best first, as cards of which one is chosen. */
export function ProposalCards({ choices, chosen, onChoose }: CardsProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-13 font-semibold">Starter</legend>
      <div className="grid grid-cols-[repeat(auto-fill,minmax(180px,1fr))] gap-3">
        {choices.map((choice) => (
          <Card
            key={choice.starterId}
            choice={choice}
            chosen={choice.starterId === chosen}
            onChoose={() => onChoose(choice.starterId)}
          />
        ))}
      </div>
    </fieldset>
  )
}

interface CardProps {
  choice: ProposalChoice
  chosen: boolean
  onChoose(): void
}

function Card({ choice, chosen, onChoose }: CardProps) {
  const { starterId, name, summary, clauses } = choice
  const built = clauses.filter((clause) => clause.built).length
  return (
    <label
      className={cn(
        "relative flex cursor-pointer flex-col overflow-clip rounded-3 border bg-bg transition-colors duration-(--m-1) has-focus-visible:outline-2 has-focus-visible:outline-focus",
        chosen ? "border-fg" : "border-line hover:border-line-2 hover:bg-hover",
      )}
    >
      <span className="border-b border-line">
        <StarterPicture starter={{ ...choice, id: starterId, name: namesOf(name) }} />
      </span>
      <span className="grid gap-1 px-3 pt-2.5 pb-3">
        <span className="flex items-center gap-2 text-14 font-semibold">
          <input
            type="radio"
            name="starter"
            value={starterId}
            checked={chosen}
            onChange={onChoose}
            className="size-4 flex-none accent-(--color-fg) outline-none"
          />
          {name}
        </span>
        <span className="line-clamp-2 text-12 text-fg-2">{summary}</span>
        <span className="text-12 text-fg-3">
          Builds {built} of {clauses.length}
        </span>
      </span>
    </label>
  )
}

const namesOf = (name: string) => ({ en: name, de: name, fr: name, es: name })
