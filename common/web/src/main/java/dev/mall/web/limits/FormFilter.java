package dev.mall.web.limits;

import dev.mall.web.problem.BodyRefusedException;
import dev.mall.web.problem.CommonProblem;
import dev.mall.web.problem.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Reads the forms of some paths and refuses forms elsewhere. A form is read when its first
 * parameter is needed, from the body that {@link RequestLimitFilter} limits; Tomcat would read it
 * without a limit of time.
 */
final class FormFilter extends OncePerRequestFilter {

  private final List<PathPattern> paths;
  private final HandlerExceptionResolver problems;

  FormFilter(WebProperties web, HandlerExceptionResolver problems) {
    this.paths = web.forms().stream().map(PathPatternParser.defaultInstance::parse).toList();
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!isForm(request)) {
      chain.doFilter(request, response);
    } else if (takesForms(request)) {
      try {
        chain.doFilter(new FormRequest(request), response);
      } catch (UncheckedIOException refused) {
        problems.resolveException(request, response, null, refused);
      }
    } else {
      var refusal =
          Problems.refusal(CommonProblem.UNSUPPORTED_MEDIA_TYPE, "this path takes no forms");
      problems.resolveException(request, response, null, refusal);
    }
  }

  /** The guard has refused types that cannot be read. */
  private static boolean isForm(HttpServletRequest request) {
    var type = request.getContentType();
    return type != null
        && MediaType.APPLICATION_FORM_URLENCODED.includes(MediaType.parseMediaType(type))
        && RequestLimitFilter.hasBody(request);
  }

  private boolean takesForms(HttpServletRequest request) {
    var path = ServletRequestPathUtils.parse(request).pathWithinApplication();
    return paths.stream().anyMatch(pattern -> pattern.matches(path));
  }

  /** Parameters of the query, and then those of the form, as Tomcat orders them. */
  private static final class FormRequest extends HttpServletRequestWrapper
      implements HttpInputMessage {

    private @Nullable Map<String, String[]> parameters;

    FormRequest(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      var known = parameters;
      if (known == null) {
        known = Collections.unmodifiableMap(merged());
        parameters = known;
      }
      return known;
    }

    private Map<String, String[]> merged() {
      var all = new LinkedMultiValueMap<String, String>();
      super.getParameterMap().forEach((name, values) -> all.addAll(name, List.of(values)));
      all.addAll(form());
      var merged = new LinkedHashMap<String, String[]>();
      all.forEach((name, values) -> merged.put(name, values.toArray(String[]::new)));
      return merged;
    }

    private MultiValueMap<String, String> form() {
      try {
        return new FormHttpMessageConverter().read(null, this);
      } catch (IOException refused) {
        throw new UncheckedIOException(refused);
      } catch (IllegalArgumentException undecodable) {
        var refused =
            new BodyRefusedException(CommonProblem.MALFORMED_BODY, "the form cannot be decoded");
        refused.initCause(undecodable);
        throw new UncheckedIOException(refused);
      }
    }

    @Override
    public InputStream getBody() throws IOException {
      return getInputStream();
    }

    @Override
    public HttpHeaders getHeaders() {
      var headers = new HttpHeaders();
      headers.set(HttpHeaders.CONTENT_TYPE, getContentType());
      return headers;
    }

    @Override
    public @Nullable String getParameter(String name) {
      var values = getParameterMap().get(name);
      return values == null ? null : values[0];
    }

    @Override
    public String @Nullable [] getParameterValues(String name) {
      var values = getParameterMap().get(name);
      return values == null ? null : values.clone();
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.enumeration(getParameterMap().keySet());
    }
  }
}
