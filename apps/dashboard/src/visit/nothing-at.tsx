import Link from "next/link"
import { outside } from "../paths.ts"
import { FullPage } from "../shell/full-page.tsx"
import { buttonLook } from "../ui/button-look.ts"

const words = {
  page: {
    title: "There is no such page",
    sentence:
      "The address may be mistyped, or what it showed was deleted. Addresses of projects are never used again.",
  },
  project: {
    title: "There is no such project",
    sentence: "It was deleted, or it belongs to an organization you are not a member of.",
  },
  organization: {
    title: "There is no such organization",
    sentence:
      "It was deleted, the address is mistyped, or you are not a member of it. Ask one of its owners to let you in.",
  },
}

/** A page outside of the shell for an address at which there is nothing, or nothing for this person. */
export function NothingAt({ what }: { what: keyof typeof words }) {
  const { title, sentence } = words[what]
  return (
    <FullPage title={title}>
      <p className="text-fg-2">{sentence}</p>
      <div>
        <Link href={outside.home()} className={buttonLook({ kind: "main" })}>
          Show projects
        </Link>
      </div>
    </FullPage>
  )
}
