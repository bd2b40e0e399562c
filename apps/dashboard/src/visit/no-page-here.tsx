"use client"
import { SearchX } from "lucide-react"
import Link from "next/link"
import { useSession } from "../shell/session.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { EmptyState } from "../ui/empty-state.tsx"
import { Page } from "../ui/page-head.tsx"
import { Panel } from "../ui/panel.tsx"

/** What stands in the frame at an address of the organization that leads to nothing. */
export function NoPageHere() {
  const { paths } = useSession()
  return (
    <Page>
      <h1 className="sr-only">There is no such page</h1>
      <Panel label="No such page">
        <EmptyState
          icon={SearchX}
          title="There is no such page"
          action={
            <Link href={paths.projects()} className={buttonLook()}>
              Show projects
            </Link>
          }
        >
          The address may be mistyped, or what it showed was deleted.
        </EmptyState>
      </Panel>
    </Page>
  )
}
