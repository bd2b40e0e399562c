-- The tables of the sign-in library, exactly as better-auth 1.7.5 makes them for PostgreSQL, in a
-- schema and with a role of their own. A test compares them with what the library asks for.
create table auth."user" (
  "id" text not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
--> statement-breakpoint
create table auth."session" (
  "id" text not null primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references auth."user" ("id") on delete cascade
);
--> statement-breakpoint
create table auth."account" (
  "id" text not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null
);
--> statement-breakpoint
create table auth."verification" (
  "id" text not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default current_timestamp,
  "updatedAt" timestamptz not null default current_timestamp
);
--> statement-breakpoint
create index "session_userId_idx" on auth."session" ("userId");
--> statement-breakpoint
create index "account_userId_idx" on auth."account" ("userId");
--> statement-breakpoint
create index "verification_identifier_idx" on auth."verification" ("identifier");
--> statement-breakpoint
grant select, insert, update, delete on all tables in schema auth to vibecaas_auth;
