import type { Metadata } from "next"
import Link from "next/link"
import { paths } from "../paths.ts"
import { FullPage } from "../shell/full-page.tsx"
import { buttonLook } from "../ui/button-look.ts"

export const metadata: Metadata = { title: "No such page" }

export default function NotFound() {
  return (
    <FullPage title="There is no such page">
      <p className="text-fg-2">
        The address may be mistyped, or what it showed was deleted. Addresses of projects are never
        used again.
      </p>
      <div>
        <Link href={paths.projects()} className={buttonLook({ kind: "main" })}>
          Show projects
        </Link>
      </div>
    </FullPage>
  )
}
