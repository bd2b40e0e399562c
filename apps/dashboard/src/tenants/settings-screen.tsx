"use client"
import { useMutation } from "@tanstack/react-query"
import Link from "next/link"
import { AiModelsPanel } from "../ai/ai-models-panel.tsx"
import { act } from "../api/act.ts"
import { call } from "../api/call.ts"
import { Form } from "../form/form.tsx"
import { RenameForm } from "../form/rename-form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useSession } from "../shell/session.tsx"
import { ThemeSwitch } from "../shell/theme-switch.tsx"
import { Button } from "../ui/button.tsx"
import { buttonLook } from "../ui/button-look.ts"
import { CopyId } from "../ui/copy-id.tsx"
import { TextField } from "../ui/field.tsx"
import { count } from "../ui/format.ts"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel, Properties, Property } from "../ui/panel.tsx"
import { useToast } from "../ui/toast.tsx"
import { capitalized } from "../ui/words.ts"
import { AddressPanel } from "./address-panel.tsx"
import { LeavePanel } from "./leave-panel.tsx"
import { OwnDataPanel } from "./own-data-panel.tsx"
import { PasskeysPanel } from "./passkeys-panel.tsx"
import { renameOrganization } from "./queries.ts"
import { SecondStepPanel } from "./second-step-panel.tsx"
import { SessionsPanel } from "./sessions-panel.tsx"

/** The organization, how the dashboard looks, and the person's password. */
export function SettingsScreen() {
  const { can } = useSession()
  return (
    <Page>
      <PageHead title="Settings" />
      <div className="grid max-w-[720px] gap-6">
        <OrganizationPanel />
        <PeoplePanel />
        <AiModelsPanel />
        {can("api_key:read") ? <KeysPanel /> : null}
        <Panel title="Appearance">
          <div className="flex flex-wrap items-center justify-between gap-3 p-4">
            <p className="text-13 text-fg-2">The theme of this browser.</p>
            <ThemeSwitch words />
          </div>
        </Panel>
        <NamePanel />
        <AddressPanel />
        <PasswordPanel />
        <SecondStepPanel />
        <PasskeysPanel />
        <SessionsPanel />
        <LeavePanel />
        <OwnDataPanel />
      </div>
    </Page>
  )
}

function OrganizationPanel() {
  const { organization, offUnless, can, paths } = useSession()
  const rename = useMutation(renameOrganization)
  return (
    <Panel title="Organization">
      <div className="border-b border-line">
        <RenameForm
          noun="organization"
          name={organization.name}
          off={offUnless("organization:update", "rename the organization")}
          schema={() => schemaOf("PATCH /organizations/{organizationId}")}
          onRename={(name) =>
            rename.mutateAsync({
              params: { organizationId: organization.id },
              body: { name },
              ifMatch: organization.version,
            })
          }
        />
      </div>
      <Properties>
        <Property name="Plan">
          {capitalized(organization.plan)}
          {can("platform-admin") ? (
            <Link href={`${paths.root}/platform/organizations`} className="link">
              Change
            </Link>
          ) : null}
        </Property>
        <Property name="Your role">{capitalized(organization.role)}</Property>
        <Property name="Id">
          <CopyId id={organization.id} noun="organization id" />
        </Property>
      </Properties>
    </Panel>
  )
}

function PeoplePanel() {
  const { organization, paths } = useSession()
  return (
    <Panel title="People">
      <div className="flex flex-wrap items-center justify-between gap-3 p-4">
        <p className="text-13 text-fg-2">
          {organization.members === 1
            ? "Only you belong to it. Invite others by mail or by a link."
            : `${count(organization.members, "person", "people")} belong to it.`}
        </p>
        <Link href={paths.members()} className={buttonLook({})}>
          Manage people
        </Link>
      </div>
    </Panel>
  )
}

function KeysPanel() {
  const { paths } = useSession()
  return (
    <Panel title="API keys">
      <div className="flex flex-wrap items-center justify-between gap-3 p-4">
        <p className="text-13 text-fg-2">Scripts and assistants use the platform by a key.</p>
        <Link href={paths.apiKeys()} className={buttonLook({})}>
          Manage keys
        </Link>
      </div>
    </Panel>
  )
}

const renameAccount = act("PATCH /auth/account", { renews: ["GET /me"] })

function NamePanel() {
  const { me } = useSession()
  const rename = useMutation(renameAccount)
  return (
    <Panel title="You">
      <RenameForm
        noun="account"
        name={me.name}
        help="What others see of you."
        off={undefined}
        schema={() => schemaOf("PATCH /auth/account")}
        onRename={(name) => rename.mutateAsync({ body: { name } })}
      />
    </Panel>
  )
}

interface Passwords {
  currentPassword: string
  newPassword: string
}

function PasswordPanel() {
  const { me } = useSession()
  const say = useToast()
  const form = useForm<Passwords, void>({
    values: { currentPassword: "", newPassword: "" },
    body: (typed) => typed,
    schema: () => schemaOf("POST /auth/change-password"),
    send: async (_, body) => void (await call("POST /auth/change-password", { body })),
    done: () => {
      form.clear()
      say({ glyph: "done", title: "Password changed", detail: "Other sessions were ended." })
    },
    guarded: true,
  })
  return (
    <Panel title="Password">
      <Form form={form} label="Change password" className="p-4">
        {/* Password managers look past fields of the type hidden. */}
        <input
          className="hidden"
          name="username"
          autoComplete="username"
          value={me.email}
          readOnly
        />
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          {...form.text("currentPassword")}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          help="At least 10 characters. Other sessions end."
          {...form.text("newPassword")}
        />
        <div>
          <Button type="submit" busy={form.pending ? "Changing password" : undefined}>
            Change password
          </Button>
        </div>
      </Form>
    </Panel>
  )
}
