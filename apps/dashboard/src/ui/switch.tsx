"use client"
import { Switch as Radix } from "radix-ui"
import { type ChoiceProps, ChoiceRow } from "./choice.tsx"

/** On or off, at once. */
export function Switch({ checked, onChange, ...row }: ChoiceProps) {
  return (
    <ChoiceRow {...row}>
      {(control) => (
        <Radix.Root
          {...control}
          checked={checked}
          onCheckedChange={(now) => {
            if (!row.off) onChange(now)
          }}
          className="relative mt-0.5 h-4 w-7 flex-none rounded-full border border-line-field bg-active aria-disabled:opacity-60 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
        >
          <Radix.Thumb className="absolute top-px left-px block size-3 rounded-full bg-fg-2 transition-transform duration-(--m-1) data-[state=checked]:translate-x-3 data-[state=checked]:bg-on-accent" />
        </Radix.Root>
      )}
    </ChoiceRow>
  )
}
