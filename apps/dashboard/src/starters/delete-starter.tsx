"use client"
import type { Starter } from "@vibecaas/contract/kinds/starters"
import { Trash2 } from "lucide-react"
import dynamic from "next/dynamic"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { useAsked } from "../ui/use-asked.ts"

const DeleteStarterDialog = dynamic(
  () => import("./delete-starter-dialog.tsx").then((module) => module.DeleteStarterDialog),
  { ssr: false },
)

/** Takes one of the organization's own starters away, once it was asked. */
export function DeleteStarter({ starter }: { starter: Pick<Starter, "id" | "name"> }) {
  const { offUnless } = useSession()
  const { about, open, ask, close } = useAsked<true>()
  return (
    <>
      <Button off={offUnless("starter:delete", "delete starters")} onClick={() => ask(true)}>
        <Trash2 aria-hidden="true" />
        Delete
      </Button>
      {about ? <DeleteStarterDialog starter={starter} open={open} onClose={close} /> : null}
    </>
  )
}
