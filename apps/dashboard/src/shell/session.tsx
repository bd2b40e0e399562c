"use client"
import { useQuery } from "@tanstack/react-query"
import type { Me, Organization } from "@vibecaas/contract/kinds/tenants"
import type { Permission } from "@vibecaas/contract/permissions"
import { createContext, type ReactNode, useContext } from "react"
import { read } from "../api/read.ts"
import type { Right } from "../kind.ts"
import { type Paths, pathsOf } from "../paths.ts"

export interface Session {
  me: Me
  /** the one whose pages are open */
  organization: Organization
  /** URLs of its pages */
  paths: Paths
  can(right: Right): boolean
  /** why the caller may not do something, or nothing when they may */
  offUnless(permission: Permission, verb: string): string | undefined
}

const Signed = createContext<Session | undefined>(undefined)

/** Who is signed in; `known` is what the server told with the page. */
export function useMe(known?: Me) {
  return useQuery({
    ...read("GET /me"),
    staleTime: 60_000,
    ...(known ? { initialData: known } : {}),
  })
}

interface SessionProps {
  me: Me
  organization: Organization
  children: ReactNode
}

/** Gives the pages who is signed in and for which organization. */
export function SessionProvider({ me, organization, children }: SessionProps) {
  const can = (right: Right) =>
    right === "platform-admin" ? me.platformAdmin : organization.permissions.includes(right)
  const session: Session = {
    me,
    organization,
    paths: pathsOf(organization.slug),
    can,
    offUnless: (permission, verb) =>
      can(permission)
        ? undefined
        : `Your role is ${organization.role}; to ${verb}, ask an owner of ${organization.name}.`,
  }
  return <Signed.Provider value={session}>{children}</Signed.Provider>
}

/** In a project one may also do what was shared in it, beside one's role. */
export function WithGrant({ projectId, children }: { projectId: string; children: ReactNode }) {
  const { me, organization } = useSession()
  const grant = me.grants.find((each) => each.projectId === projectId)
  if (!grant) return children
  const permissions = [...new Set([...organization.permissions, ...grant.permissions])]
  return (
    <SessionProvider me={me} organization={{ ...organization, permissions }}>
      {children}
    </SessionProvider>
  )
}

export function useSession(): Session {
  const session = useContext(Signed)
  if (!session)
    throw new Error("useSession outside of the shell; see app/o/[organization]/layout.tsx")
  return session
}
