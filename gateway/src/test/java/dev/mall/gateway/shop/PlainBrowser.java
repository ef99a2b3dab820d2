package dev.mall.gateway.shop;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser without JavaScript: cookies, links and forms. */
final class PlainBrowser implements AutoCloseable {

  private static final Pattern FORM =
      Pattern.compile("(?s)<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>");
  private static final Pattern FIELD =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

  private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
  private final HttpClient http = HttpClient.newBuilder().cookieHandler(cookies).build();
  private final URI shop;

  PlainBrowser(URI shop) {
    this.shop = shop;
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(shop.resolve(path)).GET();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** Follows redirects, which begin a new request. */
  HttpResponse<String> open(String path) throws IOException, InterruptedException {
    return followed(get(path));
  }

  HttpResponse<String> post(String path, String form) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(shop.resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  /** Sends the form of a page whose action begins so, with further fields. */
  HttpResponse<String> submit(HttpResponse<String> page, String action, String... further)
      throws IOException, InterruptedException {
    var form =
        FORM.matcher(page.body())
            .results()
            .filter(it -> it.group(1).startsWith(action))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no form for " + action + ":\n" + page.body()));
    return post(form.group(1).replace("&amp;", "&"), fields(form.group(2), further));
  }

  /** Logs in where the page asks for it, else before, and returns the page. */
  HttpResponse<String> login(String path, String name, String password)
      throws IOException, InterruptedException {
    var page = open(path);
    if (page.uri().getPath().equals("/login")) {
      return followed(submit(page, "/login", "username=" + name, "password=" + password));
    }
    submit(open("/login"), "/login", "username=" + name, "password=" + password);
    return open(path);
  }

  HttpResponse<String> followed(HttpResponse<String> first)
      throws IOException, InterruptedException {
    var answer = first;
    while (answer.statusCode() / 100 == 3) {
      answer =
          get(
              answer
                  .uri()
                  .resolve(answer.headers().firstValue("Location").orElseThrow())
                  .toString());
    }
    return answer;
  }

  /** The cookies that it keeps. */
  List<String> cookies() {
    return cookies.getCookieStore().getCookies().stream().map(it -> it.getName()).toList();
  }

  private static String fields(String form, String... further) {
    var fields = new ArrayList<String>();
    FIELD.matcher(form).results().map(PlainBrowser::field).forEach(fields::add);
    fields.addAll(List.of(further));
    return fields.stream().collect(Collectors.joining("&"));
  }

  private static String field(MatchResult input) {
    return URLEncoder.encode(input.group(1), StandardCharsets.UTF_8)
        + "="
        + URLEncoder.encode(input.group(2), StandardCharsets.UTF_8);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
  }
}
