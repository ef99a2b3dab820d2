package dev.mall.gateway.shop.services;

import dev.mall.gateway.routing.RoutingProperties;
import dev.mall.gateway.routing.Upstream;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ProblemDetail;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/**
 * Calls the services for pages: with a short time limit, since a person waits, and a limit of calls
 * at once, so that a slow service does not take the others' threads.
 */
public final class ServiceCalls {

  private static final Logger log = LoggerFactory.getLogger(ServiceCalls.class);
  private static final Duration CONNECT_WITHIN = Duration.ofMillis(500);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);
  private static final int AT_ONCE = 100;

  private final Map<Upstream, RestClient> clients = new EnumMap<>(Upstream.class);
  private final Map<Upstream, Semaphore> permits = new EnumMap<>(Upstream.class);

  /**
   * @param clients makes a builder for each service
   */
  public ServiceCalls(RoutingProperties routing, Supplier<RestClient.Builder> clients) {
    var factory =
        new JdkClientHttpRequestFactory(
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_WITHIN)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
    factory.setReadTimeout(ANSWER_WITHIN);
    Arrays.stream(Upstream.values())
        .forEach(upstream -> {
          var base = routing.addressOf(upstream).toString();
          this.clients.put(upstream, clients.get().baseUrl(base).requestFactory(factory).build());
          permits.put(upstream, new Semaphore(AT_ONCE));
        });
  }

  /**
   * @param token of the customer; absent for what is public
   * @throws ServiceRefusal for a status 4xx
   * @throws ServiceSilence for any other failure
   */
  <T> T get(
      Upstream upstream, @Nullable String token, Class<T> type, String uri, Object... variables) {
    return call(
        upstream,
        client ->
            client
                .get()
                .uri(uri, variables)
                .headers(headers -> {
                  if (token != null) {
                    headers.setBearerAuth(token);
                  }
                })
                .retrieve()
                .body(type));
  }

  /** Makes any call, and turns failures into the same two exceptions. */
  <T> T call(Upstream upstream, Function<RestClient, @Nullable T> call) {
    var permit = Objects.requireNonNull(permits.get(upstream));
    if (!permit.tryAcquire()) {
      throw new ServiceSilence(upstream, "has too much to do; try again");
    }
    try {
      var answer = call.apply(Objects.requireNonNull(clients.get(upstream)));
      if (answer == null) {
        throw new ServiceSilence(upstream, "answered nothing");
      }
      return answer;
    } catch (HttpClientErrorException refused) {
      throw new ServiceRefusal(refused.getStatusCode(), detailOf(refused));
    } catch (RestClientException failed) {
      log.debug("{} failed", upstream, failed);
      throw new ServiceSilence(upstream, complaint(failed), failed);
    } finally {
      permit.release();
    }
  }

  private static String complaint(RestClientException failure) {
    return failure instanceof RestClientResponseException
        ? "cannot answer right now"
        : "does not answer right now";
  }

  /** Also of a refusal that is no problem. */
  private static String detailOf(HttpClientErrorException refused) {
    try {
      var problem = refused.getResponseBodyAs(ProblemDetail.class);
      if (problem != null && problem.getDetail() != null) {
        return problem.getDetail();
      }
    } catch (RestClientException | IllegalStateException unreadable) {
      log.debug("a refusal without a problem", unreadable);
    }
    return "the request was refused (%d)".formatted(refused.getStatusCode().value());
  }
}
