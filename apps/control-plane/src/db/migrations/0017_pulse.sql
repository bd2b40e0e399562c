CREATE TABLE "pulse" (
	"single" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"beaten_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "pulse_single" CHECK ("pulse"."single")
);
--> statement-breakpoint
insert into pulse default values;
--> statement-breakpoint
grant update on pulse to vibecaas_app;
