import type { Metadata } from "next"
import { OrganizationsScreen } from "../../../../../administration/organizations-screen.tsx"

export const metadata: Metadata = { title: "Organizations" }

export default function OrganizationsPage() {
  return <OrganizationsScreen />
}
