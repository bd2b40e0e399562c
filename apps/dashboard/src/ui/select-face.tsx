"use client"
import { ChevronDown } from "lucide-react"
import type { ComponentProps } from "react"
import { cn } from "./cn.ts"
import { type ControlProps, inputLook } from "./field.tsx"

export interface Option<Value extends string> {
  value: Value
  label: string
  /** beside the label in the list, e.g. what it costs */
  aside?: string
}

export interface SelectProps<Value extends string> extends Partial<ControlProps> {
  /** names it where there is no label to see */
  label?: string
  value: NoInfer<Value>
  options: readonly Option<Value>[]
  onChange(value: NoInfer<Value>): void
  /** why nothing can be chosen */
  off?: string | undefined
  className?: string
}

export function selectLook(className: string | undefined): string {
  return cn(
    inputLook,
    "flex items-center justify-between gap-2 text-left [&>span]:truncate",
    className,
  )
}

export function SelectMark(props: ComponentProps<"svg">) {
  return (
    <ChevronDown
      aria-hidden="true"
      {...props}
      className="size-3.5 flex-none text-fg-3"
      strokeWidth={1.75}
    />
  )
}
