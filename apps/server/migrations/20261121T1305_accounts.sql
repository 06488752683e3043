-- why:   accounts and sessions of better-auth in a schema of their own, counted log-in attempts, pruning of stored replies (ADR 0010)
-- locks: none (new tables)
-- breaks older nodes: no

-- Password hashes and session tokens stand behind a role of their own: earshot_app, which every slice acts as, cannot read them.
do $$ begin
  if not exists (select from pg_roles where rolname = 'earshot_auth') then create role earshot_auth nologin; end if;
  if not pg_has_role(current_user, 'earshot_auth', 'set') then execute format('grant earshot_auth to %I', current_user); end if;
exception when duplicate_object or unique_violation then null;
end $$;
create schema auth;
grant usage on schema auth to earshot_auth;

-- Written once by better-auth 1.7.5's compileMigrations() and checked by hand: its names, our uuidv7 keys, emails compared in lower case.
create table auth."user" (
  "id" uuid primary key default uuidv7(),
  "name" text not null,
  "email" text not null unique check ("email" = lower("email")),
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create table auth."session" (
  "id" uuid primary key default uuidv7(),
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" uuid not null references auth."user" ("id") on delete cascade
);
create index "session_userId_idx" on auth."session" ("userId");
create table auth."account" (
  "id" uuid primary key default uuidv7(),
  "accountId" text not null,
  "providerId" text not null,
  "userId" uuid not null references auth."user" ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null
);
create index "account_userId_idx" on auth."account" ("userId");
create table auth."verification" (
  "id" uuid primary key default uuidv7(),
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz not null default now(),
  "updatedAt" timestamptz not null default now()
);
create index "verification_identifier_idx" on auth."verification" ("identifier");

create table auth.attempt (
  key text primary key,
  count int not null,
  since timestamptz not null
);
comment on table auth.attempt is 'Log-in attempts in the running window, per account and per network; counted in the database, so that nodes count together.';
grant select, insert, update, delete on all tables in schema auth to earshot_auth;

create function prune_stored_replies() returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from earshot.stored_reply where created_at < now() - interval '24 hours' returning 1) select count(*) from gone
$$;
alter function prune_stored_replies owner to earshot_log;
revoke all on function prune_stored_replies from public;
grant execute on function prune_stored_replies to earshot_app;
