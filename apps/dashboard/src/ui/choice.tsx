import { type ReactNode, useId } from "react"
import { cn } from "./cn.ts"

/** What a checkbox and a switch are made of. */
export interface ChoiceProps {
  label: ReactNode
  help?: ReactNode
  checked: boolean
  onChange(checked: boolean): void
  /** why it cannot be changed */
  off?: string | undefined
  className?: string
}

interface RowProps extends Pick<ChoiceProps, "label" | "help" | "off" | "className"> {
  children(control: ControlProps): ReactNode
}

interface ControlProps {
  id: string
  "aria-disabled": true | undefined
  "aria-describedby": string | undefined
}

/** A control with its label beside it, and below the label its help or why it is off. */
export function ChoiceRow({ label, help, off, className, children }: RowProps) {
  const id = useId()
  const below = off ?? help
  return (
    <div className={cn("flex items-start gap-2 text-13", className)}>
      {children({
        id,
        "aria-disabled": off ? true : undefined,
        "aria-describedby": below ? `${id}-below` : undefined,
      })}
      <div>
        <label htmlFor={id}>{label}</label>
        {below ? (
          <p id={`${id}-below`} className="text-12 text-fg-3">
            {below}
          </p>
        ) : null}
      </div>
    </div>
  )
}
