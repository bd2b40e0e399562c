"use client"
import { useMutation } from "@tanstack/react-query"
import type { InvitationWithLink, ProjectAccess } from "@vibecaas/contract/kinds/people"
import type { Project } from "@vibecaas/contract/kinds/projects"
import type { AccessLevel } from "@vibecaas/contract/project-access"
import { useState } from "react"
import { problemOf } from "../api/problem.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { useMailStandIn } from "../shell/platform.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Field, TextField } from "../ui/field.tsx"
import { Note } from "../ui/note.tsx"
import { ReadBody } from "../ui/read-body.tsx"
import { Select } from "../ui/select.tsx"
import { SkeletonLines } from "../ui/skeleton.tsx"
import { Switch } from "../ui/switch.tsx"
import { useToast } from "../ui/toast.tsx"
import { InvitationTable } from "./invitation-table.tsx"
import { LazyLinkDialog } from "./lazy-link-dialog.ts"
import { PeopleTable } from "./people-table.tsx"
import { resendInvitation, setAudience, shareProject, useAccess } from "./queries.ts"
import { RequestList } from "./request-list.tsx"
import { levelOptions, levelWords } from "./role-words.ts"

/** Requests, the audience, a form to share with, and with whom it is shared. */
export function Access({ project }: { project: Project }) {
  const access = useAccess(project.id)
  return (
    <ReadBody
      of={access}
      failed="Who has access could not be loaded"
      skeleton={
        <div className="p-4">
          <SkeletonLines what="access" />
        </div>
      }
    >
      {(data) => (
        <>
          <RequestList project={project} requests={data.requests} />
          <AudienceSwitch project={project} audience={data.audience} />
          <ShareForm project={project} />
          {data.people.length > 0 ? <PeopleTable project={project} people={data.people} /> : null}
          {data.invitations.length > 0 ? (
            <div className="border-t border-line">
              <InvitationTable invitations={data.invitations} />
            </div>
          ) : null}
        </>
      )}
    </ReadBody>
  )
}

interface AudienceSwitchProps {
  project: Project
  audience: ProjectAccess["audience"]
}

function AudienceSwitch({ project, audience }: AudienceSwitchProps) {
  const { organization } = useSession()
  const change = useMutation(setAudience)
  const shown = change.isPending ? change.variables.body.audience : audience
  const open = shown === "organization"
  return (
    <div className="grid gap-3 border-b border-line p-4">
      <Switch
        label="All of the organization"
        help={
          open
            ? `Everybody in ${organization.name} sees this project, and does in it what their role allows.`
            : "Only owners, admins and who is named below see it. Other members with a link can ask."
        }
        checked={open}
        onChange={(on) =>
          change.mutate({
            params: { projectId: project.id },
            body: { audience: on ? "organization" : "listed" },
          })
        }
      />
      {change.error ? <Note tone="bad">{problemOf(change.error).detail}</Note> : null}
    </div>
  )
}

interface Typed {
  email: string
  level: AccessLevel
}

function ShareForm({ project }: { project: Project }) {
  const say = useToast()
  const share = useMutation(shareProject)
  const noMail = useMailStandIn()
  const resend = useMutation(resendInvitation)
  const [made, setMade] = useState<InvitationWithLink>()
  const form = useForm<Typed, ProjectAccess>({
    values: { email: "", level: "see" },
    body: ({ email, level }) => ({ email: email.trim(), level }),
    schema: () => schemaOf("POST /projects/{projectId}/access/people"),
    send: (_, { email, level }) =>
      share.mutateAsync({
        params: { projectId: project.id },
        body: { email: email.trim(), level },
      }),
    done: ({ invitations }) => {
      const typed = form.state.getValues("email").trim().toLowerCase()
      const invited = invitations.find(({ email }) => email === typed)
      form.clear()
      // Nothing reaches them by itself where mail is a stand-in: the link is what they need.
      if (invited && noMail)
        resend.mutate({ params: { invitationId: invited.id }, body: {} }, { onSuccess: setMade })
      say({ glyph: "done", title: invited ? `${typed} is invited` : `Shared with ${typed}` })
    },
  })
  const level = form.state.watch("level")
  return (
    <Form form={form} label="Share project" className="p-4">
      <div className="grid grid-cols-[minmax(0,1fr)_160px] gap-3 max-md:grid-cols-[minmax(0,1fr)]">
        <TextField
          label="Share with"
          type="email"
          autoComplete="off"
          placeholder="somebody@example.com"
          help="Somebody outside becomes a guest of this project alone, once they accept."
          {...form.text("email")}
        />
        <Field label="What they can do" help={levelWords[level]} error={form.errorAt("level")}>
          {(control) => (
            <Select<AccessLevel>
              {...control}
              value={level}
              options={levelOptions}
              onChange={(value) => form.set({ level: value })}
            />
          )}
        </Field>
      </div>
      <div>
        <Button type="submit" busy={form.pending ? "Sharing" : undefined}>
          Share
        </Button>
      </div>
      {resend.error ? (
        <Note tone="bad" title="They are invited, and their link could not be made.">
          {problemOf(resend.error).detail} Send the invitation again from the list below.
        </Note>
      ) : null}
      {made ? <LazyLinkDialog made={made} onClose={() => setMade(undefined)} /> : null}
    </Form>
  )
}
