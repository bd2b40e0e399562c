"use client"
import { useMutation } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Copy, Download, FilePlus2, Upload } from "lucide-react"
import dynamic from "next/dynamic"
import { useRef } from "react"
import { problemOf } from "../../api/problem.ts"
import { useSession } from "../../shell/session.tsx"
import { Button } from "../../ui/button.tsx"
import { buttonLook } from "../../ui/button-look.ts"
import { copyText } from "../../ui/copy.ts"
import { shortId } from "../../ui/format.ts"
import { useToast } from "../../ui/toast.tsx"
import { useAsked } from "../../ui/use-asked.ts"
import { uploadArchive } from "../queries.ts"

const PathDialog = dynamic(() => import("./path-dialog.tsx").then((module) => module.PathDialog), {
  ssr: false,
})

interface FilesBarProps {
  projectId: Project["id"]
  taken: readonly string[]
  commit: string | null
}

/** What can be done with all files: a new one, an archive up and down, the address for git. */
export function FilesBar({ projectId, taken, commit }: FilesBarProps) {
  const { offUnless } = useSession()
  const off = offUnless("project:update", "change files")
  const asked = useAsked<true>()
  return (
    <div className="flex flex-wrap items-center gap-2">
      <Button off={off} onClick={() => asked.ask(true)}>
        <FilePlus2 aria-hidden="true" />
        New file
      </Button>
      <UploadButton projectId={projectId} off={off} />
      {commit === null ? null : (
        <a href={`/api/v1/projects/${projectId}/archive`} download className={buttonLook()}>
          <Download aria-hidden="true" />
          Download ZIP
        </a>
      )}
      <CloneButton projectId={projectId} />
      {asked.about ? (
        <PathDialog
          key={String(asked.open)}
          {...{ projectId, taken, commit }}
          open={asked.open}
          onClose={asked.close}
        />
      ) : null}
    </div>
  )
}

function UploadButton({ projectId, off }: { projectId: Project["id"]; off: string | undefined }) {
  const chooser = useRef<HTMLInputElement>(null)
  const say = useToast()
  const upload = useMutation(uploadArchive)
  const send = (file: File) =>
    upload.mutate(
      { params: { projectId }, query: {}, bytes: file },
      {
        onSuccess: ({ id, message }) =>
          say({ glyph: "done", title: `Saved as version ${shortId(id)}`, detail: message }),
        onError: (error) => {
          const { detail } = problemOf(error)
          say({ glyph: "bad", title: "Nothing was uploaded", detail })
        },
      },
    )
  return (
    <>
      <input
        ref={chooser}
        type="file"
        accept=".zip,application/zip"
        aria-label="ZIP archive to upload"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ""
          if (file) send(file)
        }}
      />
      <Button
        off={off}
        busy={upload.isPending ? "Uploading" : undefined}
        onClick={() => chooser.current?.click()}
      >
        <Upload aria-hidden="true" />
        Upload ZIP
      </Button>
    </>
  )
}

function CloneButton({ projectId }: { projectId: Project["id"] }) {
  const say = useToast()
  const copy = async () => {
    const url = `${window.location.origin}/api/v1/projects/${projectId}/git`
    const copied = await copyText(`git clone ${url}`)
    const title = copied ? "Copied the command of git clone" : `git clone ${url}`
    say({ glyph: "done", title, detail: "The password is an API key of the organization." })
  }
  return (
    <Button onClick={copy}>
      <Copy aria-hidden="true" />
      Clone with git
    </Button>
  )
}
