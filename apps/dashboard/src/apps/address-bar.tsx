"use client"
import type { App } from "@vibecaas/contract/kinds/apps"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { ArrowLeft, ExternalLink, Globe, Lock, RotateCw } from "lucide-react"
import { type FormEvent, useState } from "react"
import { hostOf } from "../projects/preview-address.ts"
import { Button } from "../ui/button.tsx"
import { useOpenPreview } from "./open-preview.ts"

interface AddressBarProps {
  project: Project
  draftOf: App["draftOf"]
  /** where the frame is */
  path: string
  there: boolean
  mayGoBack: boolean
  back(): void
  reload(): void
  goTo(path: string): void
}

/** The address of the app with where in it the frame is: typed into, it leads there. */
export function AddressBar(props: AddressBarProps) {
  const { project, draftOf, path, there, mayGoBack, back, reload, goTo } = props
  const open = useOpenPreview(project, draftOf, path)
  const [typed, setTyped] = useState<string>()
  const Privacy = project.preview === "private" || draftOf !== null ? Lock : Globe
  const off = there ? undefined : "Nothing runs yet."
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (typed === undefined) return
    goTo(`/${typed.trim().replace(/^\/+/, "")}`)
    setTyped(undefined)
  }
  return (
    <div className="flex items-center gap-1 border-b border-line bg-bg px-3 py-2">
      <Button
        kind="ghost"
        size="sm"
        icon
        aria-label="Back in the preview"
        off={off ?? (mayGoBack ? undefined : "This is the first page.")}
        onClick={back}
      >
        <ArrowLeft aria-hidden="true" />
      </Button>
      <form
        onSubmit={submit}
        aria-label="Address in the preview"
        className="flex h-7 min-w-0 flex-1 items-center gap-1.5 rounded-2 border border-line bg-sunken px-2 text-12 text-fg-2 has-focus:outline-2 has-focus:-outline-offset-1 has-focus:outline-focus"
      >
        <Privacy aria-hidden="true" className="size-3.5 flex-none" strokeWidth={1.75} />
        <span className="max-w-[60%] flex-none truncate text-fg-3">
          {draftOf !== null ? "Draft" : hostOf(project.previewUrl)}
        </span>
        <input
          aria-label="Path in the app"
          value={typed ?? path}
          disabled={!there}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => setTyped(undefined)}
          onKeyDown={(event) => event.key === "Escape" && setTyped(undefined)}
          className="min-w-0 flex-1 bg-transparent outline-none"
        />
      </form>
      <Button kind="ghost" size="sm" icon aria-label="Reload preview" off={off} onClick={reload}>
        <RotateCw aria-hidden="true" />
      </Button>
      <Button kind="ghost" size="sm" icon aria-label="Open in a new tab" off={off} onClick={open}>
        <ExternalLink aria-hidden="true" />
      </Button>
    </div>
  )
}
