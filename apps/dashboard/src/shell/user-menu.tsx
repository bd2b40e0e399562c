"use client"
import { Ellipsis, LogOut, Settings } from "lucide-react"
import { useRouter } from "next/navigation"
import { DropdownMenu as Menu } from "radix-ui"
import type { ReactNode } from "react"
import { paths } from "../paths.ts"
import { initials } from "../ui/format.ts"
import { useSession } from "./session.tsx"
import { useSignOut } from "./sign-out.ts"

const item =
  "flex cursor-pointer items-center gap-2.5 rounded-2 px-2 py-1.5 outline-none data-highlighted:bg-active [&_svg]:size-4 [&_svg]:text-fg-3"

/** The person, and what they can do about their account. */
export function UserMenu() {
  const { me } = useSession()
  const router = useRouter()
  const signOut = useSignOut()
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`Account of ${me.name}`}
        className="-mx-2 -mb-2 flex items-center gap-2 border-t border-line p-2 text-left outline-offset-[-2px] hover:bg-active"
      >
        <Avatar name={me.name} />
        <span className="min-w-0 flex-1">
          <span className="block truncate text-13 leading-4 font-medium">{me.name}</span>
          <span className="block truncate text-12 text-fg-3">{me.email}</span>
        </span>
        <Ellipsis aria-hidden="true" className="size-4 flex-none text-fg-3" strokeWidth={1.75} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          side="top"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-52 rounded-3 bg-raised p-1 text-13 shadow-2"
        >
          <MenuLabel>Signed in as {me.email}</MenuLabel>
          <Menu.Item className={item} onSelect={() => router.push(paths.settings())}>
            <Settings aria-hidden="true" strokeWidth={1.75} />
            Settings
          </Menu.Item>
          <Menu.Separator className="-mx-1 my-1 border-t border-line" />
          <Menu.Item className={item} onSelect={() => signOut()}>
            <LogOut aria-hidden="true" strokeWidth={1.75} />
            Sign out
          </Menu.Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}

function MenuLabel({ children }: { children: ReactNode }) {
  return (
    <Menu.Label className="truncate px-2 pt-1.5 pb-0.5 text-11 text-fg-3">{children}</Menu.Label>
  )
}

/** A person: a round tile with initials. */
export function Avatar({ name }: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="grid size-[22px] flex-none place-items-center rounded-full bg-active text-[10px] font-semibold text-fg-2"
    >
      {initials(name)}
    </span>
  )
}
