"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Plus } from "lucide-react"
import dynamic from "next/dynamic"
import { useRouter } from "next/navigation"
import { useState } from "react"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"

const AddMachineDialog = dynamic(
  () => import("./add-machine-dialog.tsx").then((module) => module.AddMachineDialog),
  { ssr: false },
)

/** Asks for a further machine; the dialog is loaded when it is first wanted. */
export function AddMachine({ project }: { project: Project }) {
  const { offUnless, paths } = useSession()
  const router = useRouter()
  const [asked, setAsked] = useState<"open" | "closed">()
  const close = () => setAsked("closed")
  return (
    <>
      <Button
        size="sm"
        off={
          offUnless("machine:operate", "add machines") ??
          (project.state === "deleting" ? "The project is being deleted." : undefined)
        }
        onClick={() => setAsked("open")}
      >
        <Plus aria-hidden="true" strokeWidth={1.75} />
        Add a machine
      </Button>
      {asked ? (
        <AddMachineDialog
          open={asked === "open"}
          projectId={project.id}
          onClose={close}
          onAdded={({ id, projectId }) => {
            close()
            router.push(paths.machine(projectId, id))
          }}
        />
      ) : null}
    </>
  )
}
