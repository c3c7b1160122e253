DROP INDEX `users_last_login`;--> statement-breakpoint
ALTER TABLE `users` ADD `last_login_key` integer GENERATED ALWAYS AS (coalesce(last_login_at, 0)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `users` ADD `last_name_key` text GENERATED ALWAYS AS (lower(last_name)) VIRTUAL;--> statement-breakpoint
ALTER TABLE `users` ADD `email_domain` text GENERATED ALWAYS AS (substr(email_key, instr(email_key, '@'))) VIRTUAL;--> statement-breakpoint
CREATE INDEX `users_last_name` ON `users` (`last_name_key`);--> statement-breakpoint
CREATE INDEX `users_email_domain` ON `users` (`email_domain`);--> statement-breakpoint
CREATE INDEX `users_last_login` ON `users` (`last_login_key`,`id`);