package dev.mall.gateway.routing;

import dev.mall.web.limits.LimitFilters;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Filters in front of the limits that every service has. */
@Configuration(proxyBeanMethods = false)
class EntranceFilters {

  private static final int BEFORE_LIMITS = LimitFilters.ORDER - 2;

  @Bean
  FilterRegistrationBean<RequestIdFilter> requestIdFilter() {
    var registration = new FilterRegistrationBean<>(new RequestIdFilter());
    registration.setOrder(BEFORE_LIMITS);
    return registration;
  }

  /** Without origins the limits refuse preflights. */
  @Bean
  FilterRegistrationBean<CorsFilter> corsFilter(RoutingProperties routing) {
    var apis = new UrlBasedCorsConfigurationSource();
    apis.registerCorsConfiguration("/api/**", allowed(routing.origins()));
    var registration = new FilterRegistrationBean<>(new CorsFilter(apis));
    registration.setOrder(BEFORE_LIMITS + 1);
    registration.setEnabled(!routing.origins().isEmpty());
    return registration;
  }

  private static CorsConfiguration allowed(List<String> origins) {
    var cors = new CorsConfiguration();
    cors.setAllowedOrigins(origins);
    cors.setAllowedMethods(List.of("GET", "POST", "PUT"));
    cors.setAllowedHeaders(
        List.of(
            HttpHeaders.AUTHORIZATION,
            HttpHeaders.CONTENT_TYPE,
            HttpHeaders.IF_MATCH,
            HttpHeaders.IF_NONE_MATCH,
            "Idempotency-Key",
            "Prefer",
            RequestIdFilter.HEADER));
    cors.setExposedHeaders(
        List.of(
            HttpHeaders.ETAG,
            HttpHeaders.LOCATION,
            HttpHeaders.RETRY_AFTER,
            "RateLimit",
            "RateLimit-Policy",
            RequestIdFilter.HEADER));
    cors.setMaxAge(Duration.ofHours(1));
    return cors;
  }
}
