CREATE TABLE `credential_limits` (
	`credential_id` text PRIMARY KEY NOT NULL,
	`ip_ranges` text NOT NULL,
	`methods` text NOT NULL,
	`paths` text NOT NULL,
	`not_before` integer,
	`own_expires_at` integer,
	`plan_expires_at` integer,
	`version` integer NOT NULL,
	`decision_id` text NOT NULL,
	FOREIGN KEY (`credential_id`) REFERENCES `credentials`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `credentials_retires` ON `credentials` (`retires_at`) WHERE "credentials"."state" = 'retiring';