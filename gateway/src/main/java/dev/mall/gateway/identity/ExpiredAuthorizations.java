package dev.mall.gateway.identity;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import org.springframework.context.annotation.Conditional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Deletes authorizations of which no token is valid any more. */
@Repository
@Conditional(OwnIssuer.class)
class ExpiredAuthorizations {

  private static final int AT_ONCE = 1_000;

  private final JdbcClient jdbc;

  ExpiredAuthorizations(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Deletes all of them, some at a time, each time in a transaction of its own. */
  void delete() {
    while (deleteSome() == AT_ONCE) {
      // there may be more
    }
  }

  private int deleteSome() {
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
