CREATE TABLE `refused_calls` (
	`request_id` text NOT NULL,
	`app_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`credential_id` text NOT NULL,
	`at` integer NOT NULL,
	`method` text NOT NULL,
	`path` text NOT NULL,
	`code` text NOT NULL,
	`detail` text,
	`stands_for` integer NOT NULL,
	PRIMARY KEY(`request_id`, `app_id`)
);
--> statement-breakpoint
CREATE INDEX `refused_calls_at` ON `refused_calls` (`at`,`request_id`);--> statement-breakpoint
CREATE INDEX `refused_calls_app` ON `refused_calls` (`app_id`,`at`,`request_id`);--> statement-breakpoint
CREATE INDEX `refused_calls_app_code` ON `refused_calls` (`app_id`,`code`,`at`,`request_id`);--> statement-breakpoint
CREATE TABLE `usage_of_apis` (
	`span` text NOT NULL,
	`start` integer NOT NULL,
	`api_id` text NOT NULL,
	`status_class` integer NOT NULL,
	`calls` integer NOT NULL,
	`under_50_ms` integer NOT NULL,
	`under_250_ms` integer NOT NULL,
	`under_1000_ms` integer NOT NULL,
	`slower` integer NOT NULL,
	`under_25_ms` integer DEFAULT 0 NOT NULL,
	`under_100_ms` integer DEFAULT 0 NOT NULL,
	`under_500_ms` integer DEFAULT 0 NOT NULL,
	`under_2500_ms` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`span`, `start`, `api_id`, `status_class`)
);
--> statement-breakpoint
CREATE TABLE `usage_of_apps` (
	`span` text NOT NULL,
	`start` integer NOT NULL,
	`app_id` text NOT NULL,
	`calls` integer NOT NULL,
	`client_errors` integer NOT NULL,
	`server_errors` integer NOT NULL,
	PRIMARY KEY(`span`, `start`, `app_id`)
);
--> statement-breakpoint
CREATE INDEX `usage_of_apps_calls` ON `usage_of_apps` (`span`,`start`,`calls`,`app_id`);--> statement-breakpoint
ALTER TABLE `usage_hours` ADD `under_25_ms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_hours` ADD `under_100_ms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_hours` ADD `under_500_ms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_hours` ADD `under_2500_ms` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `usage_hours` ADD `limits_id` text;
--> statement-breakpoint
-- What was counted before is in the sums of days and months too.
INSERT INTO `usage_of_apis` (`span`, `start`, `api_id`, `status_class`, `calls`, `under_50_ms`, `under_250_ms`, `under_1000_ms`, `slower`)
	SELECT 'hour', `hour`, `api_id`, `status_class`, sum(`calls`), sum(`under_50_ms`), sum(`under_250_ms`), sum(`under_1000_ms`), sum(`slower`)
	FROM `usage_hours` GROUP BY `hour`, `api_id`, `status_class`;
--> statement-breakpoint
INSERT INTO `usage_of_apis` (`span`, `start`, `api_id`, `status_class`, `calls`, `under_50_ms`, `under_250_ms`, `under_1000_ms`, `slower`)
	SELECT 'day', `start` - `start` % 86400000, `api_id`, `status_class`, sum(`calls`), sum(`under_50_ms`), sum(`under_250_ms`), sum(`under_1000_ms`), sum(`slower`)
	FROM `usage_of_apis` WHERE `span` = 'hour' GROUP BY 2, `api_id`, `status_class`;
--> statement-breakpoint
INSERT INTO `usage_of_apps` (`span`, `start`, `app_id`, `calls`, `client_errors`, `server_errors`)
	SELECT 'day', `hour` - `hour` % 86400000, `app_id`, sum(`calls`),
		sum(CASE WHEN `status_class` = 4 THEN `calls` ELSE 0 END), sum(CASE WHEN `status_class` = 5 THEN `calls` ELSE 0 END)
	FROM `usage_hours` GROUP BY 2, `app_id`;
--> statement-breakpoint
INSERT INTO `usage_of_apps` (`span`, `start`, `app_id`, `calls`, `client_errors`, `server_errors`)
	SELECT 'month', strftime('%s', `start` / 1000, 'unixepoch', 'start of month') * 1000, `app_id`, sum(`calls`), sum(`client_errors`), sum(`server_errors`)
	FROM `usage_of_apps` WHERE `span` = 'day' GROUP BY 2, `app_id`;
