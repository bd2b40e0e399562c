import type { Metadata } from "next"
import { DataModelScreen } from "../../../../../../apps/data-model/data-model-screen.tsx"

export const metadata: Metadata = { title: "Data model" }

export default function DataModelPage() {
  return <DataModelScreen />
}
