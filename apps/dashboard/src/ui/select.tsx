"use client"
import { Check, ChevronDown } from "lucide-react"
import { Select as Radix } from "radix-ui"
import { cn } from "./cn.ts"
import { type ControlProps, inputLook } from "./field.tsx"

export interface Option<Value extends string> {
  value: Value
  label: string
  /** beside the label in the list, e.g. what it costs */
  aside?: string
}

interface SelectProps<Value extends string> extends Partial<ControlProps> {
  /** names it where there is no label to see */
  label?: string
  value: NoInfer<Value>
  options: readonly Option<Value>[]
  onChange(value: NoInfer<Value>): void
  /** why nothing can be chosen */
  off?: string | undefined
  className?: string
}

/** One of many, in a list that opens; typing goes to the option that begins so. */
export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, value, options, onChange, off, className, ...control } = props
  return (
    <Radix.Root
      value={value}
      // Its values are those of the options.
      onValueChange={(chosen) => onChange(chosen as Value)}
      disabled={off !== undefined}
    >
      <Radix.Trigger
        {...control}
        aria-label={label}
        title={off}
        className={cn(
          inputLook,
          "flex items-center justify-between gap-2 text-left [&>span]:truncate",
          className,
        )}
      >
        <Radix.Value />
        <Radix.Icon>
          <ChevronDown aria-hidden="true" className="size-3.5 text-fg-3" strokeWidth={1.75} />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[min(320px,var(--radix-select-content-available-height))] min-w-(--radix-select-trigger-width) overflow-y-auto rounded-3 bg-raised p-1 text-13 shadow-2"
        >
          <Radix.Viewport>
            {options.map((option) => (
              <SelectOption key={option.value} {...option} />
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function SelectOption({ value, label, aside }: Option<string>) {
  return (
    <Radix.Item
      value={value}
      className="flex cursor-pointer items-center gap-2.5 rounded-2 px-2 py-1.5 outline-none data-highlighted:bg-active max-md:py-2"
    >
      <span className="w-3.5 flex-none">
        <Radix.ItemIndicator>
          <Check aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
        </Radix.ItemIndicator>
      </span>
      <Radix.ItemText>{label}</Radix.ItemText>
      {aside ? <small className="ml-auto pl-4 text-12 text-fg-3">{aside}</small> : null}
    </Radix.Item>
  )
}
