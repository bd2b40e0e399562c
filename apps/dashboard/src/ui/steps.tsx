import { Check } from "lucide-react"
import { cn } from "./cn.ts"

interface StepsProps {
  /** names the way, e.g. "From words to an app" */
  label: string
  steps: readonly string[]
  /** the one that is being done, from 0; as many as there are when all are done */
  at: number
}

/** Where one is on a way of several steps. */
export function Steps({ label, steps, at }: StepsProps) {
  return (
    <ol aria-label={label} className="flex flex-wrap gap-x-6 gap-y-2 text-13">
      {steps.map((name, step) => {
        const done = step < at
        return (
          <li
            key={name}
            aria-current={step === at ? "step" : undefined}
            className={cn("flex items-center gap-2", step === at ? "font-medium" : "text-fg-3")}
          >
            <span
              aria-hidden="true"
              className={cn(
                "grid size-5 flex-none place-items-center rounded-full border border-line-2 text-11 tabular-nums",
                step === at && "border-accent text-accent-fg",
                done && "border-transparent bg-active text-fg-2",
              )}
            >
              {done ? <Check className="size-3" strokeWidth={2.5} /> : step + 1}
            </span>
            {name}
            {done ? <span className="sr-only">, done</span> : null}
          </li>
        )
      })}
    </ol>
  )
}
