"use client"
import { Check, Copy } from "lucide-react"
import { useState } from "react"
import { cn } from "./cn.ts"
import { copyText } from "./copy.ts"
import { shortId } from "./format.ts"

interface CopyIdProps {
  id: string
  /** what it is the id of, for the button's name */
  noun?: string
  whole?: boolean
  className?: string
}

/** An id that copies itself on click. */
export function CopyId({ id, noun = "id", whole, className }: CopyIdProps) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    // Where it is refused, the id can still be selected.
    if (!(await copyText(id))) return
    setCopied(true)
    setTimeout(() => setCopied(false), 1500)
  }
  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      onClick={copy}
      title={id}
      className={cn(
        "inline-flex items-center gap-1 rounded-1 font-mono text-12 whitespace-nowrap text-fg-3 hover:text-fg",
        className,
      )}
    >
      <span className="sr-only">
        {copied ? "Copied" : "Copy"} {noun}{" "}
      </span>
      {whole ? id : shortId(id)}
      <Icon aria-hidden="true" className="size-3.5 flex-none" strokeWidth={1.75} />
    </button>
  )
}
