import { Search } from "lucide-react"
import type { Ref } from "react"
import { cn } from "./cn.ts"
import { inputLook } from "./field.tsx"

interface SearchFieldProps {
  /** what is searched, e.g. "Filter by name or goal" */
  label: string
  value: string
  onChange(text: string): void
  /** the key that leads here, e.g. "/" */
  shortcut?: string
  ref?: Ref<HTMLInputElement>
}

/** Narrows a list by what is typed; at the end of the list's row of filters. */
export function SearchField({ label, value, onChange, shortcut, ref }: SearchFieldProps) {
  return (
    <div className="relative ml-auto w-65 max-md:w-full">
      <Search
        aria-hidden="true"
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-fg-3"
      />
      <input
        ref={ref}
        type="search"
        aria-label={label}
        placeholder={label}
        aria-keyshortcuts={shortcut}
        maxLength={60}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        className={cn(inputLook, "pl-8")}
      />
    </div>
  )
}
