"use client"
import Link from "next/link"
import { usePathname } from "next/navigation"
import { type ReactNode, useRef } from "react"
import { pages } from "../kinds.ts"
import { cn } from "../ui/cn.ts"
import { useNotices } from "./notices-provider.tsx"
import { trailTo } from "./pages.ts"
import { useSession } from "./session.tsx"
import { useTitle } from "./use-title.ts"

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
  const nav = useRef<HTMLElement>(null)
  const { unseen } = useNotices()
  useTitle(nav, unseen > 0 ? `(${unseen}) ` : "")
  return (
    <nav ref={nav} aria-label="Breadcrumb" className="min-w-0 flex-1">
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
                <span data-step aria-current="page" className="truncate font-medium text-fg">
                  {crumb.name}
                </span>
              ) : (
                <Link
                  data-step
                  href={crumb.href}
                  className="block max-w-60 truncate py-1 hover:text-fg max-md:max-w-28 max-md:py-2.5"
                >
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
