"use client"
import {
  attachedBytesMax,
  attachmentBytesMax,
  attachmentsMax,
} from "@vibecaas/contract/attachment-limits"
import { useEffect, useRef, useState } from "react"
import { call } from "../api/call.ts"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { bytes } from "../ui/format.ts"

export interface AttachedItem {
  key: number
  name: string
  /** in bytes, as it is sent */
  size: number
  /** an address of this page's, for an image */
  preview: string | undefined
  id: string | undefined
  /** why it cannot be sent */
  wrong: string | undefined
}

/** Files that wait to be sent with what is written in a box; each is uploaded as soon as it is chosen. */
export interface Attachments {
  items: readonly AttachedItem[]
  add(files: Iterable<File>): void
  remove(key: number): void
  /** they were sent */
  clear(): void
  /** ids of those that are uploaded, as the part of a request */
  body(): { attachments?: AttachmentIds }
  /** why what is written cannot be sent yet */
  off: string | undefined
}

type AttachmentIds = `att_${string}`[]

let keys = 0

export function useAttachments(): Attachments {
  const { organization } = useSession()
  const [items, setItems] = useState<readonly AttachedItem[]>([])
  const latest = useRef(items)
  latest.current = items
  useEffect(() => () => latest.current.forEach(forget), [])
  const change = (key: number, set: Partial<AttachedItem>) =>
    setItems((all) => all.map((item) => (item.key === key ? { ...item, ...set } : item)))
  const removeUploaded = ({ id }: AttachedItem) => {
    if (id === undefined) return
    const params = { attachmentId: id as AttachmentIds[number] }
    // One that stays goes by itself after a day.
    const query = { organizationId: organization.id }
    call("DELETE /attachments/{attachmentId}", { params, query }).catch(() => undefined)
  }
  const upload = async (item: AttachedItem, chosen: File) => {
    try {
      const { smallerImage } = await import("./smaller-image.ts")
      const file = await smallerImage(chosen)
      change(item.key, { size: file.size, name: file.name })
      if (file.size > attachmentBytesMax) {
        const wrong = `${file.name} has ${bytes(file.size)}; a file may have ${bytes(attachmentBytesMax)}.`
        return change(item.key, { wrong })
      }
      const query = { organizationId: organization.id, name: file.name }
      const { id } = await call("POST /attachments", { query, bytes: file })
      if (latest.current.some(({ key }) => key === item.key)) change(item.key, { id })
      else removeUploaded({ ...item, id })
    } catch (error) {
      change(item.key, { wrong: sentence(item.name, problemOf(error).detail) })
    }
  }
  return {
    items,
    add: (files) => {
      for (const file of files) {
        const item = itemOf(file)
        setItems((all) => [...all, item])
        void upload(item, file)
      }
    },
    remove: (key) => {
      const item = items.find((each) => each.key === key)
      setItems((all) => all.filter((each) => each.key !== key))
      if (!item) return
      forget(item)
      removeUploaded(item)
    },
    clear: () => {
      latest.current.forEach(forget)
      setItems([])
    },
    body: () => {
      // The server made them.
      const ids = latest.current.flatMap(({ id }) => (id ? [id] : [])) as AttachmentIds
      return ids.length > 0 ? { attachments: ids } : {}
    },
    off: offOf(items),
  }
}

function itemOf(file: File): AttachedItem {
  keys += 1
  const preview = file.type.startsWith("image/") ? addressOf(file) : undefined
  const name = file.name || "pasted file"
  return { key: keys, name, size: file.size, preview, id: undefined, wrong: undefined }
}

function addressOf(file: File): string | undefined {
  // What a browser draws in an <img> runs nothing.
  return typeof URL.createObjectURL === "function" ? URL.createObjectURL(file) : undefined
}

function forget({ preview }: AttachedItem): void {
  if (preview) URL.revokeObjectURL(preview)
}

const sentence = (name: string, detail: string) =>
  detail.includes(name) ? detail : `${name}: ${detail}`

function offOf(items: readonly AttachedItem[]): string | undefined {
  const wrong = items.find((item) => item.wrong !== undefined)
  if (wrong) return `Remove ${wrong.name} first: it cannot be sent.`
  if (items.length > attachmentsMax) return `At most ${attachmentsMax} files can be sent at once.`
  if (items.reduce((sum, { size }) => sum + size, 0) > attachedBytesMax) {
    return `The files may have ${bytes(attachedBytesMax)} together. Remove some.`
  }
  return items.some(({ id }) => id === undefined)
    ? "The files are still being uploaded."
    : undefined
}
