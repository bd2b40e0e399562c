import type { Metadata } from "next"
import { CompareScreen } from "../../../../../../agents/compare-screen.tsx"

export const metadata: Metadata = { title: "Compare" }

interface ComparePageProps {
  searchParams: Promise<{ comparison?: string | string[] }>
}

export default async function ComparePage({ searchParams }: ComparePageProps) {
  const { comparison } = await searchParams
  return <CompareScreen comparisonId={typeof comparison === "string" ? comparison : undefined} />
}
