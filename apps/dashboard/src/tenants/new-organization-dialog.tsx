"use client"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useRouter } from "next/navigation"
import { read } from "../api/read.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { pathsOf } from "../paths.ts"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"
import { createOrganization } from "./queries.ts"

/** Asks what a new organization is called, and leads to it. */
export function NewOrganizationDialog({ onClose }: { onClose(): void }) {
  const router = useRouter()
  const client = useQueryClient()
  const create = useMutation(createOrganization)
  const form = useForm({
    values: { name: "" },
    body: ({ name }) => ({ name: name.trim() }),
    schema: () => schemaOf("POST /organizations"),
    send: (_, { name }) => create.mutateAsync({ body: { name: name.trim() } }),
    done: async ({ slug }) => {
      // Its pages are nobody's for a page that does not know of it.
      await client.refetchQueries({ queryKey: read("GET /me").queryKey })
      router.push(pathsOf(slug).projects())
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} title="New organization">
      <Form form={form} label="New organization">
        <p>It has its own projects, people and limits. You are its owner.</p>
        <TextField
          label="Name"
          autoComplete="organization"
          placeholder="Halden Works"
          {...form.text("name")}
        />
        <DialogButtons onCancel={onClose}>
          <Button
            type="submit"
            kind="main"
            busy={form.pending ? "Creating organization" : undefined}
          >
            Create organization
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
