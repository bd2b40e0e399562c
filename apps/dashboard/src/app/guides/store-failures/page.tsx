import type { Metadata } from "next"
import { FailureGuide } from "../../../stores/failure-guide.tsx"

export const metadata: Metadata = { title: "When a store fails" }

export default function StoreFailuresPage() {
  return <FailureGuide />
}
