"use client"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import { type FormEvent, useState } from "react"
import { authCall } from "../api/auth.ts"
import { call } from "../api/call.ts"
import { keys } from "../api/keys.ts"
import { fieldError, problemOf } from "../api/problem.ts"
import { useSession } from "../shell/session.tsx"
import { ThemeSwitch } from "../shell/theme-switch.tsx"
import { Button } from "../ui/button.tsx"
import { CopyId } from "../ui/copy-id.tsx"
import { TextField } from "../ui/field.tsx"
import { Page, PageHead } from "../ui/page-head.tsx"
import { Panel, Properties, Property } from "../ui/panel.tsx"
import { RenameForm } from "../ui/rename-form.tsx"
import { useToast } from "../ui/toast.tsx"
import { capitalized } from "../ui/words.ts"
import { organizationNameFault, passwordFault } from "./credentials.ts"
import { PlanPanel } from "./plan-panel.tsx"

/** The organization, how the dashboard looks, and the person's password. */
export function SettingsScreen() {
  const { me } = useSession()
  return (
    <Page>
      <PageHead title="Settings" />
      <div className="grid max-w-[720px] gap-6">
        <OrganizationPanel />
        {me.platformAdmin ? <PlanPanel /> : null}
        <Panel title="Appearance">
          <div className="flex flex-wrap items-center justify-between gap-3 p-4">
            <p className="text-13 text-fg-2">The theme of this browser.</p>
            <ThemeSwitch words />
          </div>
        </Panel>
        <PasswordPanel />
      </div>
    </Page>
  )
}

function OrganizationPanel() {
  const { organization, offUnless } = useSession()
  const client = useQueryClient()
  const rename = useMutation({
    mutationFn: (name: string) =>
      call(
        "PATCH /organizations/{organizationId}",
        { params: { organizationId: organization.id }, body: { name } },
        { ifMatch: organization.version },
      ),
    onSettled: () => client.invalidateQueries({ queryKey: keys.me }),
  })
  return (
    <Panel title="Organization">
      <div className="border-b border-line">
        <RenameForm
          noun="organization"
          name={organization.name}
          off={offUnless("organization:update", "rename the organization")}
          pending={rename.isPending}
          refused={rename.error ? renameRefused(rename.error) : undefined}
          faultOf={organizationNameFault}
          onRename={(name) => rename.mutate(name)}
        />
      </div>
      <Properties>
        <Property name="Plan">{capitalized(organization.plan)}</Property>
        <Property name="Your role">{capitalized(organization.role)}</Property>
        <Property name="Id">
          <CopyId id={organization.id} noun="organization id" />
        </Property>
      </Properties>
    </Panel>
  )
}

function renameRefused(error: unknown): string {
  const { status, detail } = problemOf(error)
  if (status === 412) return "Somebody changed the organization meanwhile. Try again."
  return fieldError(error, "name") ?? detail
}

function PasswordPanel() {
  const { me } = useSession()
  const say = useToast()
  const [current, setCurrent] = useState("")
  const [next, setNext] = useState("")
  const [faults, setFaults] = useState<{ current?: string; next?: string }>({})
  const change = useMutation({
    mutationFn: () => authCall("change-password", { currentPassword: current, newPassword: next }),
    onSuccess: () => {
      setCurrent("")
      setNext("")
      say({ glyph: "done", title: "Password changed", detail: "Other sessions were ended." })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (change.isPending) return
    const wrong = passwordFault(next)
    const found = {
      ...(current === "" ? { current: "Enter your current password." } : {}),
      ...(wrong ? { next: wrong } : {}),
    }
    setFaults(found)
    if (Object.keys(found).length === 0) change.mutate()
  }
  const atCurrent = change.error ? fieldError(change.error, "currentPassword") : undefined
  const atNext = change.error ? fieldError(change.error, "newPassword") : undefined
  const other = change.error && !atCurrent && !atNext ? problemOf(change.error).detail : undefined
  return (
    <Panel title="Password">
      <form onSubmit={submit} noValidate className="grid gap-4 p-4">
        <input type="hidden" name="username" autoComplete="username" value={me.email} readOnly />
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          error={faults.current ?? atCurrent}
        />
        <TextField
          label="New password"
          type="password"
          autoComplete="new-password"
          value={next}
          onChange={(event) => setNext(event.target.value)}
          help="At least 10 characters. Other sessions end."
          error={faults.next ?? atNext ?? other}
        />
        <div>
          <Button type="submit" busy={change.isPending ? "Changing password" : undefined}>
            Change password
          </Button>
        </div>
      </form>
    </Panel>
  )
}
