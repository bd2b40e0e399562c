import type { Metadata } from "next"
import { LogsScreen } from "../../../../../../apps/logs-screen.tsx"

export const metadata: Metadata = { title: "Logs" }

export default function LogsPage() {
  return <LogsScreen />
}
