ALTER TABLE `settings` ADD `home_version` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `refused_calls_code` ON `refused_calls` (`code`,`at`,`request_id`);