import type { Metadata } from "next"
import { NoPageHere } from "../../../visit/no-page-here.tsx"

export const metadata: Metadata = { title: "No such page" }

export default function NoSuchPage() {
  return <NoPageHere />
}
