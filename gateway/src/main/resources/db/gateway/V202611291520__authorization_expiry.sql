-- Authorizations by the time at which their last token expires: the cleanup reads the expired ones only.
set lock_timeout = 0; -- a concurrent build blocks no writer while it waits for older transactions
drop index concurrently if exists oauth2_authorization_expiry;
create index concurrently oauth2_authorization_expiry on oauth2_authorization (
  greatest(authorization_code_expires_at, access_token_expires_at, refresh_token_expires_at, oidc_id_token_expires_at));
reset lock_timeout;
