import type { Metadata } from "next"
import { NothingAt } from "../visit/nothing-at.tsx"

export const metadata: Metadata = { title: "No such page" }

export default function NotFound() {
  return <NothingAt what="page" />
}
