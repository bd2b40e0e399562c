"use client"
import { attachmentsMax } from "@vibecaas/contract/attachment-limits"
import { Paperclip } from "lucide-react"
import { useRef } from "react"
import { Button } from "../ui/button.tsx"
import type { Attachments } from "./use-attachments.ts"

/** Chooses files; they can be pasted and dropped into the box as well. */
export function AttachButton({
  attachments,
  off,
}: {
  attachments: Attachments
  off: string | undefined
}) {
  const input = useRef<HTMLInputElement>(null)
  const full =
    attachments.items.length >= attachmentsMax
      ? `At most ${attachmentsMax} files can be sent at once.`
      : undefined
  return (
    <>
      <Button
        size="sm"
        kind="ghost"
        icon
        aria-label="Attach files"
        title="Attach images, text, CSV, JSON or PDF; or paste or drop them here"
        off={off ?? full}
        onClick={() => input.current?.click()}
        className="max-md:size-9"
      >
        <Paperclip aria-hidden="true" />
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to attach"
        onChange={({ target }) => {
          attachments.add(target.files ?? [])
          // The same file can be chosen again after it was removed.
          target.value = ""
        }}
      />
    </>
  )
}

/** What is wrong with files, one sentence each. */
export const wrongFiles = ({ items }: Attachments): string | undefined =>
  items.flatMap(({ wrong }) => (wrong ? [wrong] : [])).join(" ") || undefined

/** Files in what was pasted or dropped. */
export const filesIn = (data: DataTransfer | null): File[] => [...(data?.files ?? [])]
