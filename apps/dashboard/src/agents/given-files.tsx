import type { Run } from "@vibecaas/contract/kinds/agents"
import { FileText } from "lucide-react"
import { bytes } from "../ui/format.ts"

interface GivenFilesProps {
  run: Pick<Run, "id" | "attachments">
  /** the number of the message they came with; null: they came with the goal */
  message: number | null
}

/** Files that somebody gave, each saved by a click. */
export function GivenFiles({ run, message }: GivenFilesProps) {
  const files = run.attachments.filter((file) => file.message === message)
  if (files.length === 0) return null
  return (
    <ul aria-label="Files given" className="mt-1.5 mb-1 flex flex-wrap gap-2">
      {files.map(({ id, name, kind, bytes: size, path }) => {
        const src = `/api/v1/agents/runs/${run.id}/attachments/${id}`
        return (
          <li key={id}>
            <a
              href={src}
              download={name}
              title={`Agents read it at ${path}`}
              className="flex h-11 max-w-60 items-center gap-2 rounded-2 border border-line-2 bg-bg pr-2.5 pl-1 hover:bg-hover"
            >
              {kind === "image" ? (
                <img
                  src={src}
                  alt=""
                  loading="lazy"
                  className="size-9 flex-none rounded-1 bg-sunken object-cover"
                />
              ) : (
                <span className="flex size-9 flex-none items-center justify-center rounded-1 bg-sunken text-fg-3">
                  <FileText aria-hidden="true" className="size-4" />
                </span>
              )}
              <span className="min-w-0">
                <span className="block truncate text-12 font-medium">{name}</span>
                <span className="block text-11 text-fg-3">{bytes(size)}</span>
              </span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}
