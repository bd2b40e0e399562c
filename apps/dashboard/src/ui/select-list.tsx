"use client"
import { Check } from "lucide-react"
import { Select as Radix } from "radix-ui"
import { type Option, SelectMark, type SelectProps, selectLook } from "./select-face.tsx"

/** Opens at once: it is loaded because somebody asked for it. */
export function SelectList(props: SelectProps<string>) {
  const { label, value, options, onChange, off: _, className, ...control } = props
  return (
    <Radix.Root value={value} onValueChange={onChange} defaultOpen>
      <Radix.Trigger {...control} aria-label={label} className={selectLook(className)}>
        <Radix.Value />
        <Radix.Icon asChild>
          <SelectMark />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          position="popper"
          aria-label={label ?? "Choices"}
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
      // All of what can be seen of it is its name, the word at its end too.
      aria-labelledby={undefined}
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
