import type { Metadata } from "next"
import { PackagesScreen } from "../../../../../../packages/packages-screen.tsx"

export const metadata: Metadata = { title: "Packages" }

export default function PackagesPage() {
  return <PackagesScreen />
}
