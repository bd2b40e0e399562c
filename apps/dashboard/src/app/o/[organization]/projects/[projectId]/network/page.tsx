import type { Metadata } from "next"
import { NetworkScreen } from "../../../../../../network/network-screen.tsx"

export const metadata: Metadata = { title: "Network" }

export default function NetworkPage() {
  return <NetworkScreen />
}
