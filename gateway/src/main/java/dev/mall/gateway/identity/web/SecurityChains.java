package dev.mall.gateway.identity.web;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.util.matcher.MediaTypeRequestMatcher;

/**
 * One chain for the protocol endpoints, one for login and logout, both where the gateway issues
 * tokens, and one for all else but the shop's pages, which have their own: the APIs, whose services
 * judge each token themselves.
 */
@Configuration(proxyBeanMethods = false)
class SecurityChains {

  /** A session without a login lasts as long as {@code server.servlet.session.timeout} says. */
  static final Duration LOGGED_IN_FOR = Duration.ofMinutes(30);

  @Bean
  @Order(1)
  @Conditional(OwnIssuer.class)
  SecurityFilterChain protocolEndpoints(HttpSecurity http) {
    return http.oauth2AuthorizationServer(
            server -> {
              http.securityMatcher(server.getEndpointsMatcher());
              server.oidc(Customizer.withDefaults());
            })
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .oauth2ResourceServer(userInfo -> userInfo.jwt(Customizer.withDefaults()))
        .exceptionHandling(handling ->
            handling.defaultAuthenticationEntryPointFor(
                new LoginUrlAuthenticationEntryPoint("/login"),
                new MediaTypeRequestMatcher(MediaType.TEXT_HTML)))
        .build();
  }

  @Bean
  @Order(2)
  @Conditional(OwnIssuer.class)
  SecurityFilterChain login(HttpSecurity http) {
    return http.securityMatcher("/login", "/logout", LoginController.WELCOME)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .formLogin(login -> login.loginPage("/login").successHandler(loggedIn()))
        .headers(headers ->
            headers.contentSecurityPolicy(policy ->
                policy.policyDirectives(
                    "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none';"
                        + " base-uri 'none'")))
        .build();
  }

  private static AuthenticationSuccessHandler loggedIn() {
    var goOn = new SavedRequestAwareAuthenticationSuccessHandler();
    return (request, response, authentication) -> {
      request.getSession().setMaxInactiveInterval(Math.toIntExact(LOGGED_IN_FOR.toSeconds()));
      goOn.onAuthenticationSuccess(request, response, authentication);
    };
  }

  @Bean
  @Order(4)
  SecurityFilterChain apis(HttpSecurity http) {
    return http.authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .csrf(AbstractHttpConfigurer::disable)
        .requestCache(RequestCacheConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .sessionManagement(
            sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .headers(headers ->
            headers.contentSecurityPolicy(
                policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
        .build();
  }
}
