import type { Metadata } from "next"
import { HistoryScreen } from "../../../../../../projects/history-screen.tsx"

export const metadata: Metadata = { title: "History" }

interface HistoryPageProps {
  searchParams: Promise<{ commit?: string | string[] }>
}

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const { commit } = await searchParams
  return <HistoryScreen asked={typeof commit === "string" ? commit : undefined} />
}
