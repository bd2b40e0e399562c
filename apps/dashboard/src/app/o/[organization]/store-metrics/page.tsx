import type { Metadata } from "next"
import { StoreMetricsScreen } from "../../../../stores/store-metrics-screen.tsx"

export const metadata: Metadata = { title: "Store metrics" }

export default function StoreMetricsPage() {
  return <StoreMetricsScreen />
}
