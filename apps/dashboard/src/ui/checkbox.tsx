"use client"
import { Check } from "lucide-react"
import { Checkbox as Radix } from "radix-ui"
import { type ChoiceProps, ChoiceRow } from "./choice.tsx"

/** Yes or no, sent with the form it is in. */
export function Checkbox({ checked, onChange, ...row }: ChoiceProps) {
  return (
    <ChoiceRow {...row}>
      {(control) => (
        <Radix.Root
          {...control}
          checked={checked}
          onCheckedChange={(now) => {
            if (!row.off) onChange(now === true)
          }}
          className="mt-0.5 grid size-4 flex-none place-items-center rounded-1 border border-line-field bg-bg text-on-accent aria-disabled:border-line-2 aria-disabled:bg-sunken data-[state=checked]:border-accent data-[state=checked]:bg-accent"
        >
          <Radix.Indicator>
            <Check aria-hidden="true" className="size-3" strokeWidth={2.5} />
          </Radix.Indicator>
        </Radix.Root>
      )}
    </ChoiceRow>
  )
}
