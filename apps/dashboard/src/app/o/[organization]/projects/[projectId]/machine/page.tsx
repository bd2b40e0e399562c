import type { Metadata } from "next"
import { MachineScreen } from "../../../../../../machines/machine-screen.tsx"

export const metadata: Metadata = { title: "Machine" }

export default function MachinePage() {
  return <MachineScreen />
}
