package dev.mall.gateway.identity;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deletes authorizations of which no token is valid any more. */
@Repository
class ExpiredAuthorizations {

  private static final int AT_ONCE = 1_000;

  private final JdbcClient jdbc;

  ExpiredAuthorizations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Returns how many were deleted. */
  int delete() {
    return jdbc.sql(
            """
            delete from oauth2_authorization where id in (
              select id from oauth2_authorization
              where greatest(authorization_code_expires_at, access_token_expires_at,
                             refresh_token_expires_at, oidc_id_token_expires_at)
                    < now() - interval '1 hour'
              limit :atOnce
            )
            """)
        .param("atOnce", AT_ONCE)
        .update();
  }
}
