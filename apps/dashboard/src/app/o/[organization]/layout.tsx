import { notFound } from "next/navigation"
import type { ReactNode } from "react"
import { Shell } from "../../../shell/shell.tsx"
import { needVisit } from "../../../visit/visit.ts"

interface OrganizationLayoutProps {
  children: ReactNode
  params: Promise<{ organization: string }>
}

export default async function OrganizationLayout({ children, params }: OrganizationLayoutProps) {
  const slug = decodeURIComponent((await params).organization)
  const { me } = await needVisit()
  if (me && !me.organizations.some((organization) => organization.slug === slug)) notFound()
  return (
    <Shell slug={slug} me={me}>
      {children}
    </Shell>
  )
}
