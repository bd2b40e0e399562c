"use client"
import { Check, Plus, Settings } from "lucide-react"
import dynamic from "next/dynamic"
import { useRouter } from "next/navigation"
import { DropdownMenu as Menu } from "radix-ui"
import { useState } from "react"
import { pathsOf } from "../paths.ts"
import { capitalized } from "../ui/words.ts"
import { OrganizationButton } from "./organization-button.tsx"
import { OrganizationLetter } from "./organization-face.tsx"
import { useSession } from "./session.tsx"

const NewOrganizationDialog = dynamic(
  () =>
    import("../tenants/new-organization-dialog.tsx").then((module) => module.NewOrganizationDialog),
  { ssr: false },
)

const item =
  "flex cursor-pointer items-center gap-2.5 rounded-2 px-2 py-1.5 outline-none data-highlighted:bg-active"
const icon = { "aria-hidden": true, className: "size-4 text-fg-3", strokeWidth: 1.75 } as const

/** The list of organizations, and the dialog that makes another one. */
export function OrganizationMenu() {
  const [making, setMaking] = useState(false)
  return (
    <>
      <OrganizationList onNew={() => setMaking(true)} />
      {making ? <NewOrganizationDialog onClose={() => setMaking(false)} /> : null}
    </>
  )
}

/** Opens at once: it is loaded because somebody asked for it. */
function OrganizationList({ onNew }: { onNew(): void }) {
  const { me, organization, paths, can } = useSession()
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
              <Menu.RadioItem key={id} value={slug} className={item}>
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
          <Menu.Separator className="-mx-1 my-1 border-t border-line" />
          {can("organization:read") ? (
            <Menu.Item className={item} onSelect={() => router.push(paths.settings())}>
              <Settings {...icon} />
              Settings of {organization.name}
            </Menu.Item>
          ) : null}
          <Menu.Item className={item} onSelect={onNew}>
            <Plus {...icon} />
            New organization
          </Menu.Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
