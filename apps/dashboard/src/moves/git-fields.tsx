"use client"
import type { Form } from "../form/use-form.ts"
import { TextField } from "../ui/field.tsx"
import { PasswordField } from "../ui/password-field.tsx"

export interface TypedGit {
  url: string
  branch: string
  token: string
}

/** Where a project's files come from: a server, a branch, and what opens it. */
export function GitFields<Typed extends TypedGit>({ form }: { form: Form<Typed> }) {
  // Each form has these fields among its own, which its type parameter cannot say.
  const { text } = form as unknown as Form<TypedGit>
  const { error: wrongToken, ...token } = text("token")
  return (
    <>
      <TextField
        label="Address"
        help="Over https, for example https://github.com/you/app.git."
        autoComplete="off"
        spellCheck={false}
        inputMode="url"
        {...text("url")}
      />
      <TextField
        label="Branch (optional)"
        help="Its newest files are brought in, without history, submodules and Git LFS."
        autoComplete="off"
        spellCheck={false}
        {...text("branch")}
      />
      <PasswordField
        label="Token (optional)"
        help="Only for a private repository. It is used once and forgotten."
        error={wrongToken}
        autoComplete="off"
        {...token}
      />
    </>
  )
}
