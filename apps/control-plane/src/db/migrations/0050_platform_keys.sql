CREATE TABLE "platform_keys" (
	"name" text PRIMARY KEY NOT NULL,
	"sealed" text NOT NULL
);
--> statement-breakpoint
grant select, insert, update on platform_keys to vibecaas_app;
