"use client"
import { useMutation } from "@tanstack/react-query"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import { Trash2 } from "lucide-react"
import { LazyDeleteDialog } from "../form/lazy-delete-dialog.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { useAsked } from "../ui/use-asked.ts"
import { deleteMachine } from "./queries.ts"

/** Deletes a machine by its typed name; the dialog is loaded when it is first wanted. */
export function DeleteMachine({ machine, name }: { machine: Machine; name: string }) {
  const { offUnless } = useSession()
  const { about, open, ask, close } = useAsked<true>()
  const remove = useMutation(deleteMachine)
  const going = machine.wanted === "gone"
  return (
    <>
      <Button
        size="sm"
        off={
          offUnless("machine:delete", "delete machines") ??
          (going ? "It is being deleted already." : undefined)
        }
        onClick={() => ask(true)}
      >
        <Trash2 aria-hidden="true" strokeWidth={1.75} />
        Delete
      </Button>
      {about ? (
        <LazyDeleteDialog
          noun="machine"
          name={name}
          open={open}
          going={going}
          onDelete={() => remove.mutateAsync({ params: { machineId: machine.id } })}
          onClose={close}
          onDeleted={close}
        >
          Its data and the app on it are removed, then checked to be gone; the project’s files and
          their history stay.
        </LazyDeleteDialog>
      ) : null}
    </>
  )
}
