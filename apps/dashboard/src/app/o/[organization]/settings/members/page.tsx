import type { Metadata } from "next"
import { MembersScreen } from "../../../../../people/members-screen.tsx"

export const metadata: Metadata = { title: "People" }

export default function MembersPage() {
  return <MembersScreen />
}
