import type { Metadata } from "next"
import { SimulatedScreen } from "../../../../../platform/simulated-screen.tsx"

export const metadata: Metadata = { title: "What is simulated" }

export default function SimulatedPage() {
  return <SimulatedScreen />
}
