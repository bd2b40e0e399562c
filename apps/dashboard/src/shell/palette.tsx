"use client"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import { Command } from "cmdk"
import {
  BookOpen,
  Box,
  Building2,
  FileText,
  Keyboard,
  LogOut,
  type LucideIcon,
  Monitor,
  Moon,
  Plus,
  Search,
  Sun,
} from "lucide-react"
import { useRouter } from "next/navigation"
import { type ReactNode, useRef, useState } from "react"
import { read } from "../api/read.ts"
import { pages } from "../kinds.ts"
import { outside, pathsOf } from "../paths.ts"
import { projectLooks } from "../projects/project-looks.ts"
import { Kbd } from "../ui/kbd.tsx"
import { useAllCommands } from "./commands.tsx"
import { hrefOf, mainPages } from "./pages.ts"
import { useSession } from "./session.tsx"
import { useSignOut } from "./sign-out.ts"
import { setTheme } from "./theme-switch.tsx"
import { useFirstChosen } from "./use-first-chosen.ts"

interface PaletteProps {
  open: boolean
  /** `then` runs once the palette is gone */
  onClose(then?: () => void): void
  /** shows every key */
  onKeys?: (() => void) | undefined
}

/** Every page, every project, and what can be done here. */
export function Palette({ open, onClose, onKeys }: PaletteProps) {
  const [text, setText] = useState("")
  const [chosen, setChosen] = useState("")
  const field = useRef<HTMLInputElement>(null)
  const keepChosen = useFirstChosen(field, setChosen)
  const close = (then?: () => void) => {
    onClose(then)
    setText("")
  }
  return (
    <Command.Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) close()
      }}
      label="Search or jump to"
      loop
      value={chosen}
      onValueChange={setChosen}
      overlayClassName="fixed inset-0 z-40 bg-scrim motion-safe:animate-arrive"
      contentClassName="fixed top-[12vh] left-1/2 z-50 w-[calc(100vw-32px)] max-w-[560px] -translate-x-1/2 overflow-hidden rounded-4 bg-raised shadow-3 outline-none motion-safe:animate-arrive"
    >
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden="true" className="size-4 flex-none text-fg-3" strokeWidth={1.75} />
        <Command.Input
          ref={field}
          value={text}
          onValueChange={setText}
          placeholder="Project, page or action"
          className="h-12 min-w-0 flex-1 bg-transparent text-14 outline-none"
        />
        <Kbd>esc</Kbd>
      </div>
      <Command.List
        ref={keepChosen}
        className="max-h-[min(420px,60vh)] overflow-y-auto p-1 text-13"
      >
        <Command.Empty className="px-4 py-8 text-center text-fg-2">
          Nothing here is called “{text}”.
        </Command.Empty>
        <PageCommands onDone={close} />
        <Pages onDone={close} />
        <Organizations onDone={close} />
        <ProjectItems text={text} onDone={close} />
        <Actions onDone={close} onKeys={onKeys} />
      </Command.List>
    </Command.Dialog>
  )
}

interface ItemsProps {
  onDone: PaletteProps["onClose"]
}

function ProjectItems({ text, onDone }: ItemsProps & { text: string }) {
  const { organization, paths } = useSession()
  const router = useRouter()
  const search = text.trim().slice(0, 60) || undefined
  const filter = { organizationId: organization.id, limit: 6, ...(search ? { search } : {}) }
  const { data } = useQuery({
    ...read("GET /projects", { query: filter }),
    placeholderData: keepPreviousData,
  })
  if (!data || data.items.length === 0) return null
  return (
    <Group heading="Projects">
      {data.items.map((project) => (
        <Item
          key={project.id}
          value={`${project.name} ${project.slug} ${project.goal ?? ""} ${project.id}`}
          icon={Box}
          end={projectLooks[project.state].word}
          onSelect={() => onDone(() => router.push(paths.project(project.id)))}
        >
          {project.name}
        </Item>
      ))}
    </Group>
  )
}

function PageCommands({ onDone }: ItemsProps) {
  const groups = useAllCommands()
  return [...groups].map(([heading, commands]) =>
    commands.length === 0 ? null : (
      <Group key={heading} heading={heading}>
        {commands.map(({ name, icon, run }) => (
          // What is only offered while something is typed already is not drawn to read its words from.
          <Item key={name} value={name} icon={icon} onSelect={() => onDone(run)}>
            {name}
          </Item>
        ))}
      </Group>
    ),
  )
}

function Pages({ onDone }: ItemsProps) {
  const { can, paths } = useSession()
  const router = useRouter()
  return (
    <Group heading="Pages">
      {mainPages(pages, can).map((page) => (
        <Item
          key={page.at}
          icon={page.icon ?? FileText}
          onSelect={() => onDone(() => router.push(`${paths.root}${hrefOf(page)}`))}
        >
          {page.name}
        </Item>
      ))}
      <Item icon={BookOpen} onSelect={() => window.location.assign(outside.apiReference())}>
        API reference
      </Item>
    </Group>
  )
}

/** The other organizations of this person. */
function Organizations({ onDone }: ItemsProps) {
  const { me, organization } = useSession()
  const router = useRouter()
  const others = me.organizations.filter(({ id }) => id !== organization.id)
  if (others.length === 0) return null
  return (
    <Group heading="Organizations">
      {others.map(({ id, name, slug }) => (
        <Item
          key={id}
          value={`Switch to ${name} ${slug}`}
          icon={Building2}
          onSelect={() => onDone(() => router.push(pathsOf(slug).projects()))}
        >
          Switch to {name}
        </Item>
      ))}
    </Group>
  )
}

function Actions({ onDone, onKeys }: ItemsProps & Pick<PaletteProps, "onKeys">) {
  const { can, paths } = useSession()
  const router = useRouter()
  const signOut = useSignOut()
  const choose = (theme: "system" | "light" | "dark") => () => onDone(() => setTheme(theme))
  return (
    <Group heading="Actions">
      {can("project:create") ? (
        <Item icon={Plus} onSelect={() => onDone(() => router.push(paths.newProject()))}>
          New project
        </Item>
      ) : null}
      {onKeys ? (
        <Item icon={Keyboard} onSelect={() => onDone(onKeys)}>
          Show all keys
        </Item>
      ) : null}
      <Item icon={Monitor} onSelect={choose("system")}>
        Use the system’s theme
      </Item>
      <Item icon={Sun} onSelect={choose("light")}>
        Use the light theme
      </Item>
      <Item icon={Moon} onSelect={choose("dark")}>
        Use the dark theme
      </Item>
      <Item icon={LogOut} onSelect={() => signOut()}>
        Sign out
      </Item>
    </Group>
  )
}

function Group({ heading, children }: { heading: string; children: ReactNode }) {
  return (
    <Command.Group
      heading={heading}
      className="[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:text-fg-3"
    >
      {children}
    </Command.Group>
  )
}

interface ItemProps {
  icon: LucideIcon
  children: ReactNode
  value?: string
  end?: string
  onSelect(): void
}

function Item({ icon: Icon, children, value, end, onSelect }: ItemProps) {
  return (
    <Command.Item
      {...(value ? { value } : {})}
      onSelect={onSelect}
      className="flex cursor-pointer items-center gap-2.5 rounded-2 px-3 py-2 data-[selected=true]:bg-active"
    >
      <Icon aria-hidden="true" className="size-4 flex-none text-fg-2" strokeWidth={1.75} />
      <span className="min-w-0 truncate">{children}</span>
      {end ? <span className="ml-auto flex-none text-12 text-fg-3">{end}</span> : null}
    </Command.Item>
  )
}
