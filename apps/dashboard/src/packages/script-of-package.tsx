"use client"
import { useMutation } from "@tanstack/react-query"
import type { InstalledPackage } from "@vibecaas/contract/kinds/packages"
import type { Project } from "@vibecaas/contract/kinds/projects"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { allowScript } from "./queries.ts"

interface ScriptOfPackageProps {
  projectId: Project["id"]
  of: Pick<InstalledPackage, "name" | "script">
}

/** What becomes of the script that a package has for its installation. */
export function ScriptOfPackage({ projectId, of: { name, script } }: ScriptOfPackageProps) {
  const { offUnless } = useSession()
  const change = useMutation(allowScript)
  if (script === null) return null
  const allowed = script === "allowed"
  const set = () => change.mutate({ params: { projectId }, body: { name, allowed: !allowed } })
  return (
    <span className="mt-1 flex flex-wrap items-center gap-2 font-sans text-12 text-fg-3">
      {allowed ? "Its install script may run." : "Its install script is skipped."}
      <Button
        size="sm"
        off={offUnless("project:update", "allow scripts of packages")}
        busy={change.isPending ? "Saving" : undefined}
        aria-label={allowed ? `Skip the script of ${name}` : `Allow the script of ${name}`}
        onClick={set}
      >
        {allowed ? "Skip" : "Allow"}
      </Button>
    </span>
  )
}
