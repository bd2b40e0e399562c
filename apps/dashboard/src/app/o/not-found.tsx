import type { Metadata } from "next"
import { NothingAt } from "../../visit/nothing-at.tsx"

export const metadata: Metadata = { title: "No such organization" }

export default function NoSuchOrganization() {
  return <NothingAt what="organization" />
}
