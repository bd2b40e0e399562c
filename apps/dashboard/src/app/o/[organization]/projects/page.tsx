import type { Metadata } from "next"
import { ProjectsScreen } from "../../../../projects/projects-screen.tsx"

export const metadata: Metadata = { title: "Projects" }

interface ProjectsPageProps {
  searchParams: Promise<{ new?: string }>
}

export default async function ProjectsPage({ searchParams }: ProjectsPageProps) {
  const wish = (await searchParams).new
  return <ProjectsScreen key={wish} startWithNew={wish !== undefined} />
}
