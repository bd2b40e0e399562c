import { z } from "zod"
import { shopValues } from "../shop-values.ts"

const logoTypes = /^data:image\/(png|webp|jpeg|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/

/** What a person chooses of a Medusa shop. Changing the look starts the shop anew, and changes no data. */
export const medusaValues = z.strictObject({
  ...shopValues.shape,
  tagline: z.string().trim().max(120, "Use at most 120 characters.").default(""),
  accent: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, "Write a colour such as #6a45e8.")
    .default("#2f6b4f")
    .meta({ title: "Colour" }),
  logo: z
    .string()
    .max(90_000, "The logo may have 64 KiB.")
    .regex(logoTypes, "Give a PNG, WebP, JPEG or SVG as a data URL.")
    .optional()
    .meta({ title: "Logo, as a data URL" }),
})
export type MedusaValues = z.infer<typeof medusaValues>
