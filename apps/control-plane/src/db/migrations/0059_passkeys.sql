-- The table of the sign-in library's passkeys, as @better-auth/passkey 1.7.5 makes it, but that nobody can add the
-- key of somebody else under its id, and that each has a name and a time.
create table auth."passkey" (
  "id" text not null primary key,
  "name" text not null,
  "publicKey" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "credentialID" text not null,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz not null default now(),
  "aaguid" text
);
--> statement-breakpoint
create unique index "passkey_credentialID_idx" on auth."passkey" ("credentialID");
--> statement-breakpoint
create index "passkey_userId_idx" on auth."passkey" ("userId");
--> statement-breakpoint
grant select, insert, update, delete on auth."passkey" to vibecaas_auth;
