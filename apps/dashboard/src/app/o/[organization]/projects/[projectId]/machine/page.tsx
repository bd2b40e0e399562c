import type { Metadata } from "next"
import { MachineScreen } from "../../../../../../microvms/machine-screen.tsx"

export const metadata: Metadata = { title: "Machine" }

export default function MachinePage() {
  return <MachineScreen />
}
