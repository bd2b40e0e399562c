"use client"
import type { Me, Organization } from "@vibecaas/contract/kinds/tenants"
import { DoorClosed } from "lucide-react"
import Link from "next/link"
import { pathsOf } from "../paths.ts"
import { Button } from "../ui/button.tsx"
import { EmptyState } from "../ui/empty-state.tsx"
import { useSignOut } from "./sign-out.ts"

interface ClosedProps {
  me: Me
  organization: Organization
}

/** In place of every page of an organization that who runs the installation has disabled. */
export function ClosedOrganization({ me, organization }: ClosedProps) {
  const signOut = useSignOut()
  const others = me.organizations.filter(({ disabled }) => disabled === null)
  return (
    <main className="grid min-h-dvh place-items-center">
      <EmptyState
        icon={DoorClosed}
        title={`${organization.name} is disabled`}
        action={<Button onClick={() => void signOut()}>Sign out</Button>}
      >
        <p>
          Whoever runs this installation closed it: {organization.disabled}. What it has is kept.
        </p>
        {others.map(({ id, name, slug }) => (
          <p key={id} className="mt-2">
            <Link href={pathsOf(slug).projects()} className="link">
              Open {name}
            </Link>
          </p>
        ))}
      </EmptyState>
    </main>
  )
}
