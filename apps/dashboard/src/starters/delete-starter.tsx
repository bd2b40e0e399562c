"use client"
import { useMutation } from "@tanstack/react-query"
import type { Starter } from "@vibecaas/contract/kinds/starters"
import { Trash2 } from "lucide-react"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Dialog } from "../ui/dialog.tsx"
import { Note } from "../ui/note.tsx"
import { deleteStarter } from "./queries.ts"

/** Takes one of the organization's own starters away, once it was asked. */
export function DeleteStarter({ starter }: { starter: Pick<Starter, "id" | "name"> }) {
  const router = useRouter()
  const { organization, paths, offUnless } = useSession()
  const [asking, setAsking] = useState(false)
  const remove = useMutation(deleteStarter)
  const confirm = async () => {
    const request = {
      params: { starterId: starter.id },
      query: { organizationId: organization.id },
    }
    await remove.mutateAsync(request).then(
      () => router.push(paths.starters()),
      () => undefined, // said below
    )
  }
  return (
    <>
      <Button off={offUnless("starter:delete", "delete starters")} onClick={() => setAsking(true)}>
        <Trash2 aria-hidden="true" />
        Delete
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete the starter “${starter.name.en}”?`}
        footer={
          <>
            <Button onClick={() => setAsking(false)}>Cancel</Button>
            <Button
              kind="bad"
              busy={remove.isPending ? "Deleting starter" : undefined}
              onClick={confirm}
            >
              Delete starter
            </Button>
          </>
        }
      >
        <p>Projects that began with it stay as they are. This cannot be undone.</p>
        {remove.error ? (
          <div role="alert">
            <Note tone="bad">{problemOf(remove.error).detail}</Note>
          </div>
        ) : null}
      </Dialog>
    </>
  )
}
