-- People who log in. The subject is the token's "sub": of a customer, the customer's id.
create table users (
  subject text primary key check (subject ~ '^[A-Za-z0-9_-]{1,64}$'),
  login text not null unique,
  password_hash text not null,
  roles text[] not null check (roles <@ array['CUSTOMER', 'MERCHANT', 'OPERATOR', 'AUDITOR']),
  enabled boolean not null default true,
  created_at timestamptz not null default now()
);

-- Keys that sign tokens. A key signs from signs_from until its successor does, and is published before and after that.
create table signing_keys (
  key_id text primary key,
  private_key bytea not null,
  signs_from timestamptz not null,
  created_at timestamptz not null default now()
);

-- The tables of Spring Authorization Server, as its schema files have them for PostgreSQL.
create table oauth2_registered_client (
  id varchar(100) primary key,
  client_id varchar(100) not null unique,
  client_id_issued_at timestamptz not null default now(),
  client_secret varchar(200),
  client_secret_expires_at timestamptz,
  client_name varchar(200) not null,
  client_authentication_methods varchar(1000) not null,
  authorization_grant_types varchar(1000) not null,
  redirect_uris varchar(1000),
  post_logout_redirect_uris varchar(1000),
  scopes varchar(1000) not null,
  client_settings varchar(2000) not null,
  token_settings varchar(2000) not null
);

create table oauth2_authorization (
  id varchar(100) primary key,
  registered_client_id varchar(100) not null,
  principal_name varchar(200) not null,
  authorization_grant_type varchar(100) not null,
  authorized_scopes varchar(1000),
  attributes text,
  state varchar(500),
  authorization_code_value text,
  authorization_code_issued_at timestamptz,
  authorization_code_expires_at timestamptz,
  authorization_code_metadata text,
  access_token_value text,
  access_token_issued_at timestamptz,
  access_token_expires_at timestamptz,
  access_token_metadata text,
  access_token_type varchar(100),
  access_token_scopes varchar(1000),
  oidc_id_token_value text,
  oidc_id_token_issued_at timestamptz,
  oidc_id_token_expires_at timestamptz,
  oidc_id_token_metadata text,
  refresh_token_value text,
  refresh_token_issued_at timestamptz,
  refresh_token_expires_at timestamptz,
  refresh_token_metadata text,
  user_code_value text,
  user_code_issued_at timestamptz,
  user_code_expires_at timestamptz,
  user_code_metadata text,
  device_code_value text,
  device_code_issued_at timestamptz,
  device_code_expires_at timestamptz,
  device_code_metadata text
);

-- Tokens are looked up by their value, which a hash index takes at any length.
create index oauth2_authorization_code on oauth2_authorization using hash (authorization_code_value);
create index oauth2_authorization_access on oauth2_authorization using hash (access_token_value);
create index oauth2_authorization_refresh on oauth2_authorization using hash (refresh_token_value);
create index oauth2_authorization_id_token on oauth2_authorization using hash (oidc_id_token_value);

create table oauth2_authorization_consent (
  registered_client_id varchar(100) not null,
  principal_name varchar(200) not null,
  authorities varchar(1000) not null,
  primary key (registered_client_id, principal_name)
);
