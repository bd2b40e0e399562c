"use client"
import { Check, Copy } from "lucide-react"
import { useState } from "react"
import { copyText } from "../ui/copy.ts"
import { useToast } from "../ui/toast.tsx"
import { hostOf } from "./preview-address.ts"

/** Where an app is, to pass on: the host is read, the whole address copied. */
export function CopyAddress({ url }: { url: string }) {
  const say = useToast()
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    const done = await copyText(url)
    setCopied(done)
    if (!done) say({ glyph: "bad", title: "This browser does not let pages copy", detail: url })
  }
  const Icon = copied ? Check : Copy
  return (
    <button
      type="button"
      title={url}
      aria-label={`${copied ? "Copied" : "Copy"} address ${hostOf(url)}`}
      onClick={copy}
      className="inline-flex min-w-0 items-center gap-1 rounded-1 text-fg-3 hover:text-fg max-md:min-h-6"
    >
      <span className="truncate">{hostOf(url)}</span>
      <Icon aria-hidden="true" className="size-3.5 flex-none" strokeWidth={1.75} />
    </button>
  )
}
