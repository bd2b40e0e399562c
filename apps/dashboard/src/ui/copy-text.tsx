"use client"
import { Check, Copy } from "lucide-react"
import { useId, useRef, useState } from "react"
import { Button } from "./button.tsx"
import { cn } from "./cn.ts"
import { copyText } from "./copy.ts"

interface CopyTextProps {
  /** names the text, e.g. "Secret" */
  label: string
  text: string
  /** broken where the line ends, so that all of it is seen */
  wraps?: boolean
}

/** A text to take along: shown whole, and copied by a button that says whether it was. */
export function CopyText({ label, text, wraps }: CopyTextProps) {
  const [copied, setCopied] = useState<"yes" | "no">()
  const block = useRef<HTMLPreElement>(null)
  const id = useId()
  const copy = async () => {
    const done = await copyText(text)
    setCopied(done ? "yes" : "no")
    if (!done && block.current) getSelection()?.selectAllChildren(block.current)
  }
  const Icon = copied === "yes" ? Check : Copy
  return (
    <div className="grid min-w-0 gap-1.5">
      <div className="flex items-center justify-between gap-2">
        <span id={id} className="text-13 font-medium text-fg">
          {label}
        </span>
        <Button size="sm" aria-label={`Copy ${label.toLowerCase()}`} onClick={copy}>
          <Icon aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
          {copied === "yes" ? "Copied" : "Copy"}
        </Button>
      </div>
      <figure
        aria-labelledby={id}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        className="overflow-x-auto rounded-2 border border-line bg-sunken px-3 py-2"
      >
        <pre
          ref={block}
          className={cn("mono text-12 text-fg", wraps && "break-all whitespace-pre-wrap")}
        >
          {text}
        </pre>
      </figure>
      <p role="status" className="text-12 text-fg-3">
        {copied === "no" ? "This browser does not let pages copy. It is selected: copy it." : null}
        {copied === "yes" ? <span className="sr-only">Copied</span> : null}
      </p>
    </div>
  )
}
