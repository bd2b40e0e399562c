import type { Metadata } from "next"
import { MachineScreen } from "../../../../../../machines/machine-screen.tsx"

export const metadata: Metadata = { title: "Machine" }

interface MachinePageProps {
  searchParams: Promise<{ machine?: string | string[] }>
}

export default async function MachinePage({ searchParams }: MachinePageProps) {
  const { machine } = await searchParams
  return <MachineScreen machineId={typeof machine === "string" ? machine : undefined} />
}
