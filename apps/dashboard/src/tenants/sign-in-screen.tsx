"use client"
import Link from "next/link"
import { useState } from "react"
import { call } from "../api/call.ts"
import { outside } from "../paths.ts"
import { usePlatform } from "../shell/platform.ts"
import { Door } from "./door.tsx"
import { DoorForm, EmailField, PasswordField, useDoorForm } from "./door-form.tsx"
import { PasskeyButton } from "./passkey-button.tsx"
import { ProviderButton } from "./provider-button.tsx"
import { SecondStepForm } from "./second-step-form.tsx"

interface SignInScreenProps {
  next: string
  host: string
}

export function SignInScreen(props: SignInScreenProps) {
  const [asked, setAsked] = useState(false)
  return asked ? (
    <SecondStepForm next={props.next} onBack={() => setAsked(false)} />
  ) : (
    <PasswordScreen {...props} onAsked={() => setAsked(true)} />
  )
}

function PasswordScreen({ next, host, onAsked }: SignInScreenProps & { onAsked(): void }) {
  const { data: platform } = usePlatform()
  const form = useDoorForm({
    route: "POST /auth/sign-in/email",
    send: ({ email, password }) => call("POST /auth/sign-in/email", { body: { email, password } }),
    goesOn: ({ secondStep }) => {
      if (secondStep) onAsked()
      return secondStep
    },
    next,
  })
  return (
    <Door title="Sign in" where={`to the server at ${host}`}>
      <DoorForm verb="Sign in" doing="Signing in" form={form}>
        <EmailField autoFocus passkeys form={form} />
        <PasswordField
          kind="current"
          form={form}
          help={
            next === outside.join()
              ? undefined
              : "First time here? The server printed an address and a password when it started."
          }
        />
      </DoorForm>
      <PasskeyButton next={next} />
      <ProviderButton next={next} />
      <p className="text-13 text-fg-2">
        <Link href={outside.forgot()} className="link">
          Forgotten your password?
        </Link>
      </p>
      <p className="min-h-5 text-13 text-fg-2">
        {platform?.signup === "open" ? (
          <>
            No account yet?{" "}
            <Link href={outside.signUp(next)} className="link">
              Create one
            </Link>
          </>
        ) : null}
      </p>
    </Door>
  )
}
