"use client"
import { useQuery } from "@tanstack/react-query"
import type { Project } from "@vibecaas/contract/kinds/projects"
import Link from "next/link"
import { useParams, usePathname } from "next/navigation"
import { keys } from "../api/keys.ts"
import { cn } from "../ui/cn.ts"
import { mainPages } from "./pages.ts"
import { useSession } from "./session.tsx"

interface Crumb {
  name: string
  href: string
}

/** Where this page is; on a narrow screen only the last two steps. */
export function Crumbs() {
  const { organization, paths } = useSession()
  const trail = [{ name: organization.name, href: paths.projects() }, ...useTrail()]
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5 text-13 text-fg-3">
        {trail.map((crumb, at) => {
          const last = at === trail.length - 1
          return (
            <li
              key={crumb.href + crumb.name}
              className={cn(
                "flex min-w-0 items-center gap-1.5",
                at < trail.length - 2 && "max-md:hidden",
                !last && "flex-none",
              )}
            >
              {at === 0 ? null : (
                <span
                  aria-hidden="true"
                  className={cn("text-fg-off", at === trail.length - 2 && "max-md:hidden")}
                >
                  /
                </span>
              )}
              {last ? (
                <span aria-current="page" className="truncate font-medium text-fg">
                  {crumb.name}
                </span>
              ) : (
                <Link href={crumb.href} className="hover:text-fg">
                  {crumb.name}
                </Link>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

function useTrail(): Crumb[] {
  const { paths } = useSession()
  const here = usePathname()
  const { projectId } = useParams<{ projectId?: string }>()
  const project = useQuery<Project>({ queryKey: keys.project(projectId ?? ""), enabled: false })
  const page = mainPages(paths).find(({ href }) => here === href || here.startsWith(`${href}/`))
  if (!page) return []
  if (!projectId) return [page]
  return [page, { name: project.data?.name ?? "Project", href: paths.project(projectId) }]
}
