"use client"
import type { Project } from "@vibecaas/contract/kinds/projects"
import dynamic from "next/dynamic"
import { useSession } from "../shell/session.tsx"
import { Panel } from "../ui/panel.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"

const Access = dynamic(() => import("./project-access.tsx").then((module) => module.Access), {
  ssr: false,
  loading: () => (
    <div className="p-4">
      <SkeletonLines what="access" />
    </div>
  ),
})

/** Who may do what in one project beside their role. */
export function AccessPanel({ project }: { project: Project }) {
  const { can, offUnless } = useSession()
  if (!can("project:share")) {
    return (
      <Panel title="Access">
        <p className="p-4 text-13 text-fg-2">{offUnless("project:share", "share this project")}</p>
      </Panel>
    )
  }
  return (
    <Panel title="Access">
      <Access project={project} />
    </Panel>
  )
}
