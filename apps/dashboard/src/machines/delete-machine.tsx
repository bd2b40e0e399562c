"use client"
import { useMutation } from "@tanstack/react-query"
import type { Machine } from "@vibecaas/contract/kinds/machines"
import { Trash2 } from "lucide-react"
import dynamic from "next/dynamic"
import { useState } from "react"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { deleteMachine } from "./queries.ts"

const DeleteDialog = dynamic(
  () => import("../form/delete-dialog.tsx").then((module) => module.DeleteDialog),
  { ssr: false },
)

/** Deletes a machine by its typed name; the dialog is loaded when it is first wanted. */
export function DeleteMachine({ machine, name }: { machine: Machine; name: string }) {
  const { offUnless } = useSession()
  const [asked, setAsked] = useState<"open" | "closed">()
  const remove = useMutation(deleteMachine)
  const going = machine.wanted === "gone"
  const close = () => setAsked("closed")
  return (
    <>
      <Button
        size="sm"
        off={
          offUnless("machine:delete", "delete machines") ??
          (going ? "It is being deleted already." : undefined)
        }
        onClick={() => setAsked("open")}
      >
        <Trash2 aria-hidden="true" strokeWidth={1.75} />
        Delete
      </Button>
      {asked ? (
        <DeleteDialog
          noun="machine"
          name={name}
          open={asked === "open"}
          going={going}
          onDelete={() => remove.mutateAsync({ params: { machineId: machine.id } })}
          onClose={close}
          onDeleted={close}
        >
          Its data and the app on it are removed, then checked to be gone; the project’s files and
          their history stay.
        </DeleteDialog>
      ) : null}
    </>
  )
}
