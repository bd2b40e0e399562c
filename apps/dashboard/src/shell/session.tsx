"use client"
import { useQuery } from "@tanstack/react-query"
import type { Me, Organization } from "@vibecaas/contract/kinds/tenants"
import { type Permission, roleCan } from "@vibecaas/contract/permissions"
import { createContext, type ReactNode, useContext } from "react"
import { call } from "../api/call.ts"
import { keys } from "../api/keys.ts"

export interface Session {
  me: Me
  organization: Organization
  can(permission: Permission): boolean
  /** why the caller may not do something, or nothing when they may */
  offUnless(permission: Permission, verb: string): string | undefined
}

const Signed = createContext<Session | undefined>(undefined)

export function useMe() {
  return useQuery({
    queryKey: keys.me,
    queryFn: ({ signal }) => call("GET /me", {}, { signal }),
    staleTime: 60_000,
  })
}

/** Gives the pages who is signed in and for which organization. */
export function SessionProvider({ me, children }: { me: Me; children: ReactNode }) {
  const organization = me.organizations.find(({ personal }) => personal) ?? me.organizations[0]
  if (!organization) return null
  const can = (permission: Permission) => roleCan(organization.role, permission)
  const session: Session = {
    me,
    organization,
    can,
    offUnless: (permission, verb) =>
      can(permission)
        ? undefined
        : `Your role is ${organization.role}; to ${verb}, ask an owner of ${organization.name}.`,
  }
  return <Signed.Provider value={session}>{children}</Signed.Provider>
}

export function useSession(): Session {
  const session = useContext(Signed)
  if (!session) throw new Error("useSession outside of the shell; see app/(inside)/layout.tsx")
  return session
}
