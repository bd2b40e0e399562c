"use client"
import { ChevronDown } from "lucide-react"
import { useState } from "react"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { count } from "../ui/format.ts"

interface PreviewErrorsProps {
  errors: readonly string[]
  path: string
  /** writes a request for the agents */
  onRepair: ((prompt: string) => void) | undefined
}

/** What failed in the page of the preview, and the way to have it mended. */
export function PreviewErrors({ errors, path, onRepair }: PreviewErrorsProps) {
  const [open, setOpen] = useState(false)
  if (errors.length === 0) return null
  const prompt = `Repair what fails on the page ${path}: ${errors.slice(0, 3).join("; ")}`
  return (
    <section aria-label="Errors of the page" className="border-b border-line bg-bg px-3 py-1.5">
      <div className="flex flex-wrap items-center gap-2">
        <Button size="sm" kind="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
          <span className="st st-bad">{count(errors.length, "error")} in this page</span>
          <ChevronDown aria-hidden="true" className={cn(open && "rotate-180")} />
        </Button>
        {onRepair ? (
          <Button size="sm" onClick={() => onRepair(prompt)} className="ml-auto">
            Ask for repair
          </Button>
        ) : null}
      </div>
      {open ? (
        <ul className="mt-1 grid max-h-40 gap-1 overflow-y-auto font-mono text-12 text-fg-2">
          {errors.map((error) => (
            <li key={error} className="[overflow-wrap:anywhere]">
              {error}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}
