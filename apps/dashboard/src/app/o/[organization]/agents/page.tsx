import type { Metadata } from "next"
import { MetricsScreen } from "../../../../models/metrics-screen.tsx"

export const metadata: Metadata = { title: "Agents" }

export default function AgentsPage() {
  return <MetricsScreen />
}
