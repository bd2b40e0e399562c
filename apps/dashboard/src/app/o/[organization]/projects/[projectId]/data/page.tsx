import type { Metadata } from "next"
import { DataScreen } from "../../../../../../apps/data/data-screen.tsx"

export const metadata: Metadata = { title: "Data" }

export default function DataPage() {
  return <DataScreen />
}
