"use client"
import { useMutation } from "@tanstack/react-query"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { Field, inputLook, TextField } from "../ui/field.tsx"
import { Segmented } from "../ui/segmented.tsx"
import { GitFields, type TypedGit } from "./git-fields.tsx"
import { importFromArchive, importFromGit } from "./queries.ts"

const ways = [
  { value: "git", label: "Git repository" },
  { value: "archive", label: "ZIP archive" },
] as const

interface ImportProps {
  open: boolean
  onClose(): void
}

/** Begins a project with files that are somewhere else. */
export function ImportDialog({ open, onClose }: ImportProps) {
  const [way, setWay] = useState<(typeof ways)[number]["value"]>("git")
  return (
    <Dialog open={open} onClose={onClose} title="Import a project">
      <Segmented label="Import from" value={way} segments={ways} onChange={setWay} />
      {way === "git" ? <GitForm onClose={onClose} /> : <ArchiveForm onClose={onClose} />}
    </Dialog>
  )
}

function GitForm({ onClose }: Pick<ImportProps, "onClose">) {
  const router = useRouter()
  const { organization, paths } = useSession()
  const send = useMutation(importFromGit)
  const form = useForm({
    values: { url: "", branch: "", token: "", name: "" },
    body: (typed) => bodyOf(typed, organization.id),
    schema: () => schemaOf("POST /imports"),
    send: (_, typed) => send.mutateAsync({ body: bodyOf(typed, organization.id) }),
    done: ({ id }) => router.push(paths.project(id)),
    leaves: true,
  })
  return (
    <Form form={form} label="Import from git">
      <GitFields form={form} />
      <TextField
        label="Name (optional)"
        help="Taken from the address when it is empty."
        {...form.text("name")}
      />
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Importing" : undefined}>
          Import
        </Button>
      </DialogButtons>
    </Form>
  )
}

interface TypedImport extends TypedGit {
  name: string
}

type OrganizationId = ReturnType<typeof useSession>["organization"]["id"]

function bodyOf(typed: TypedImport, organizationId: OrganizationId) {
  const given = Object.entries({ branch: typed.branch, token: typed.token, name: typed.name })
    .map(([key, value]) => [key, value.trim()] as const)
    .filter(([, value]) => value !== "")
  return { organizationId, url: typed.url.trim(), ...Object.fromEntries(given) }
}

function ArchiveForm({ onClose }: Pick<ImportProps, "onClose">) {
  const router = useRouter()
  const { organization, paths } = useSession()
  const [file, setFile] = useState<File>()
  const send = useMutation(importFromArchive)
  const missing = "Choose a ZIP archive first."
  const form = useForm({
    values: { name: "", file: "" },
    body: (typed) => ({ name: typed.name.trim() }),
    check: () => ({ file: file ? undefined : missing }),
    send: (_, typed) =>
      send.mutateAsync({
        query: { organizationId: organization.id, name: typed.name.trim() },
        // Looked at by `check` before it is sent.
        bytes: file as File,
      }),
    done: ({ id }) => router.push(paths.project(id)),
    leaves: true,
  })
  const choose = (chosen: File | undefined) => {
    setFile(chosen)
    form.state.clearErrors("file")
    if (chosen && form.state.getValues("name").trim() === "")
      form.set({ name: nameOf(chosen.name) })
  }
  return (
    <Form form={form} label="Import an archive">
      <Field
        label="Archive"
        help="At most 20 MiB. What programs make anew, such as node_modules, is left out."
        error={form.errorAt("file")}
      >
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".zip,application/zip"
            className={`${inputLook} h-auto py-1.5`}
            onChange={({ target }) => choose(target.files?.[0])}
          />
        )}
      </Field>
      <TextField label="Name" {...form.text("name")} />
      <DialogButtons onCancel={onClose}>
        <Button type="submit" kind="main" busy={form.pending ? "Importing" : undefined}>
          Import
        </Button>
      </DialogButtons>
    </Form>
  )
}

/** "Reading list" of `reading-list.zip` */
function nameOf(file: string): string {
  const words = file
    .replace(/\.zip$/i, "")
    .replaceAll(/[-_.\s]+/g, " ")
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1, 60)
}
