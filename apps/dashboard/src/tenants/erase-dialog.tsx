"use client"
import { useQuery } from "@tanstack/react-query"
import { call } from "../api/call.ts"
import { read } from "../api/read.ts"
import { Form } from "../form/form.tsx"
import { schemaOf } from "../form/schema-of.ts"
import { useForm } from "../form/use-form.ts"
import { outside } from "../paths.ts"
import { useSession } from "../shell/session.tsx"
import { Button } from "../ui/button.tsx"
import { Dialog, DialogButtons } from "../ui/dialog.tsx"
import { TextField } from "../ui/field.tsx"

/** Erases the account of who is signed in, once it is said what goes and what stays. */
export function EraseDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  const { me } = useSession()
  const account = useQuery(read("GET /auth/account"))
  const form = useForm({
    values: { email: "", password: "" },
    body: ({ email, password }) => ({ email, ...(password ? { password } : {}) }),
    schema: () => schemaOf("DELETE /me"),
    send: (_, { email, password }) =>
      call("DELETE /me", { body: { email, ...(password ? { password } : {}) } }),
    // Nothing of them may stay on any page.
    done: () => window.location.assign(outside.signIn()),
    check: ({ email }) => ({
      email: email.trim().toLowerCase() === me.email ? undefined : `Type ${me.email} to erase it.`,
    }),
    leaves: true,
  })
  return (
    <Dialog open={open} onClose={onClose} title="Erase your account?">
      <Form form={form} label="Erase account">
        <p>
          <b className="font-semibold text-fg">What goes:</b> your account and all sessions, your
          name and address wherever they stand, mails and invitations to you, secrets of keys that
          you know, and every organization that nobody else is in, with its projects and data.
        </p>
        <p>
          <b className="font-semibold text-fg">What stays:</b> projects of organizations that others
          use, since they are theirs; records of what was done there, by an “Erased person”, since
          they prove what happened; what was used, since it is counted. Versions of those projects’
          files keep the name that made them: changing it would change every version after it.
        </p>
        <TextField label={`Your address, ${me.email}`} autoComplete="off" {...form.text("email")} />
        {account.data?.password === false ? null : (
          <TextField
            label="Your password"
            type="password"
            autoComplete="current-password"
            {...form.text("password")}
          />
        )}
        <DialogButtons onCancel={onClose}>
          <Button type="submit" kind="bad" busy={form.pending ? "Erasing" : undefined}>
            Erase account
          </Button>
        </DialogButtons>
      </Form>
    </Dialog>
  )
}
