"use client"
import { Check } from "lucide-react"
import { useRouter } from "next/navigation"
import { DropdownMenu as Menu } from "radix-ui"
import { pathsOf } from "../paths.ts"
import { capitalized } from "../ui/words.ts"
import { OrganizationButton } from "./organization-button.tsx"
import { OrganizationLetter } from "./organization-face.tsx"
import { useSession } from "./session.tsx"

/** Opens at once: it is loaded because somebody asked for it. */
export function OrganizationMenu() {
  const { me, organization } = useSession()
  const router = useRouter()
  return (
    // Not modal: the page behind stays in reach, so nothing focusable is hidden from screen readers.
    <Menu.Root defaultOpen modal={false}>
      <Menu.Trigger asChild>
        <OrganizationButton />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="start"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[60vh] w-64 overflow-y-auto rounded-3 bg-raised p-1 text-13 shadow-2"
        >
          <Menu.Label className="px-2 pt-1.5 pb-0.5 text-11 text-fg-3">Organizations</Menu.Label>
          <Menu.RadioGroup
            value={organization.slug}
            onValueChange={(slug) => router.push(pathsOf(slug).projects())}
          >
            {me.organizations.map(({ id, name, slug, role }) => (
              <Menu.RadioItem
                key={id}
                value={slug}
                className="flex cursor-pointer items-center gap-2.5 rounded-2 px-2 py-1.5 outline-none data-highlighted:bg-active"
              >
                <OrganizationLetter name={name} className="size-5 text-11" />
                <span className="min-w-0 flex-1 truncate">{name}</span>
                <small className="text-12 text-fg-3">{capitalized(role)}</small>
                <span className="w-3.5 flex-none">
                  <Menu.ItemIndicator>
                    <Check aria-hidden="true" className="size-3.5" strokeWidth={1.75} />
                  </Menu.ItemIndicator>
                </span>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
