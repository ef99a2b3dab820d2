package dev.mall.gateway.shop;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import dev.mall.gateway.identity.CustomerTokens;
import dev.mall.gateway.routing.RoutingProperties;
import dev.mall.gateway.shop.services.Catalogue;
import dev.mall.gateway.shop.services.CustomerAccount;
import dev.mall.gateway.shop.services.CustomerOrders;
import dev.mall.gateway.shop.services.Customers;
import dev.mall.gateway.shop.services.ServiceCalls;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.format.FormatterRegistry;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The shop, where the gateway knows its customers: they log in here, as at the issuer. */
@Configuration(proxyBeanMethods = false)
@Conditional(OwnIssuer.class)
class ShopConfiguration {

  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

  @Bean
  ServiceCalls serviceCalls(RoutingProperties routing, ObjectProvider<RestClient.Builder> clients) {
    return new ServiceCalls(routing, clients::getObject);
  }

  @Bean
  Catalogue catalogue(ServiceCalls calls) {
    return new Catalogue(calls);
  }

  @Bean
  CustomerOrders customerOrders(ServiceCalls calls) {
    return new CustomerOrders(calls);
  }

  @Bean
  CustomerAccount customerAccount(ServiceCalls calls) {
    return new CustomerAccount(calls);
  }

  @Bean
  Customers customers(CustomerTokens tokens) {
    return new Customers(tokens);
  }

  /** Moments as pages show them. */
  @Bean
  WebMvcConfigurer moments() {
    return new WebMvcConfigurer() {
      @Override
      public void addFormatters(FormatterRegistry registry) {
        registry.addConverter(Instant.class, String.class, MOMENT::format);
      }
    };
  }

  /** Between the chains of the login and of the APIs. */
  @Bean
  @Order(3)
  SecurityFilterChain shopPages(HttpSecurity http) {
    return http.securityMatcher("/", "/cart", "/my/**", RefusedController.PATH)
        .authorizeHttpRequests(requests ->
            requests
                .requestMatchers("/", RefusedController.PATH)
                .permitAll()
                .anyRequest()
                .hasRole("CUSTOMER"))
        .requestCache(cache -> cache.requestCache(pagesToReturnTo()))
        .exceptionHandling(handling ->
            handling
                .defaultAuthenticationEntryPointFor(
                    new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), ShopConfiguration::isPart)
                .defaultAuthenticationEntryPointFor(
                    new LoginUrlAuthenticationEntryPoint("/login"), request -> !isPart(request))
                .accessDeniedPage(RefusedController.PATH))
        .headers(headers ->
            headers
                .contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
        .build();
  }

  /** After a login the browser returns to its page, and to no parameter that the page lacks. */
  @SuppressWarnings("NullAway") // null is Spring Security's way to add no parameter
  private static HttpSessionRequestCache pagesToReturnTo() {
    var cache = new HttpSessionRequestCache();
    RequestMatcher pages =
        request -> HttpMethod.GET.matches(request.getMethod()) && !isPart(request);
    cache.setRequestMatcher(pages);
    cache.setMatchingRequestParameterName(null);
    return cache;
  }

  /** Whether a script asks for a part of a page, in which a login page would be out of place. */
  private static boolean isPart(HttpServletRequest request) {
    var accept = request.getHeader(HttpHeaders.ACCEPT);
    return request.getHeader("HX-Request") != null
        || (accept != null && accept.startsWith("text/event-stream"));
  }
}
