import { AtSign, Building2, CircleUser, Fingerprint, KeyRound, Smartphone } from "lucide-react"
import type { Deeds } from "../kind.ts"

export const tenantsDeeds = {
  icons: {
    organization: Building2,
    account: CircleUser,
    session: CircleUser,
    password: KeyRound,
    second_step: Smartphone,
    passkey: Fingerprint,
    address: AtSign,
  },
  actions: {
    "organization.create": "Organization created",
    "organization.rename": "Organization renamed",
    "organization.leave": "Organization left",
    "organization.delete": "Organization deletion asked for",
    "organization.deleted": "Organization deleted",
    "account.create": "Account created",
    "account.erase": "Account erased",
    "account.rename": "Name changed",
    "session.start": "Signed in",
    "session.recover": "Signed in by a recovery code",
    "session.passkey": "Signed in by a passkey",
    "session.stop": "Signed out",
    "session.end": "Session ended from elsewhere",
    "password.change": "Password changed",
    "address.change": "Address changed",
    "address.confirm": "Address confirmed",
    "second_step.on": "Second step turned on",
    "second_step.off": "Second step turned off",
    "second_step.codes": "New recovery codes",
    "passkey.add": "Passkey added",
    "passkey.rename": "Passkey renamed",
    "passkey.remove": "Passkey removed",
  },
} as const satisfies Deeds
