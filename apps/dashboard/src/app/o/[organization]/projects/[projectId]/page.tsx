import type { Metadata } from "next"
import { RunScreen } from "../../../../../agents/run-screen.tsx"

export const metadata: Metadata = { title: "Run" }

interface RunPageProps {
  searchParams: Promise<{ run?: string | string[] }>
}

export default async function RunPage({ searchParams }: RunPageProps) {
  const { run } = await searchParams
  return <RunScreen runId={typeof run === "string" ? run : undefined} />
}
