"use client"
import { useMutation } from "@tanstack/react-query"
import type { Store, StoreBackup } from "@vibecaas/contract/store"
import { Upload } from "lucide-react"
import dynamic from "next/dynamic"
import { useRouter } from "next/navigation"
import { useRef } from "react"
import { problemOf } from "../api/problem.ts"
import { ConfirmDialog } from "../form/confirm-dialog.tsx"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { useToast } from "../ui/toast.tsx"
import { deleteBackup, uploadBackup } from "./queries.ts"

const NewStoreDialog = dynamic(
  () => import("./new-store-dialog.tsx").then((module) => module.NewStoreDialog),
  { ssr: false },
)

/** Why nothing can be made of a backup; nothing when something can. */
export const notWhole = (backup: StoreBackup) =>
  backup.state === "kept" ? undefined : "It is not whole."

/** The way to have a backup oneself. Its data hold what customers wrote, so not everybody may. */
export function DownloadBackup({ backup, name }: { backup: StoreBackup; name: string }) {
  const { offUnless } = useSession()
  const off = offUnless("store:reveal", "download backups") ?? notWhole(backup)
  const label = `Download ${name}`
  if (off) {
    return (
      <Button size="sm" off={off} aria-label={label}>
        Download
      </Button>
    )
  }
  return (
    <a
      href={`/api/v1/store-backups/${backup.id}/archive`}
      download
      aria-label={label}
      className={buttonLook({ size: "sm" })}
    >
      Download
    </a>
  )
}

/** Takes an archive in, for a store or for none. */
export function UploadBackup({ store }: { store?: Store }) {
  const { offUnless, organization } = useSession()
  const chooser = useRef<HTMLInputElement>(null)
  const say = useToast()
  const upload = useMutation(uploadBackup)
  const send = (file: File) =>
    upload.mutate(
      {
        query: { organizationId: organization.id, ...(store ? { storeId: store.id } : {}) },
        bytes: file,
      },
      {
        onSuccess: ({ engine, version }) =>
          say({ glyph: "done", title: "Backup uploaded", detail: `${engine} ${version}` }),
        onError: (error) =>
          say({ glyph: "bad", title: "Nothing was uploaded", detail: problemOf(error).detail }),
      },
    )
  return (
    <>
      <input
        ref={chooser}
        type="file"
        accept=".tar,application/x-tar"
        aria-label="Backup to upload"
        hidden
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ""
          if (file) send(file)
        }}
      />
      <Button
        size="sm"
        off={offUnless("store:create", "upload backups")}
        busy={upload.isPending ? "Uploading" : undefined}
        onClick={() => chooser.current?.click()}
      >
        <Upload aria-hidden="true" />
        Upload backup
      </Button>
    </>
  )
}

interface DialogProps {
  backup: StoreBackup
  open: boolean
  onClose(): void
}

/** Another store that begins with the data of this one. */
export function NewStoreFrom({ backup, open, onClose }: DialogProps) {
  const { paths } = useSession()
  const router = useRouter()
  return (
    <NewStoreDialog
      key={backup.id}
      from={backup}
      open={open}
      onClose={onClose}
      onMade={({ id }) => router.push(paths.store(id))}
    />
  )
}

export function DeleteBackup({ backup, open, onClose }: DialogProps) {
  const remove = useMutation(deleteBackup)
  return (
    <ConfirmDialog
      open={open}
      title="Delete this backup?"
      verb="Delete backup"
      doing="Deleting backup"
      act={remove}
      onConfirm={async () => {
        await remove.mutateAsync({ params: { backupId: backup.id } })
        onClose()
      }}
      onClose={onClose}
    >
      <p>The data in it are gone for good. What runs now is not touched.</p>
    </ConfirmDialog>
  )
}
