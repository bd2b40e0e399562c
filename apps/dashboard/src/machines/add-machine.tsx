"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { Plus } from "lucide-react"
import dynamic from "next/dynamic"
import { useRouter } from "next/navigation"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { useAsked } from "../ui/use-asked.ts"

const AddMachineDialog = dynamic(
  () => import("./add-machine-dialog.tsx").then((module) => module.AddMachineDialog),
  { ssr: false },
)

/** Asks for a further machine; the dialog is loaded when it is first wanted. */
export function AddMachine({ project }: { project: Project }) {
  const { offUnless, paths } = useSession()
  const router = useRouter()
  const { about, open, ask, close } = useAsked<true>()
  return (
    <>
      <Button
        size="sm"
        off={
          offUnless("machine:operate", "add machines") ??
          (project.state === "deleting" ? "The project is being deleted." : undefined)
        }
        onClick={() => ask(true)}
      >
        <Plus aria-hidden="true" strokeWidth={1.75} />
        Add a machine
      </Button>
      {about ? (
        <AddMachineDialog
          open={open}
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
