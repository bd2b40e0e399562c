"use client"
import Link from "next/link"
import { usePathname } from "next/navigation"
import type { ReactNode } from "react"
import { pages } from "../kinds.ts"
import { cn } from "../ui/cn.ts"
import { trailTo } from "./pages.ts"
import { useSession } from "./session.tsx"

interface Crumb {
  name: ReactNode
  href: string
}

/** Where this page is; on a narrow screen only the last two steps. */
export function Crumbs() {
  const { organization, paths } = useSession()
  const here = usePathname().slice(paths.root.length)
  const trail: Crumb[] = [
    { name: organization.name, href: paths.projects() },
    ...trailTo(pages, here).map(({ page: { name, Name }, params, href }) => ({
      name: Name ? <Name params={params} /> : name,
      href: `${paths.root}${href}`,
    })),
  ]
  return (
    <nav aria-label="Breadcrumb" className="min-w-0 flex-1">
      <ol className="flex min-w-0 items-center gap-1.5 text-13 text-fg-3">
        {trail.map((crumb, at) => {
          const last = at === trail.length - 1
          return (
            <li
              key={`${at} ${crumb.href}`}
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
