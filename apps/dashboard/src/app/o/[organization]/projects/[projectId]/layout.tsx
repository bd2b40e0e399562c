import type { ReactNode } from "react"
import { ProjectFrame } from "../../../../../projects/project-frame.tsx"

interface ProjectLayoutProps {
  children: ReactNode
  params: Promise<{ projectId: string }>
}

export default async function ProjectLayout({ children, params }: ProjectLayoutProps) {
  return <ProjectFrame projectId={(await params).projectId}>{children}</ProjectFrame>
}
