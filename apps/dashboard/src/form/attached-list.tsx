"use client"
import { CircleAlert, FileText, Loader2, X } from "lucide-react"
import { Button } from "../ui/button.tsx"
import { cn } from "../ui/cn.ts"
import { bytes } from "../ui/format.ts"
import type { AttachedItem, Attachments } from "./use-attachments.ts"

/** What will be sent with the words, each with a way to leave it out. */
export function AttachedList({ attachments }: { attachments: Attachments }) {
  const { items, remove } = attachments
  return (
    <ul aria-label="Attached files" className="flex flex-wrap gap-2 px-2 pt-2">
      {items.map((item) => (
        <li
          key={item.key}
          className={cn(
            "flex h-11 max-w-60 items-center gap-2 rounded-2 border border-line-2 bg-bg-2 pr-1 pl-1",
            item.wrong && "border-bad-fg",
          )}
        >
          <Face item={item} />
          <span className="min-w-0">
            <span className="block truncate text-12 font-medium">{item.name}</span>
            <span className="block text-11 text-fg-3">
              {item.wrong ? "Cannot be sent" : item.id ? bytes(item.size) : "Uploading"}
            </span>
          </span>
          <Button
            size="sm"
            kind="ghost"
            icon
            aria-label={`Remove ${item.name}`}
            onClick={() => remove(item.key)}
          >
            <X aria-hidden="true" />
          </Button>
        </li>
      ))}
    </ul>
  )
}

function Face({ item }: { item: AttachedItem }) {
  const look = "flex size-9 flex-none items-center justify-center rounded-1 bg-sunken text-fg-3"
  if (item.wrong)
    return <CircleAlert aria-hidden="true" className="mx-2.5 size-4 flex-none text-bad-fg" />
  if (item.preview) {
    return (
      <img
        src={item.preview}
        alt=""
        className={cn(look, "object-cover", !item.id && "opacity-50")}
      />
    )
  }
  return (
    <span className={look}>
      {item.id ? (
        <FileText aria-hidden="true" className="size-4" />
      ) : (
        <Loader2 aria-hidden="true" className="size-4 motion-safe:animate-spin" />
      )}
    </span>
  )
}
