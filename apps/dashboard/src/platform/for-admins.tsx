"use client"
import { ShieldX } from "lucide-react"
import type { ReactNode } from "react"
import { useSession } from "../shell/session.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { Panel } from "../ui/panel.tsx"

/** What only those who run the installation see; others are told so. */
export function ForAdmins({ label, children }: { label: string; children: ReactNode }) {
  if (useSession().can("platform-admin")) return children
  return (
    <Panel label={label}>
      <EmptyState icon={ShieldX} title="Only platform admins see this">
        Ask who runs this installation.
      </EmptyState>
    </Panel>
  )
}
