import type { Metadata } from "next"
import { FilesScreen } from "../../../../../../projects/files/files-screen.tsx"

export const metadata: Metadata = { title: "Files" }

interface FilesPageProps {
  searchParams: Promise<{ path?: string | string[] }>
}

export default async function FilesPage({ searchParams }: FilesPageProps) {
  const { path } = await searchParams
  return <FilesScreen path={typeof path === "string" ? path : undefined} />
}
