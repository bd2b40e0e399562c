"use client"
import { Switch as Radix } from "radix-ui"
import { type ReactNode, useId } from "react"
import { cn } from "./cn.ts"

interface SwitchProps {
  label: ReactNode
  checked: boolean
  onChange(checked: boolean): void
  /** why it cannot be changed */
  off?: string | undefined
  className?: string
}

/** On or off, at once. */
export function Switch({ label, checked, onChange, off, className }: SwitchProps) {
  const id = useId()
  return (
    <span className={cn("inline-flex items-center gap-2 text-12 text-fg-2", className)} title={off}>
      <Radix.Root
        id={id}
        checked={checked}
        onCheckedChange={(now) => {
          if (!off) onChange(now)
        }}
        aria-disabled={off ? true : undefined}
        className="relative h-4 w-7 flex-none rounded-full border border-line-field bg-active aria-disabled:opacity-60 data-[state=checked]:border-accent data-[state=checked]:bg-accent"
      >
        <Radix.Thumb className="absolute top-px left-px block size-3 rounded-full bg-fg-2 transition-transform duration-(--m-1) data-[state=checked]:translate-x-3 data-[state=checked]:bg-on-accent" />
      </Radix.Root>
      <label htmlFor={id}>{label}</label>
    </span>
  )
}
