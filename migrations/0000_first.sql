CREATE TABLE `access_request_products` (
	`request_id` text NOT NULL,
	`product_id` text NOT NULL,
	`app_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`live` integer NOT NULL,
	PRIMARY KEY(`request_id`, `product_id`),
	FOREIGN KEY (`request_id`) REFERENCES `access_requests`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `access_request_products_once` ON `access_request_products` (`app_id`,`plan_id`,`product_id`) WHERE "access_request_products"."live" = 1;--> statement-breakpoint
CREATE INDEX `access_request_products_product` ON `access_request_products` (`product_id`);--> statement-breakpoint
CREATE TABLE `access_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`submission_id` text NOT NULL,
	`app_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`requester_id` text,
	`catalog_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`credential_type` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`state` text NOT NULL,
	`rejection_reason` text,
	`plan_name` text NOT NULL,
	`rate_limit` integer,
	`rate_period_seconds` integer,
	`quota_limit` integer,
	`quota_period` text,
	`key_lifetime_days` integer,
	`reminded_at` integer,
	`decision_id` text,
	`decided_by_id` text,
	`decided_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`app_id`) REFERENCES `apps`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`requester_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`catalog_id`) REFERENCES `catalogs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "access_requests_state_known" CHECK("access_requests"."state" in ('pending', 'approved', 'rejected', 'withdrawn', 'revoked'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `access_requests_submission` ON `access_requests` (`submission_id`);--> statement-breakpoint
CREATE INDEX `access_requests_state_created` ON `access_requests` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `access_requests_created` ON `access_requests` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `access_requests_app` ON `access_requests` (`app_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `access_requests_organization` ON `access_requests` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `cart_items` (
	`user_id` text NOT NULL,
	`catalog_id` text NOT NULL,
	`product_id` text NOT NULL,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`user_id`, `catalog_id`, `product_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`catalog_id`) REFERENCES `catalogs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `credential_requests` (
	`credential_id` text NOT NULL,
	`request_id` text NOT NULL,
	PRIMARY KEY(`credential_id`, `request_id`),
	FOREIGN KEY (`credential_id`) REFERENCES `credentials`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`request_id`) REFERENCES `access_requests`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `credential_requests_request` ON `credential_requests` (`request_id`);--> statement-breakpoint
CREATE TABLE `attempt_counters` (
	`key` text PRIMARY KEY NOT NULL,
	`attempts` integer NOT NULL,
	`resets_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `attempt_counters_resets` ON `attempt_counters` (`resets_at`);--> statement-breakpoint
CREATE TABLE `consumed_tokens` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`redemption_id` text NOT NULL,
	`user_id` text,
	`consumed_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `consumed_tokens_consumed` ON `consumed_tokens` (`consumed_at`);--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`invited_by_id` text,
	`organization_id` text,
	`state` text NOT NULL,
	`expires_at` integer NOT NULL,
	`decided_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`invited_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "invitations_state_known" CHECK("invitations"."state" in ('open', 'accepted', 'withdrawn'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_open` ON `invitations` (`user_id`) WHERE "invitations"."state" = 'open';--> statement-breakpoint
CREATE INDEX `invitations_organization` ON `invitations` (`organization_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `invite_codes` (
	`id` text PRIMARY KEY NOT NULL,
	`code` text NOT NULL,
	`code_key` text NOT NULL,
	`organization_id` text NOT NULL,
	`team_id` text NOT NULL,
	`max_uses` integer NOT NULL,
	`uses` integer DEFAULT 0 NOT NULL,
	`expires_at` integer,
	`active` integer DEFAULT true NOT NULL,
	`created_by_id` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`created_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`team_id`,`organization_id`) REFERENCES `teams`(`id`,`organization_id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "invite_codes_uses_bounded" CHECK("invite_codes"."uses" >= 0 and "invite_codes"."uses" <= "invite_codes"."max_uses")
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invite_codes_key` ON `invite_codes` (`code_key`);--> statement-breakpoint
CREATE INDEX `invite_codes_created` ON `invite_codes` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`code_hash` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`used_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `recovery_codes_user` ON `recovery_codes` (`user_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`user_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`idle_seconds` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`authenticated_at` integer NOT NULL,
	`user_agent` text,
	`ip` text,
	`country` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_id` ON `sessions` (`id`);--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `sessions_expires` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `two_factor_secrets` (
	`user_id` text PRIMARY KEY NOT NULL,
	`secret_cipher` text NOT NULL,
	`confirmed_at` integer,
	`last_used_step` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text NOT NULL,
	`email_key` text NOT NULL,
	`first_name` text NOT NULL,
	`last_name` text NOT NULL,
	`role` text NOT NULL,
	`state` text NOT NULL,
	`state_reason` text,
	`organization_id` text,
	`org_role` text,
	`password_hash` text,
	`password_changed_at` integer,
	`must_change_password` integer DEFAULT false NOT NULL,
	`reset_version` integer DEFAULT 0 NOT NULL,
	`reset_requested_at` integer,
	`email_verified_at` integer,
	`last_login_at` integer,
	`notify_requests` integer DEFAULT true NOT NULL,
	`notify_expiry` integer DEFAULT true NOT NULL,
	`decision_id` text,
	`decided_by_id` text,
	`decided_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "users_role_known" CHECK("users"."role" in ('admin', 'developer')),
	CONSTRAINT "users_state_known" CHECK("users"."state" in ('invited', 'pending', 'active', 'rejected', 'deactivated')),
	CONSTRAINT "users_place" CHECK(("users"."role" = 'admin' and "users"."organization_id" is null and "users"."org_role" is null)
        or ("users"."role" = 'developer' and "users"."organization_id" is not null and "users"."org_role" in ('super_admin', 'team_member')))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_key` ON `users` (`email_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `users_id_organization` ON `users` (`id`,`organization_id`);--> statement-breakpoint
CREATE INDEX `users_created` ON `users` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `users_state_created` ON `users` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `users_role_state` ON `users` (`role`,`state`);--> statement-breakpoint
CREATE INDEX `users_organization` ON `users` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `apps` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`owner_id` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`visibility` text NOT NULL,
	`team_id` text,
	`redirect_urls` text NOT NULL,
	`frozen_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`owner_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`team_id`,`organization_id`) REFERENCES `teams`(`id`,`organization_id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "apps_visibility_known" CHECK("apps"."visibility" in ('personal', 'team', 'organization')),
	CONSTRAINT "apps_team_when_shared" CHECK(("apps"."visibility" = 'team') = ("apps"."team_id" is not null))
);
--> statement-breakpoint
CREATE INDEX `apps_organization` ON `apps` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `apps_owner` ON `apps` (`owner_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `apps_team` ON `apps` (`team_id`);--> statement-breakpoint
CREATE INDEX `apps_created` ON `apps` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `credentials` (
	`id` text PRIMARY KEY NOT NULL,
	`app_id` text NOT NULL,
	`type` text NOT NULL,
	`state` text NOT NULL,
	`name` text NOT NULL,
	`client_id` text,
	`secret_hash` text NOT NULL,
	`secret_cipher` text,
	`hint` text NOT NULL,
	`replaces_id` text,
	`expires_at` integer,
	`retires_at` integer,
	`revoked_at` integer,
	`revoked_by_id` text,
	`decision_id` text,
	`last_used_at` integer,
	`last_used_api_id` text,
	`last_used_country` text,
	`show_once` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`app_id`) REFERENCES `apps`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`last_used_api_id`) REFERENCES `apis`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "credentials_type_known" CHECK("credentials"."type" in ('api_key', 'oauth_client')),
	CONSTRAINT "credentials_state_known" CHECK("credentials"."state" in ('active', 'retiring', 'revoked', 'expired'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_secret_hash` ON `credentials` (`secret_hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `credentials_client_id` ON `credentials` (`client_id`);--> statement-breakpoint
CREATE INDEX `credentials_app` ON `credentials` (`app_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `credentials_expires` ON `credentials` (`expires_at`) WHERE "credentials"."state" in ('active', 'retiring');--> statement-breakpoint
CREATE TABLE `api_document_chunks` (
	`document_id` text NOT NULL,
	`position` integer NOT NULL,
	`content` text NOT NULL,
	PRIMARY KEY(`document_id`, `position`),
	FOREIGN KEY (`document_id`) REFERENCES `api_documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `api_documents` (
	`id` text PRIMARY KEY NOT NULL,
	`api_id` text NOT NULL,
	`format` text NOT NULL,
	`openapi_version` text NOT NULL,
	`title` text NOT NULL,
	`version` text NOT NULL,
	`description_html` text NOT NULL,
	`overview` text NOT NULL,
	`size_bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`operation_count` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`api_id`) REFERENCES `apis`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `api_documents_api` ON `api_documents` (`api_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `api_operations` (
	`document_id` text NOT NULL,
	`slug` text NOT NULL,
	`method` text NOT NULL,
	`path` text NOT NULL,
	`tag` text NOT NULL,
	`summary` text NOT NULL,
	`deprecated` integer DEFAULT false NOT NULL,
	`position` integer NOT NULL,
	`detail` text NOT NULL,
	PRIMARY KEY(`document_id`, `slug`),
	FOREIGN KEY (`document_id`) REFERENCES `api_documents`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_operations_address` ON `api_operations` (`document_id`,`method`,`path`);--> statement-breakpoint
CREATE INDEX `api_operations_position` ON `api_operations` (`document_id`,`position`);--> statement-breakpoint
CREATE TABLE `apis` (
	`id` text PRIMARY KEY NOT NULL,
	`product_id` text NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`version` text NOT NULL,
	`upstream_url` text,
	`accepts_api_key` integer DEFAULT true NOT NULL,
	`accepts_oauth` integer DEFAULT false NOT NULL,
	`document_id` text,
	`position` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "apis_accept_something" CHECK("apis"."accepts_api_key" = 1 or "apis"."accepts_oauth" = 1)
);
--> statement-breakpoint
CREATE UNIQUE INDEX `apis_slug` ON `apis` (`product_id`,`slug`);--> statement-breakpoint
CREATE TABLE `catalog_audiences` (
	`id` text PRIMARY KEY NOT NULL,
	`catalog_id` text NOT NULL,
	`organization_id` text,
	`team_id` text,
	FOREIGN KEY (`catalog_id`) REFERENCES `catalogs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`team_id`) REFERENCES `teams`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "catalog_audiences_one_kind" CHECK(("catalog_audiences"."organization_id" is null) <> ("catalog_audiences"."team_id" is null))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `catalog_audiences_organization` ON `catalog_audiences` (`catalog_id`,`organization_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `catalog_audiences_team` ON `catalog_audiences` (`catalog_id`,`team_id`);--> statement-breakpoint
CREATE INDEX `catalog_audiences_by_organization` ON `catalog_audiences` (`organization_id`);--> statement-breakpoint
CREATE INDEX `catalog_audiences_by_team` ON `catalog_audiences` (`team_id`);--> statement-breakpoint
CREATE TABLE `catalog_plans` (
	`catalog_id` text NOT NULL,
	`plan_id` text NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`catalog_id`, `plan_id`),
	FOREIGN KEY (`catalog_id`) REFERENCES `catalogs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`plan_id`) REFERENCES `plans`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `catalog_plans_plan` ON `catalog_plans` (`plan_id`);--> statement-breakpoint
CREATE TABLE `catalog_products` (
	`catalog_id` text NOT NULL,
	`product_id` text NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`catalog_id`, `product_id`),
	FOREIGN KEY (`catalog_id`) REFERENCES `catalogs`(`id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `catalog_products_product` ON `catalog_products` (`product_id`);--> statement-breakpoint
CREATE TABLE `catalogs` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`slug` text NOT NULL,
	`visibility` text NOT NULL,
	`position` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	CONSTRAINT "catalogs_visibility_known" CHECK("catalogs"."visibility" in ('public', 'private', 'custom'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `catalogs_slug` ON `catalogs` (`slug`);--> statement-breakpoint
CREATE UNIQUE INDEX `catalogs_name_key` ON `catalogs` (`name_key`);--> statement-breakpoint
CREATE TABLE `guides` (
	`id` text PRIMARY KEY NOT NULL,
	`product_id` text NOT NULL,
	`slug` text NOT NULL,
	`title` text NOT NULL,
	`body_markdown` text NOT NULL,
	`body_html` text NOT NULL,
	`state` text NOT NULL,
	`position` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "guides_state_known" CHECK("guides"."state" in ('draft', 'published'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `guides_slug` ON `guides` (`product_id`,`slug`);--> statement-breakpoint
CREATE INDEX `guides_position` ON `guides` (`product_id`,`position`);--> statement-breakpoint
CREATE TABLE `plans` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`description` text NOT NULL,
	`rate_limit` integer,
	`rate_period_seconds` integer,
	`quota_limit` integer,
	`quota_period` text,
	`key_lifetime_days` integer,
	`approval` text NOT NULL,
	`archived_at` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "plans_rate_whole" CHECK(("plans"."rate_limit" is null) = ("plans"."rate_period_seconds" is null)),
	CONSTRAINT "plans_quota_whole" CHECK(("plans"."quota_limit" is null) = ("plans"."quota_period" is null)),
	CONSTRAINT "plans_approval_known" CHECK("plans"."approval" in ('auto', 'manual'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `plans_name_key` ON `plans` (`name_key`);--> statement-breakpoint
CREATE TABLE `product_tags` (
	`product_id` text NOT NULL,
	`tag` text NOT NULL,
	PRIMARY KEY(`product_id`, `tag`),
	FOREIGN KEY (`product_id`) REFERENCES `products`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `product_tags_tag` ON `product_tags` (`tag`);--> statement-breakpoint
CREATE TABLE `products` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`slug` text NOT NULL,
	`summary` text NOT NULL,
	`description_markdown` text NOT NULL,
	`description_html` text NOT NULL,
	`logo_content_type` text,
	`logo_data` blob,
	`featured` integer DEFAULT false NOT NULL,
	`state` text NOT NULL,
	`published_at` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "products_state_known" CHECK("products"."state" in ('draft', 'published'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `products_slug` ON `products` (`slug`);--> statement-breakpoint
CREATE INDEX `products_state_name` ON `products` (`state`,`name`,`id`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` text PRIMARY KEY NOT NULL,
	`event_id` text NOT NULL,
	`channel` text NOT NULL,
	`recipient_key` text NOT NULL,
	`template` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer DEFAULT 0 NOT NULL,
	`claimed_at` integer,
	`next_attempt_at` integer NOT NULL,
	`last_error` text,
	`sent_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`event_id`) REFERENCES `events`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "deliveries_state_known" CHECK("deliveries"."state" in ('pending', 'sending', 'sent', 'failed', 'dead'))
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_once` ON `deliveries` (`event_id`,`channel`,`recipient_key`);--> statement-breakpoint
CREATE INDEX `deliveries_created` ON `deliveries` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_state_created` ON `deliveries` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `deliveries_waiting` ON `deliveries` (`next_attempt_at`) WHERE "deliveries"."state" in ('pending', 'sending');--> statement-breakpoint
CREATE TABLE `email_templates` (
	`template` text PRIMARY KEY NOT NULL,
	`subject` text NOT NULL,
	`body_markdown` text NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `events` (
	`id` text PRIMARY KEY NOT NULL,
	`type` text NOT NULL,
	`actor_type` text NOT NULL,
	`actor_id` text,
	`actor_label` text NOT NULL,
	`subject_type` text NOT NULL,
	`subject_id` text NOT NULL,
	`organization_id` text,
	`app_id` text,
	`data` text NOT NULL,
	`request_id` text NOT NULL,
	`ip` text,
	`country` text,
	`user_agent` text,
	`created_at` integer NOT NULL,
	`planned_at` integer
);
--> statement-breakpoint
CREATE INDEX `events_created` ON `events` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `events_type` ON `events` (`type`,`created_at`);--> statement-breakpoint
CREATE INDEX `events_subject` ON `events` (`subject_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `events_organization` ON `events` (`organization_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `events_app` ON `events` (`app_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `events_actor` ON `events` (`actor_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `events_unplanned` ON `events` (`created_at`) WHERE "events"."planned_at" is null;--> statement-breakpoint
CREATE TABLE `outbox_mails` (
	`id` text PRIMARY KEY NOT NULL,
	`delivery_id` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`html` text NOT NULL,
	`text` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_mails_delivery` ON `outbox_mails` (`delivery_id`);--> statement-breakpoint
CREATE INDEX `outbox_mails_created` ON `outbox_mails` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `webhook_attempts` (
	`delivery_id` text NOT NULL,
	`attempt` integer NOT NULL,
	`request_body` text NOT NULL,
	`response_status` integer,
	`response_body` text,
	`duration_ms` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`delivery_id`, `attempt`),
	FOREIGN KEY (`delivery_id`) REFERENCES `deliveries`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `webhook_endpoints` (
	`id` text PRIMARY KEY NOT NULL,
	`url` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`secret_cipher` text NOT NULL,
	`event_types` text NOT NULL,
	`state` text NOT NULL,
	`failures` integer DEFAULT 0 NOT NULL,
	`paused_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `organizations` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`state` text NOT NULL,
	`is_default` integer DEFAULT false NOT NULL,
	`requested_by_id` text,
	`rejection_reason` text,
	`suspended_at` integer,
	`frozen_at` integer,
	`decision_id` text,
	`decided_by_id` text,
	`decided_at` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "organizations_state_known" CHECK("organizations"."state" in ('pending', 'active', 'rejected', 'suspended')),
	CONSTRAINT "organizations_default_active" CHECK("organizations"."is_default" = 0 or "organizations"."state" = 'active')
);
--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_name_key` ON `organizations` (`name_key`) WHERE "organizations"."state" <> 'rejected';--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_one_default` ON `organizations` (`is_default`) WHERE "organizations"."is_default" = 1;--> statement-breakpoint
CREATE UNIQUE INDEX `organizations_one_open_request` ON `organizations` (`requested_by_id`) WHERE "organizations"."state" = 'pending';--> statement-breakpoint
CREATE INDEX `organizations_created` ON `organizations` (`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `organizations_state_created` ON `organizations` (`state`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `team_members` (
	`team_id` text NOT NULL,
	`user_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`team_id`, `user_id`),
	FOREIGN KEY (`team_id`,`organization_id`) REFERENCES `teams`(`id`,`organization_id`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`user_id`,`organization_id`) REFERENCES `users`(`id`,`organization_id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `team_members_user` ON `team_members` (`user_id`);--> statement-breakpoint
CREATE TABLE `teams` (
	`id` text PRIMARY KEY NOT NULL,
	`organization_id` text NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`is_default` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`organization_id`) REFERENCES `organizations`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `teams_name_key` ON `teams` (`organization_id`,`name_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `teams_id_organization` ON `teams` (`id`,`organization_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `teams_one_default` ON `teams` (`organization_id`) WHERE "teams"."is_default" = 1;--> statement-breakpoint
CREATE INDEX `teams_created` ON `teams` (`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `api_tokens` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`token_hash` text NOT NULL,
	`hint` text NOT NULL,
	`scopes` text NOT NULL,
	`created_by_id` text,
	`expires_at` integer,
	`last_used_at` integer,
	`revoked_at` integer,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`created_by_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE set null
);
--> statement-breakpoint
CREATE UNIQUE INDEX `api_tokens_hash` ON `api_tokens` (`token_hash`);--> statement-breakpoint
CREATE INDEX `api_tokens_created` ON `api_tokens` (`created_at`);--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`token_id` text NOT NULL,
	`key` text NOT NULL,
	`request_hash` text NOT NULL,
	`status` integer,
	`response` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`token_id`, `key`),
	FOREIGN KEY (`token_id`) REFERENCES `api_tokens`(`id`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `idempotency_keys_created` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`id` integer PRIMARY KEY NOT NULL,
	`portal_name` text NOT NULL,
	`accent_color` text,
	`home_markdown` text NOT NULL,
	`home_html` text NOT NULL,
	`visibility` text NOT NULL,
	`registration_enabled` integer NOT NULL,
	`sign_in_enabled` integer NOT NULL,
	`auto_approve_developers` integer NOT NULL,
	`organization_registration_enabled` integer NOT NULL,
	`auto_approve_organizations` integer NOT NULL,
	`require_email_verification` integer NOT NULL,
	`notification_address` text,
	`password_min_length` integer NOT NULL,
	`admin_idle_seconds` integer NOT NULL,
	`developer_idle_seconds` integer NOT NULL,
	`session_lifetime_seconds` integer NOT NULL,
	`require_admin_two_factor` integer NOT NULL,
	`show_secrets_once` integer NOT NULL,
	`updated_at` integer NOT NULL,
	CONSTRAINT "settings_one_row" CHECK("settings"."id" = 1),
	CONSTRAINT "settings_visibility_known" CHECK("settings"."visibility" in ('public', 'private', 'hidden')),
	CONSTRAINT "settings_password_length" CHECK("settings"."password_min_length" between 8 and 64)
);
--> statement-breakpoint
CREATE TABLE `usage_hours` (
	`credential_id` text NOT NULL,
	`api_id` text NOT NULL,
	`hour` integer NOT NULL,
	`status_class` integer NOT NULL,
	`app_id` text NOT NULL,
	`organization_id` text NOT NULL,
	`calls` integer NOT NULL,
	`under_50_ms` integer NOT NULL,
	`under_250_ms` integer NOT NULL,
	`under_1000_ms` integer NOT NULL,
	`slower` integer NOT NULL,
	PRIMARY KEY(`credential_id`, `hour`, `api_id`, `status_class`)
);
--> statement-breakpoint
CREATE INDEX `usage_hours_app` ON `usage_hours` (`app_id`,`hour`);--> statement-breakpoint
CREATE INDEX `usage_hours_organization` ON `usage_hours` (`organization_id`,`hour`);--> statement-breakpoint
CREATE INDEX `usage_hours_hour` ON `usage_hours` (`hour`);--> statement-breakpoint
INSERT INTO `organizations` (`id`, `name`, `name_key`, `state`, `is_default`, `created_at`) VALUES ('org_default', 'Default organization', 'default organization', 'active', 1, unixepoch() * 1000);
--> statement-breakpoint
INSERT INTO `teams` (`id`, `organization_id`, `name`, `name_key`, `is_default`, `created_at`) VALUES ('team_default', 'org_default', 'Default organization All users', 'default organization all users', 1, unixepoch() * 1000);
--> statement-breakpoint
INSERT INTO `catalogs` (`id`, `name`, `name_key`, `slug`, `visibility`, `position`, `created_at`) VALUES ('cat_public', 'Public catalog', 'public catalog', 'public', 'public', 0, unixepoch() * 1000), ('cat_private', 'Private catalog', 'private catalog', 'private', 'private', 1, unixepoch() * 1000);
--> statement-breakpoint
INSERT INTO `settings` (`id`, `portal_name`, `home_markdown`, `home_html`, `visibility`, `registration_enabled`, `sign_in_enabled`, `auto_approve_developers`, `organization_registration_enabled`, `auto_approve_organizations`, `require_email_verification`, `password_min_length`, `admin_idle_seconds`, `developer_idle_seconds`, `session_lifetime_seconds`, `require_admin_two_factor`, `show_secrets_once`, `updated_at`) VALUES (1, 'Developer portal', 'Find an API, ask for access, and make your first call in minutes.', '<p>Find an API, ask for access, and make your first call in minutes.</p>', 'public', 1, 1, 0, 1, 0, 1, 12, 3600, 604800, 2592000, 0, 0, unixepoch() * 1000);
