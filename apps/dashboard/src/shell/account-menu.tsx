"use client"
import { LogOut, Settings } from "lucide-react"
import { useRouter } from "next/navigation"
import { DropdownMenu as Menu } from "radix-ui"
import { AccountButton } from "./account-button.tsx"
import { useSession } from "./session.tsx"
import { useSignOut } from "./sign-out.ts"

const item =
  "flex cursor-pointer items-center gap-2.5 rounded-2 px-2 py-1.5 outline-none data-highlighted:bg-active [&_svg]:size-4 [&_svg]:text-fg-3"

/** Opens at once: it is loaded because somebody asked for it. */
export function AccountMenu() {
  const { me, paths } = useSession()
  const router = useRouter()
  const signOut = useSignOut()
  return (
    // Not modal: the page behind stays in reach, so nothing focusable is hidden from screen readers.
    <Menu.Root defaultOpen modal={false}>
      <Menu.Trigger asChild>
        <AccountButton />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          side="top"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-52 rounded-3 bg-raised p-1 text-13 shadow-2"
        >
          <Menu.Label className="truncate px-2 pt-1.5 pb-0.5 text-11 text-fg-3">
            Signed in as {me.email}
          </Menu.Label>
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
