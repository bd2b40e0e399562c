"use client"
import { Copy, ExternalLink, ScrollText, Settings, Trash2 } from "lucide-react"
import { useRouter } from "next/navigation"
import { DropdownMenu as Menu } from "radix-ui"
import { useOpenPreview } from "../apps/open-preview.ts"
import { useSession } from "../shell/session.tsx"
import { copyText } from "../ui/copy.ts"
import { useToast } from "../ui/toast.tsx"
import { hostOf } from "./preview-address.ts"
import { RowMenuButton, type RowMenuProps } from "./row-menu-button.tsx"

const item =
  "flex cursor-pointer items-center gap-2.5 rounded-2 px-2 py-1.5 outline-none data-disabled:cursor-default data-disabled:text-fg-off data-highlighted:bg-active [&_svg]:size-4 [&_svg]:flex-none [&_svg]:text-fg-3"
const icon = { "aria-hidden": true, strokeWidth: 1.75 } as const

/** Opens at once: it is loaded because somebody asked for it. */
export function RowMenuList({ project, off, onDelete }: RowMenuProps) {
  const { paths } = useSession()
  const router = useRouter()
  const say = useToast()
  const open = useOpenPreview(project)
  const host = hostOf(project.previewUrl)
  const copy = async () =>
    (await copyText(project.previewUrl))
      ? say({ glyph: "done", title: "Copied the address", detail: host })
      : say({ glyph: "bad", title: "This browser does not let pages copy", detail: host })
  const runs = project.state === "running"
  return (
    <Menu.Root defaultOpen modal={false}>
      <Menu.Trigger asChild>
        <RowMenuButton name={project.name} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Content
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-50 w-52 rounded-3 bg-raised p-1 text-13 shadow-2"
        >
          <Menu.Item className={item} disabled={!runs} onSelect={() => open()}>
            <ExternalLink {...icon} />
            Open app
            {runs ? null : <small className="ml-auto text-11">not running</small>}
          </Menu.Item>
          <Menu.Item className={item} onSelect={() => void copy()}>
            <Copy {...icon} />
            Copy address
          </Menu.Item>
          <Menu.Item className={item} onSelect={() => router.push(paths.logs(project.id))}>
            <ScrollText {...icon} />
            Logs
          </Menu.Item>
          <Menu.Item
            className={item}
            onSelect={() => router.push(paths.projectSettings(project.id))}
          >
            <Settings {...icon} />
            Settings
          </Menu.Item>
          <Menu.Separator className="-mx-1 my-1 border-t border-line" />
          <Menu.Item className={item} disabled={off !== undefined} onSelect={onDelete}>
            <Trash2 {...icon} />
            <span className="grid">
              Delete project
              {off === undefined ? null : <small className="text-11">{off}</small>}
            </span>
          </Menu.Item>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  )
}
