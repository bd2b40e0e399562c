import { z } from "zod"

/** Names that are the platform's own, or would be taken for it. */
const reserved = [
  ...["admin", "administrator", "api", "app", "apps", "auth", "billing", "blog", "cdn", "checkout"],
  ...[
    "dashboard",
    "docs",
    "ftp",
    "help",
    "login",
    "mail",
    "official",
    "pay",
    "payment",
    "payments",
  ],
  ...[
    "platform",
    "preview",
    "root",
    "secure",
    "security",
    "shop",
    "signin",
    "smtp",
    "ssl",
    "staff",
  ],
  ...["static", "status", "store", "stores", "support", "system", "vibecaas", "webmail", "www"],
]
/** Words with which no part of an address of ours begins. */
const offensive = ["fuck", "shit", "cunt", "nazi", "hitler", "porn", "nigger", "faggot"]

/** What a name looks like: letters and digits that are taken for one another are one. */
function likenessOf(label: string): string {
  const alike: Readonly<Record<string, string>> = {
    ...{ "0": "o", "1": "i", l: "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g" },
  }
  const plain = label.replaceAll("-", "").replaceAll("rn", "m").replaceAll("vv", "w")
  return [...plain].map((letter) => alike[letter] ?? letter).join("")
}
const reservedLooks = new Set(reserved.map(likenessOf))
const offensiveLooks = offensive.map(likenessOf)

/** The label of a store's address: `cafe-zoe` for “Café Zoë”. */
export function storeLabelOf(name: string): string {
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase()
  const label = plain.replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "")
  return label.slice(0, 40).replaceAll(/-+$/g, "")
}

/** What is wrong with a store's name, in words. */
export function faultOfStoreName(name: string): string | undefined {
  if (/[<>]/.test(name)) return "Use a name without < and >."
  if (!/^[\p{L}\p{M}\p{N} '’&.,!-]*$/u.test(name))
    return "Use letters, digits, spaces and ’ & . , ! - only."
  if (/[\p{L}\p{N}]/u.test(name.replaceAll(/[\p{Script=Latin}0-9]/gu, "")))
    return "Use letters of the Latin alphabet and the digits 0 to 9: others look like them in an address."
  const label = storeLabelOf(name)
  if (label.length < 2) return "Use a name with at least 2 letters or digits."
  const looks = likenessOf(label)
  if (reservedLooks.has(looks) || label.endsWith("-admin"))
    return "This name is kept for the platform, or looks like one that is. Use another."
  const parts = [looks, ...label.split("-").map(likenessOf)]
  if (parts.some((part) => offensiveLooks.some((word) => part.startsWith(word))))
    return "Use another name."
  return undefined
}

export const storeName = z
  .string()
  .trim()
  .min(2, "Use at least 2 characters, for example “Linden Street Books”.")
  .max(40, "Use at most 40 characters.")
  .superRefine((name, { addIssue }) => {
    const message = faultOfStoreName(name)
    if (message) addIssue({ code: "custom", message })
  })
