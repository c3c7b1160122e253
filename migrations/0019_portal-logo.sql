CREATE TABLE `portal_logos` (
	`id` integer PRIMARY KEY NOT NULL,
	`file` text NOT NULL,
	`content_type` text NOT NULL,
	`data` blob NOT NULL,
	CONSTRAINT "portal_logos_one_row" CHECK("portal_logos"."id" = 1)
);
--> statement-breakpoint
ALTER TABLE `settings` ADD `logo_file` text;--> statement-breakpoint
ALTER TABLE `settings` ADD `logo_width` integer;--> statement-breakpoint
ALTER TABLE `settings` ADD `logo_height` integer;