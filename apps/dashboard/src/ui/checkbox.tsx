"use client"
import { Check, Minus } from "lucide-react"
import { Checkbox as Radix } from "radix-ui"
import { type ReactNode, useId } from "react"

interface CheckboxProps {
  label: ReactNode
  help?: ReactNode
  /** `"some"` when it stands for several of which some are chosen */
  checked: boolean | "some"
  onChange(checked: boolean): void
  /** why it cannot be changed */
  off?: string | undefined
}

/** Yes or no, sent with the form it is in. */
export function Checkbox({ label, help, checked, onChange, off }: CheckboxProps) {
  const id = useId()
  const below = off ?? help
  return (
    <div className="flex items-start gap-2 text-13">
      <Radix.Root
        id={id}
        checked={checked === "some" ? "indeterminate" : checked}
        onCheckedChange={(now) => {
          if (!off) onChange(now === true)
        }}
        aria-disabled={off ? true : undefined}
        aria-describedby={below ? `${id}-below` : undefined}
        className="mt-0.5 grid size-4 flex-none place-items-center rounded-1 border border-line-field bg-bg text-on-accent aria-disabled:border-line-2 aria-disabled:bg-sunken data-[state=checked]:border-accent data-[state=checked]:bg-accent data-[state=indeterminate]:border-accent data-[state=indeterminate]:bg-accent"
      >
        <Radix.Indicator>
          {checked === "some" ? (
            <Minus aria-hidden="true" className="size-3" strokeWidth={2.5} />
          ) : (
            <Check aria-hidden="true" className="size-3" strokeWidth={2.5} />
          )}
        </Radix.Indicator>
      </Radix.Root>
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
