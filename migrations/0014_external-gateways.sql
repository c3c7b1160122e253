CREATE TABLE `api_gateways` (
	`api_id` text PRIMARY KEY NOT NULL,
	`gateway_id` text NOT NULL,
	`external_api_id` text NOT NULL,
	`listen_path` text NOT NULL,
	FOREIGN KEY (`api_id`) REFERENCES `apis`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`gateway_id`) REFERENCES `gateways`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_gateways_external` ON `api_gateways` (`gateway_id`,`external_api_id`);--> statement-breakpoint
CREATE TABLE `gateway_keys` (
	`credential_id` text NOT NULL,
	`gateway_id` text NOT NULL,
	`app_id` text NOT NULL,
	`hint` text NOT NULL,
	`secret_cipher` text NOT NULL,
	`state` text NOT NULL,
	`claim_id` text,
	`claimed_until` integer DEFAULT 0 NOT NULL,
	`told_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`credential_id`, `gateway_id`),
	FOREIGN KEY (`gateway_id`) REFERENCES `gateways`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "gateway_keys_state_known" CHECK("gateway_keys"."state" in ('absent', 'unsure', 'present'))
);
--> statement-breakpoint
CREATE INDEX `gateway_keys_gateway` ON `gateway_keys` (`gateway_id`,`credential_id`);--> statement-breakpoint
CREATE INDEX `gateway_keys_app` ON `gateway_keys` (`app_id`);--> statement-breakpoint
CREATE TABLE `gateways` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`kind` text NOT NULL,
	`base_url` text NOT NULL,
	`secret_cipher` text NOT NULL,
	`external_org_id` text NOT NULL,
	`public_url` text NOT NULL,
	`header_name` text NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "gateways_kind_known" CHECK("gateways"."kind" in ('tyk'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `gateways_name_key` ON `gateways` (`name_key`);--> statement-breakpoint
CREATE INDEX `deliveries_channel_created` ON `deliveries` (`channel`,`created_at`,`id`);
--> statement-breakpoint
CREATE TRIGGER `gateway_keys_kept` AFTER UPDATE OF `secret_cipher` ON `credentials`
WHEN old.`secret_cipher` IS NOT NULL AND new.`secret_cipher` IS NULL AND new.`type` = 'api_key' AND new.`state` IN ('active', 'retiring') BEGIN
	INSERT OR IGNORE INTO `gateway_keys` (`credential_id`, `gateway_id`, `app_id`, `hint`, `secret_cipher`, `state`, `created_at`)
	SELECT DISTINCT new.`id`, b.`gateway_id`, new.`app_id`, new.`hint`, old.`secret_cipher`, 'absent', new.`created_at`
	FROM `credential_requests` q JOIN `access_request_products` p ON p.`request_id` = q.`request_id` AND p.`live` = 1
	JOIN `apis` a ON a.`product_id` = p.`product_id` JOIN `api_gateways` b ON b.`api_id` = a.`id`
	WHERE q.`credential_id` = new.`id`;
END;
