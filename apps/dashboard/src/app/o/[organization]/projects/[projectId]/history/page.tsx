import type { Metadata } from "next"
import { HistoryScreen } from "../../../../../../projects/history/history-screen.tsx"

export const metadata: Metadata = { title: "History" }

interface HistoryPageProps {
  searchParams: Promise<Partial<Record<"commit" | "from" | "to", string | string[]>>>
}

export default async function HistoryPage({ searchParams }: HistoryPageProps) {
  const { commit, from, to } = await searchParams
  const between = isCommit(from) ? { from, to: isCommit(to) ? to : "" } : undefined
  return <HistoryScreen asked={isCommit(commit) ? commit : undefined} between={between} />
}

const isCommit = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-f]{40}$/.test(value)
